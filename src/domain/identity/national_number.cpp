#include "domain/identity/national_number.h"

#include <tuple>

#include "domain/check/characters.h"

namespace domain::identity {

base::Result<std::string> read_digits(std::string_view text, std::string_view separators,
                                      std::size_t length, std::string_view name) {
  std::string digits = check::without(check::without(text, " "), separators);
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", std::string(name) + " has digits only");
  }
  if (digits.size() != length) {
    return base::fail("wrong_length",
                      std::string(name) + " has " + std::to_string(length) + " digits");
  }
  return digits;
}

base::Result<std::string> read_characters(std::string_view text, std::string_view separators,
                                          std::size_t length, std::string_view name) {
  std::string cleaned = check::upper(check::without(check::without(text, " "), separators));
  if (!check::all_digits_or_upper(cleaned)) {
    return base::fail("wrong_characters", std::string(name) + " has letters A-Z and digits only");
  }
  if (cleaned.size() != length) {
    return base::fail("wrong_length",
                      std::string(name) + " has " + std::to_string(length) + " characters");
  }
  return cleaned;
}

std::string without_country(std::string_view text, std::string_view country) {
  const std::string cleaned = check::upper(check::without(text, " "));
  return cleaned.starts_with(country) ? cleaned.substr(country.size()) : cleaned;
}

base::Result<base::Date> latest_date(int year_of_century, int month, int day, base::Date today) {
  const int century = today.year() / 100 * 100;
  const bool is_still_to_come = std::tuple(century + year_of_century, month, day) >
                                std::tuple(today.year(), today.month(), today.day());
  return base::Date::make(century + year_of_century - (is_still_to_come ? 100 : 0), month, day);
}

std::unexpected<base::Error> wrong_check_digit(std::string_view name) {
  return base::fail("wrong_check_digit", "the check digit of " + std::string(name) +
                                             " does not fit the rest: a character is mistyped");
}

}  // namespace domain::identity
