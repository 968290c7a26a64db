// Values as ISO 20022 messages write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/money/money.h"
#include "base/time/date.h"

namespace formats::bank::iso20022 {

// "1272.8" in units of the currency; more places than the currency has must be zeros. Minor units,
// perhaps beyond what Money::make takes. Errors: bad_amount.
[[nodiscard]] base::Result<std::int64_t> parse_minor(std::string_view text,
                                                     base::Currency currency);
// As parse_minor, within the range of payments. Errors: bad_amount, amount_out_of_range.
[[nodiscard]] base::Result<base::Money> parse_amount(std::string_view text,
                                                     base::Currency currency);
// An amount as messages must write it, and what is told of it where they do not: a comma in place
// of the point, or more places than the currency has, which are zeros.
struct WrittenAmount {
  std::string text;
  std::string_view fault;
};
[[nodiscard]] WrittenAmount as_decimal(std::string_view text, base::Currency currency);
// The day of "2026-11-22", "2026-11-22+01:00" or "2026-11-22T10:15:00Z", as written there.
[[nodiscard]] std::optional<base::Date> parse_day(std::string_view text);
// A number of digits.
[[nodiscard]] std::optional<std::int64_t> parse_count(std::string_view text);
// A creditor reference as it is compared: numbers and RF references lose their blanks.
[[nodiscard]] std::string normalised_reference(std::string_view text);

}  // namespace formats::bank::iso20022
