// The mobile division of the demo: subscriptions as JSON lines, a line a SIM, and a file of calls,
// data and messages for each of two months. With the dirt that such files have: names typed in a
// hurry, missing identity numbers, times with and without an offset from Greenwich, records that
// come twice, a number that nobody has, and a last line that is cut off.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time/date.h"

namespace app::demo {

inline constexpr std::string_view kSubscriptionsFile = "mobil_abonnemang.jsonl";
// "mobil_cdr_2026-10.csv"
[[nodiscard]] std::string calls_file(base::Month month);

// What customer `number` (0, 1, 2 ...) has; most have one to three SIMs, some have none.
struct MobileLines {
  std::string subscriptions;
  std::string calls_before;  // Of the month before the last.
  std::string calls_last;    // Some of the month before stand here once more.
};
[[nodiscard]] MobileLines mobile_lines(std::uint64_t seed, std::int64_t number,
                                       base::Month last_month);

[[nodiscard]] std::string_view calls_header();
// What ends the files: a record that makes no sense, a number that nobody has; a line that is cut.
[[nodiscard]] std::string calls_junk(base::Month month);
[[nodiscard]] std::string_view subscriptions_junk();

}  // namespace app::demo
