// Lets a table row say in one column what comes out: the value, or "!code" of the error.
#pragma once

#include <string>
#include <type_traits>

#include "base/result/result.h"

namespace tests {

template <class T>
[[nodiscard]] std::string outcome(const base::Result<T>& result) {
  if (!result) return "!" + result.error().code;
  if constexpr (std::is_convertible_v<T, std::string>) {
    return *result;
  } else if constexpr (requires { result->text(); }) {
    return std::string(result->text());
  } else if constexpr (requires { std::string(result->text); }) {
    return result->text;
  } else {
    return result->to_string();
  }
}

}  // namespace tests
