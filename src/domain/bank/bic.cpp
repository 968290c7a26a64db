#include "domain/bank/bic.h"

#include "domain/check/characters.h"

namespace domain {

base::Result<Bic> Bic::parse(std::string_view text) {
  std::string bic = check::upper(check::without(text, " "));
  if (bic.size() != 8 && bic.size() != 11) {
    return base::fail("wrong_length", "a BIC has 8 or 11 characters");
  }
  if (!check::all_digits_or_upper(bic) || !check::is_upper(bic[4]) || !check::is_upper(bic[5])) {
    return base::fail("wrong_characters",
                      "a BIC has letters A-Z and digits, and a country of two letters as the "
                      "fifth and sixth");
  }
  if (bic.ends_with("XXX") && bic.size() == 11) bic.resize(8);
  return Bic(std::move(bic));
}

}  // namespace domain
