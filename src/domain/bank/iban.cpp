#include "domain/bank/iban.h"

#include "domain/bank/iban_formats.h"
#include "domain/bank/norwegian_account.h"
#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::size_t kLengthMin = 5, kLengthMax = 34;
constexpr std::string_view kSeparators = " -.";

// Spanish account (CCC): bank 4, branch 4, two check digits, account 10. The first check digit is
// over bank and branch, the second over the account (weights 2^n modulo 11, from the left).
bool spanish_account_is_right(std::string_view bban) {
  constexpr int kWeights[] = {6, 3, 7, 9, 10, 5, 8, 4, 2, 1};
  const auto digit = [&](std::string_view digits) {
    const int value = 11 - check::weighted_sum_from_right(digits, kWeights) % 11;
    return check::digit_of(value == 10 ? 1 : value == 11 ? 0 : value);
  };
  return bban[8] == digit(bban.substr(0, 8)) && bban[9] == digit(bban.substr(10));
}

bool has_right_national_digits(std::string_view country, std::string_view bban) {
  if (country == "ES") return spanish_account_is_right(bban);
  if (country == "NO") return NorwegianAccount::parse(bban).has_value();
  return true;
}

}  // namespace

base::Result<std::string> check_iban_digits(std::string_view text) {
  std::string iban = check::upper(check::without(text, kSeparators));
  if (iban.size() < kLengthMin) {
    return base::fail("too_short", "an IBAN has a country, two digits and an account");
  }
  if (iban.size() > kLengthMax) {
    return base::fail("too_long", "an IBAN has 34 characters at the most");
  }
  const std::string_view view = iban;
  if (!check::all_digits_or_upper(view) || !check::is_upper(view[0]) || !check::is_upper(view[1]) ||
      !check::all_digits(view.substr(2, 2))) {
    return base::fail("wrong_characters",
                      "an IBAN begins with two letters and two digits; letters A-Z and digits "
                      "follow");
  }
  if (check::mod97(iban.substr(4) + iban.substr(0, 4)) != 1) {
    return base::fail("wrong_check_digit",
                      "the digits after the country do not fit the account: "
                      "a character is mistyped");
  }
  return iban;
}

base::Result<Iban> Iban::parse(std::string_view text) {
  Iban iban(TRY(check_iban_digits(text)));
  const IbanFormat* format = find_iban_format(iban.country());
  if (format == nullptr) {
    return base::fail("unknown_country",
                      "no country with IBANs has the code " + std::string(iban.country()));
  }
  if (iban.bban().size() != bban_length(*format)) {
    return base::fail("wrong_length", "an IBAN of " + std::string(iban.country()) + " has " +
                                          std::to_string(bban_length(*format) + 4) + " characters");
  }
  if (!has_structure(iban.bban(), *format)) {
    return base::fail("wrong_structure", "an IBAN of " + std::string(iban.country()) +
                                             " has letters and digits at other places");
  }
  if (!has_right_national_digits(iban.country(), iban.bban())) {
    return base::fail("wrong_national_check_digit",
                      "the check digits inside the account number do not fit it");
  }
  return iban;
}

base::Result<Iban> Iban::from_bban(std::string_view country, std::string_view bban) {
  const std::string account = check::upper(check::without(bban, kSeparators));
  const std::string nation = check::upper(std::string(country));
  if (!check::all_digits_or_upper(account) || !check::all_digits_or_upper(nation)) {
    return base::fail("wrong_characters", "an account number has letters A-Z and digits");
  }
  const auto digits = check::mod97_digits(account, nation);
  return parse(nation + digits.tens + digits.ones + account);
}

std::string Iban::grouped() const { return check::grouped_from_left(text_, 4); }

}  // namespace domain
