#include "domain/identity/germany.h"

#include <algorithm>

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain::germany {
namespace {

constexpr std::string_view kPerson = "a Steuer-ID", kOrganisation = "a USt-IdNr.";

// One digit two or three times, but not three in a row; every other at most once.
bool has_one_repeated_digit(std::string_view ten) {
  int repeated = 0;
  for (char digit = '0'; digit <= '9'; ++digit) {
    const auto times = std::ranges::count(ten, digit);
    if (times > 3) return false;
    if (times > 1) ++repeated;
    if (ten.find(std::string(3, digit)) != std::string_view::npos) return false;
  }
  return repeated == 1;
}

bool ends_with_mod11_10_digit(std::string_view digits) {
  return check::mod11_10_digit(digits.substr(0, digits.size() - 1)) == digits.back();
}

}  // namespace

base::Result<NationalNumber> parse_person(std::string_view text, base::Date) {
  std::string digits = TRY(identity::read_digits(text, "-/", 11, kPerson));
  const std::string_view ten = std::string_view(digits).substr(0, 10);
  if (ten.front() == '0' || !has_one_repeated_digit(ten)) {
    return base::fail("wrong_structure",
                      "a Steuer-ID does not begin with 0 and repeats exactly one digit among the "
                      "first ten");
  }
  if (!ends_with_mod11_10_digit(digits)) return identity::wrong_check_digit(kPerson);
  return NationalNumber{std::move(digits)};
}

// "86 095 742 719"
std::string format_person(std::string_view text) { return check::grouped_from_right(text, 3); }

std::string mask_person(std::string_view text) {
  return "** *** *** " + std::string(text.substr(8));
}

base::Result<NationalNumber> parse_organisation(std::string_view text, base::Date) {
  const std::string number = identity::without_country(text, "DE");
  std::string digits = TRY(identity::read_digits(number, "", 9, kOrganisation));
  if (digits.front() == '0') {
    return base::fail("wrong_structure", "a USt-IdNr. does not begin with 0");
  }
  if (!ends_with_mod11_10_digit(digits)) return identity::wrong_check_digit(kOrganisation);
  return NationalNumber{std::move(digits)};
}

std::string format_organisation(std::string_view text) { return "DE" + std::string(text); }

}  // namespace domain::germany
