// Reads JSON text (RFC 8259) into base::Json.
//
// Limits: kJsonBytesMax, kJsonDepthMax. Numbers that are not 64-bit integers are refused: amounts
// and decimals travel as strings. Of members with the same name the last one wins, unless asked.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"

namespace json {

inline constexpr std::size_t kJsonBytesMax = 64U << 20;
inline constexpr std::size_t kJsonDepthMax = 64;

// What becomes of a number with a fraction or exponent.
enum class Fractions {
  kRefuse,  // not_an_integer
  kAsText,  // Its text as written, for files of others; still no binary floating point.
};

// What becomes of members with the same name.
enum class Doubled {
  kLastWins,
  kRefuse,  // json_doubled_member, for files of others: which one is right cannot be known.
};

// Errors: bad_json (place: byte offset), json_too_large, json_too_deep, not_an_integer,
// json_doubled_member (place: its name).
[[nodiscard]] base::Result<base::Json> parse(std::string_view text,
                                             Fractions fractions = Fractions::kRefuse,
                                             Doubled doubled = Doubled::kLastWins);

// Every member that stands in its object more than once, as json_doubled_member (place: the way to
// it, "plans.MOB5.month"), for files of people: they are told of all at once. Nothing where the
// text is no JSON: that is parse()'s to say.
[[nodiscard]] std::vector<base::Error> find_doubled_members(std::string_view text);

}  // namespace json
