// The unified customer number (R08): a counter with its Luhn digit behind, so that a mistyped
// number is noticed. "1000009" is the customer of counter 100000.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace domain {

inline constexpr std::string_view kCustomerCounter = "customer_number";
inline constexpr std::int64_t kFirstCustomerCount = 100'000;

[[nodiscard]] std::int64_t make_customer_number(std::int64_t count);
// Spaces between the digits are dropped. Errors: not_digits, too_long, wrong_check_digit.
[[nodiscard]] base::Result<std::int64_t> parse_customer_number(std::string_view text);
// In groups of three from the right, as people read it: "1 000 009".
[[nodiscard]] std::string format_customer_number(std::int64_t number);

}  // namespace domain
