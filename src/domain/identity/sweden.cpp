#include "domain/identity/sweden.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain::sweden {
namespace {

constexpr std::string_view kPerson = "a personnummer", kOrganisation = "an organisationsnummer";

// The digits, and whether a + said that the person is a hundred or older.
struct Typed {
  std::string digits;
  bool is_over_hundred = false;
};

base::Result<Typed> read_person(std::string_view text) {
  Typed typed{.digits = check::without(text, " ")};
  if (typed.digits.size() >= 5) {
    const std::size_t separator = typed.digits.size() - 5;
    typed.is_over_hundred = typed.digits[separator] == '+';
    if (typed.is_over_hundred || typed.digits[separator] == '-') {
      typed.digits.erase(separator, 1);
    }
  }
  if (!check::all_digits(typed.digits)) {
    return base::fail("not_digits", "a personnummer has digits, and - or + before the last four");
  }
  if (typed.digits.size() != 10 && typed.digits.size() != 12) {
    return base::fail("wrong_length", "a personnummer has 10 digits, or 12 with the century");
  }
  return typed;
}

base::Result<base::Date> read_birth_date(const Typed& typed, base::Date today) {
  const bool has_century = typed.digits.size() == 12;
  const std::string_view date = std::string_view(typed.digits).substr(has_century ? 2 : 0, 6);
  const int month = check::number_of(date.substr(2, 2));
  const int day_with_mark = check::number_of(date.substr(4, 2));
  const int day = day_with_mark > 60 ? day_with_mark - 60 : day_with_mark;
  if (has_century) {
    const int year = check::number_of(std::string_view(typed.digits).substr(0, 4));
    return base::Date::make(year, month, day);
  }
  const int year_of_century = check::number_of(date.substr(0, 2));
  // The + comes with the year in which one turns a hundred.
  const base::Date bound =
      typed.is_over_hundred ? TRY(base::Date::make(today.year() - 100, 12, 31)) : today;
  return identity::latest_date(year_of_century, month, day, bound);
}

}  // namespace

base::Result<NationalNumber> parse_person(std::string_view text, base::Date today) {
  const Typed typed = TRY(read_person(text));
  const base::Date born = TRY(read_birth_date(typed, today));
  const std::string ten = typed.digits.substr(typed.digits.size() - 10);
  if (!check::ends_with_luhn_digit(ten)) return identity::wrong_check_digit(kPerson);
  return NationalNumber{born.to_string().substr(0, 2) + ten, born};
}

std::string format_person(std::string_view text) {
  return std::string(text.substr(0, 8)) + "-" + std::string(text.substr(8));
}

std::string mask_person(std::string_view text) { return std::string(text.substr(0, 8)) + "-****"; }

base::Result<NationalNumber> parse_organisation(std::string_view text, base::Date) {
  std::string number = check::without(check::upper(std::string(text)), " -");
  if (number.starts_with("SE") && number.ends_with("01")) number = number.substr(2, 10);
  if (number.size() == 12 && number.starts_with("16")) number.erase(0, 2);
  std::string digits = TRY(identity::read_digits(number, "", 10, kOrganisation));
  if (digits[2] < '2') {
    return base::fail("is_a_person_number",
                      "this is the number of a person; a sole trader goes by it: enter the "
                      "customer as a person");
  }
  if (!check::ends_with_luhn_digit(digits)) return identity::wrong_check_digit(kOrganisation);
  return NationalNumber{std::move(digits)};
}

std::string format_organisation(std::string_view text) {
  return std::string(text.substr(0, 6)) + "-" + std::string(text.substr(6));
}

}  // namespace domain::sweden
