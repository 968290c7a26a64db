// Every code that a problem of a bank file may have. To add one: a row in problem_codes.cpp and
// one in docs/reference/bank-problems.md.
#pragma once

#include <span>
#include <string_view>

namespace formats::bank {

[[nodiscard]] std::span<const std::string_view> problem_codes();

}  // namespace formats::bank
