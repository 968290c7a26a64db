// Every code that a problem of an order to a bank may have. To add one: a row in
// order_problem_codes.cpp and one in docs/reference/bank-order-problems.md.
#pragma once

#include <span>
#include <string_view>

namespace domain {

[[nodiscard]] std::span<const std::string_view> order_problem_codes();

}  // namespace domain
