// Result: a value or the reason why there is none. TRY hands the reason to the caller.
//
// An Error is for people and programs: `code` is stable and documented in
// docs/reference/errors.md, `text` says what is wrong and what to do, `place` says where
// (file:line:field, a JSON pointer, an id). Broken invariants of our own are not errors: they
// are CHECKs (check.h).
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace base {

struct Error {
  std::string code;
  std::string text;
  std::string place = {};

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T = void, class E = Error>
using Result = std::expected<T, E>;

// The one way to make an Error, so that a test finds every code in the tree.
[[nodiscard]] inline std::unexpected<Error> fail(std::string_view code, std::string text,
                                                 std::string place = {}) {
  return std::unexpected(Error{std::string(code), std::move(text), std::move(place)});
}

// "place: text (code)", the form in which the command line prints an error.
[[nodiscard]] std::string describe(const Error& error);

}  // namespace base

// TRY(expression): its value, or return its error from the function around it. The counter gives
// each use a name of its own, so that one TRY may stand inside another.
#define TRY(expression) TRY_NAMED_(expression, TRY_JOIN_(try_result_, __COUNTER__))
#define TRY_JOIN_(a, b) TRY_JOIN_NOW_(a, b)
#define TRY_JOIN_NOW_(a, b) a##b
#define TRY_NAMED_(expression, result)                              \
  __extension__({                                                   \
    auto result = (expression);                                     \
    if (!result) return std::unexpected(std::move(result).error()); \
    *std::move(result);                                             \
  })
