// Every code that a problem of a record may have: what rejects are filtered by. To add one: a row
// in problem_codes.cpp and one in docs/reference/rejects.md.
#pragma once

#include <span>
#include <string_view>

namespace domain {

[[nodiscard]] std::span<const std::string_view> problem_codes();

}  // namespace domain
