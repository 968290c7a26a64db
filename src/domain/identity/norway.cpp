#include "domain/identity/norway.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain::norway {
namespace {

constexpr std::string_view kPerson = "a fødselsnummer", kOrganisation = "an organisasjonsnummer";

// The three digits behind the date share the centuries out; 0 where they fit none.
int birth_year(int individual, int year_of_century) {
  if (individual < 500) return 1900 + year_of_century;
  if (year_of_century < 40) return 2000 + year_of_century;
  if (individual < 750 && year_of_century >= 54) return 1800 + year_of_century;
  if (individual >= 900) return 1900 + year_of_century;
  return 0;
}

bool has_right_check_digits(std::string_view digits) {
  constexpr int kFirst[] = {2, 5, 4, 9, 8, 1, 6, 7, 3};
  constexpr int kSecond[] = {2, 3, 4, 5, 6, 7, 2, 3, 4, 5};
  const int first = (11 - check::weighted_sum_from_right(digits.substr(0, 9), kFirst) % 11) % 11;
  const int second = (11 - check::weighted_sum_from_right(digits.substr(0, 10), kSecond) % 11) % 11;
  return check::value_of(digits[9]) == first && check::value_of(digits[10]) == second;
}

}  // namespace

base::Result<NationalNumber> parse_person(std::string_view text, base::Date) {
  std::string digits = TRY(identity::read_digits(text, "-", 11, kPerson));
  const std::string_view view = digits;
  const int day_with_mark = check::number_of(view.substr(0, 2));
  const int day = day_with_mark > 40 ? day_with_mark - 40 : day_with_mark;
  const int year =
      birth_year(check::number_of(view.substr(6, 3)), check::number_of(view.substr(4, 2)));
  const base::Date born = TRY(base::Date::make(year, check::number_of(view.substr(2, 2)), day));
  if (!has_right_check_digits(view)) return identity::wrong_check_digit(kPerson);
  return NationalNumber{std::move(digits), born};
}

std::string format_person(std::string_view text) {
  return std::string(text.substr(0, 6)) + " " + std::string(text.substr(6));
}

std::string mask_person(std::string_view text) { return std::string(text.substr(0, 6)) + " *****"; }

base::Result<NationalNumber> parse_organisation(std::string_view text, base::Date) {
  std::string number = identity::without_country(text, "NO");
  if (number.ends_with("MVA")) number.resize(number.size() - 3);
  std::string digits = TRY(identity::read_digits(number, "", 9, kOrganisation));
  if (digits[0] != '8' && digits[0] != '9') {
    return base::fail("wrong_structure", "an organisasjonsnummer begins with 8 or 9");
  }
  constexpr int kWeights[] = {2, 3, 4, 5, 6, 7, 2, 3};
  const int expected =
      (11 - check::weighted_sum_from_right(std::string_view(digits).substr(0, 8), kWeights) % 11) %
      11;
  if (check::value_of(digits.back()) != expected) {
    return identity::wrong_check_digit(kOrganisation);
  }
  return NationalNumber{std::move(digits)};
}

std::string format_organisation(std::string_view text) { return check::grouped_from_left(text, 3); }

}  // namespace domain::norway
