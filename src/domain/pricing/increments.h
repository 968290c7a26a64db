// Increments: which part of a call, or of the bytes of a session, is counted. "60/1" counts at
// least 60 and after them each one; "30/6" at least 30, then started steps of six.
//
//   counted = 0 for nothing; first for up to `first`; else first + started steps x then
//
// What that costs is rating's (domain/rating). Examples: docs/guides/pricing.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace domain {

// Seconds, bytes or pieces, as the price has it.
struct Increments {
  std::int64_t first = 1;  // Not below zero.
  std::int64_t then = 1;   // Above zero.

  // "first/then", up to ten million million. Errors: bad_increments.
  [[nodiscard]] static base::Result<Increments> parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;
  // What a quantity counts as; nothing stays nothing.
  [[nodiscard]] std::int64_t count(std::int64_t quantity) const;

  friend constexpr bool operator==(const Increments&, const Increments&) = default;
};

}  // namespace domain
