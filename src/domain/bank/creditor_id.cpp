#include "domain/bank/creditor_id.h"

#include <algorithm>

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain {
namespace {

constexpr std::size_t kLengthMin = 8, kLengthMax = 35;

// Lengths in all, of the countries whose ids are surely of one length (EPC262-08 section 8).
struct CountryLength {
  std::string_view country;
  std::size_t length;
};
constexpr CountryLength kLengths[] = {
    {"AT", 18}, {"DE", 18}, {"ES", 16}, {"FR", 13}, {"IT", 23}, {"NL", 19},
};

// The characters that message schemas let through (pain.008 RestrictedPersonIdentifierSEPA).
bool is_allowed(char c) {
  constexpr std::string_view kSigns = "+?/-:().,'";
  return check::is_digit(c) || check::is_upper(c) || kSigns.find(c) != std::string_view::npos;
}

// What the check digits are computed over: the national identifier without signs.
std::string checked_part(std::string_view national_id) {
  return check::without(national_id, "+?/-:().,'");
}

}  // namespace

base::Result<std::string> check_creditor_id_format(std::string_view text) {
  std::string id = check::upper(check::without(text, " "));
  if (id.size() < kLengthMin) {
    return base::fail("too_short", "a creditor id has at least 8 characters");
  }
  if (id.size() > kLengthMax) {
    return base::fail("too_long", "a creditor id has 35 characters at the most");
  }
  const std::string_view view = id;
  if (!check::is_upper(view[0]) || !check::is_upper(view[1]) ||
      !check::all_digits(view.substr(2, 2))) {
    return base::fail("wrong_prefix", "a creditor id begins with a country and two digits");
  }
  if (!std::ranges::all_of(view, is_allowed)) {
    return base::fail("wrong_characters",
                      "a creditor id has letters A-Z, digits and + ? / - : ( ) . , ' only");
  }
  const auto known = std::ranges::find(kLengths, view.substr(0, 2), &CountryLength::country);
  if (known != std::end(kLengths) && id.size() != known->length) {
    return base::fail("wrong_length", "a creditor id of " + std::string(known->country) + " has " +
                                          std::to_string(known->length) + " characters");
  }
  return id;
}

base::Result<CreditorId> CreditorId::parse(std::string_view text) {
  CreditorId id(TRY(check_creditor_id_format(text)));
  if (check::mod97(checked_part(id.national_id()) + id.text_.substr(0, 4)) != 1) {
    return base::fail("wrong_check_digit",
                      "the digits after the country do not fit the creditor id: "
                      "a character is mistyped");
  }
  return id;
}

base::Result<CreditorId> CreditorId::from_base(std::string_view base) {
  std::string id = check::upper(check::without(base, " "));
  if (id.size() < 2) return base::fail("too_short", "a creditor id begins with a country");
  id = TRY(check_creditor_id_format(id.insert(2, "00")));
  const auto digits = check::mod97_digits(checked_part(id.substr(7)), id.substr(0, 2));
  id[2] = digits.tens;
  id[3] = digits.ones;
  return CreditorId(std::move(id));
}

}  // namespace domain
