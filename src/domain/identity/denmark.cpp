#include "domain/identity/denmark.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain::denmark {
namespace {

constexpr std::string_view kPerson = "a CPR number", kOrganisation = "a CVR number";

// The first digit behind the date shares the centuries out (CPR-kontoret, "Personnummeret i CPR").
int birth_year(int seventh, int year_of_century) {
  if (seventh <= 3) return 1900 + year_of_century;
  if (seventh == 4 || seventh == 9) return (year_of_century <= 36 ? 2000 : 1900) + year_of_century;
  return (year_of_century <= 57 ? 2000 : 1800) + year_of_century;
}

}  // namespace

base::Result<NationalNumber> parse_person(std::string_view text, base::Date) {
  std::string digits = TRY(identity::read_digits(text, "-", 10, kPerson));
  const std::string_view view = digits;
  const int year = birth_year(check::value_of(view[6]), check::number_of(view.substr(4, 2)));
  const base::Date born = TRY(base::Date::make(year, check::number_of(view.substr(2, 2)),
                                               check::number_of(view.substr(0, 2))));
  return NationalNumber{std::move(digits), born};
}

std::string format_person(std::string_view text) {
  return std::string(text.substr(0, 6)) + "-" + std::string(text.substr(6));
}

std::string mask_person(std::string_view text) { return std::string(text.substr(0, 6)) + "-****"; }

base::Result<NationalNumber> parse_organisation(std::string_view text, base::Date) {
  const std::string number = identity::without_country(text, "DK");
  std::string digits = TRY(identity::read_digits(number, "", 8, kOrganisation));
  if (digits[0] == '0') {
    return base::fail("wrong_structure", "a CVR number does not begin with 0");
  }
  constexpr int kWeights[] = {1, 2, 3, 4, 5, 6, 7, 2};
  if (check::weighted_sum_from_right(digits, kWeights) % 11 != 0) {
    return identity::wrong_check_digit(kOrganisation);
  }
  return NationalNumber{std::move(digits)};
}

std::string format_organisation(std::string_view text) { return std::string(text); }

}  // namespace domain::denmark
