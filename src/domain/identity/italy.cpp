#include "domain/identity/italy.h"

#include "domain/check/characters.h"
#include "domain/check/digits.h"

namespace domain::italy {
namespace {

constexpr std::string_view kPerson = "a codice fiscale", kOrganisation = "a partita IVA";
constexpr std::size_t kPersonLength = 16;

// The places that hold digits, and the letters that stand for 0-9 there in case of omocodia.
constexpr std::size_t kDigitPlaces[] = {6, 7, 9, 10, 12, 13, 14};
constexpr std::string_view kOmocodia = "LMNPQRSTUV";

// The code with its digits restored, or empty where a character stands in a wrong place.
std::string with_plain_digits(std::string code) {
  std::string shape = "LLLLLLDDLDDLDDDL";
  for (const std::size_t place : kDigitPlaces) {
    const std::size_t digit = kOmocodia.find(code[place]);
    if (digit != std::string_view::npos) code[place] = check::digit_of(static_cast<int>(digit));
  }
  for (std::size_t place = 0; place < code.size(); ++place) {
    const bool wants_digit = shape[place] == 'D';
    if (wants_digit != check::is_digit(code[place])) return "";
  }
  return code;
}

// The decree's tables: characters at odd places count by a table, at even places by their order.
char check_letter(std::string_view fifteen) {
  constexpr int kOdd[] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                          20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  int sum = 0;
  for (std::size_t place = 0; place < fifteen.size(); ++place) {
    const char c = fifteen[place];
    const int order = check::is_digit(c) ? check::value_of(c) : c - 'A';
    sum += place % 2 == 0 ? kOdd[order] : order;
  }
  return static_cast<char>('A' + sum % 26);
}

}  // namespace

base::Result<NationalNumber> parse_person(std::string_view text, base::Date today) {
  std::string code = TRY(identity::read_characters(text, "", kPersonLength, kPerson));
  const std::string plain = with_plain_digits(code);
  if (plain.empty()) {
    return base::fail("wrong_structure", "a codice fiscale has letters and digits at other places");
  }
  constexpr std::string_view kMonths = "ABCDEHLMPRST";
  const std::string_view view = plain;
  const std::size_t month = kMonths.find(view[8]);
  const int day_with_mark = check::number_of(view.substr(9, 2));
  const int day = day_with_mark > 40 ? day_with_mark - 40 : day_with_mark;
  if (month == std::string_view::npos) {
    return base::fail("no_such_date", "the month in a codice fiscale is one of ABCDEHLMPRST");
  }
  const base::Date born = TRY(identity::latest_date(check::number_of(view.substr(6, 2)),
                                                    static_cast<int>(month) + 1, day, today));
  if (code.back() != check_letter(std::string_view(code).substr(0, kPersonLength - 1))) {
    return identity::wrong_check_digit(kPerson);
  }
  return NationalNumber{std::move(code), born};
}

std::string format_person(std::string_view text) { return std::string(text); }

std::string mask_person(std::string_view text) {
  return std::string(text.substr(0, 6)) + "**********";
}

base::Result<NationalNumber> parse_organisation(std::string_view text, base::Date) {
  const std::string number = identity::without_country(text, "IT");
  std::string digits = TRY(identity::read_digits(number, "", 11, kOrganisation));
  if (digits.starts_with("0000000")) {
    return base::fail("wrong_structure", "a partita IVA does not begin with seven zeros");
  }
  if (!check::ends_with_luhn_digit(digits)) return identity::wrong_check_digit(kOrganisation);
  return NationalNumber{std::move(digits)};
}

std::string format_organisation(std::string_view text) { return std::string(text); }

}  // namespace domain::italy
