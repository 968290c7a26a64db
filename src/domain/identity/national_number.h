// What the countries' rules for identity numbers share.
//
// Only the country files and the registry include this; everybody else uses NationalId. Errors
// never repeat the number: their texts end up in logs and reject lists.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"

namespace domain {

// A number that is valid under its country's rules.
struct NationalNumber {
  std::string text;                     // Canonical.
  std::optional<base::Date> born = {};  // Where the number tells it.
};

namespace identity {

// The text without spaces and `separators`, which must be `length` digits. `name` begins the
// error's text. Errors: not_digits, wrong_length.
[[nodiscard]] base::Result<std::string> read_digits(std::string_view text,
                                                    std::string_view separators, std::size_t length,
                                                    std::string_view name);
// The same for capital letters and digits; small letters are raised.
// Errors: wrong_characters, wrong_length.
[[nodiscard]] base::Result<std::string> read_characters(std::string_view text,
                                                        std::string_view separators,
                                                        std::size_t length, std::string_view name);

// The text without a VAT number's country in front: "FI20774740" and "fi 20774740" are 20774740.
[[nodiscard]] std::string without_country(std::string_view text, std::string_view country);

// The last day of that year of the century, month and day that is not after `today`.
// Errors: no_such_date.
[[nodiscard]] base::Result<base::Date> latest_date(int year_of_century, int month, int day,
                                                   base::Date today);

// The error that every scheme gives for a mistyped number.
[[nodiscard]] std::unexpected<base::Error> wrong_check_digit(std::string_view name);

}  // namespace identity
}  // namespace domain
