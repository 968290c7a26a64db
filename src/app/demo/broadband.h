// The broadband division of the demo: its two files, line by line, with the dirt that such files
// have: typing mistakes, numbers that are missing, two ways to write a postal code, cities in
// capitals, addresses that do not work, an order for somebody unknown, a last line that is junk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/people.h"
#include "base/time/date.h"

namespace app::demo {

inline constexpr std::string_view kCustomersFile = "bredband_kunder.csv";
inline constexpr std::string_view kOrdersFile = "bredband_order.csv";

// The lines of customer `number` (0, 1, 2 ...) in UTF-8, each with its line end.
struct BroadbandLines {
  std::string customer;
  std::string order;  // Most have none.
};
// Services began up to the last day of `last_month`; orders are of it and the month before.
[[nodiscard]] BroadbandLines broadband_lines(std::uint64_t seed, std::int64_t number,
                                             base::Month last_month);

[[nodiscard]] std::string_view customers_header();
[[nodiscard]] std::string_view orders_header();
// What ends the files.
[[nodiscard]] std::string customers_junk(base::Month last_month);
[[nodiscard]] std::string orders_junk(base::Month last_month);

}  // namespace app::demo
