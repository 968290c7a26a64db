// The streaming division of the demo: accounts that are known by their e-mail only, and films
// bought or rented at prices with VAT. Some buy without an account of that number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time/date.h"

namespace app::demo {

inline constexpr std::string_view kAccountsFile = "play_konton.csv";
inline constexpr std::string_view kPurchasesFile = "play_kop.jsonl";

struct StreamingLines {
  std::string account;  // Some have none.
  std::string purchases;
};
// Of customer `number` (0, 1, 2 ...); purchases are of the last month and the one before.
[[nodiscard]] StreamingLines streaming_lines(std::uint64_t seed, std::int64_t number,
                                             base::Month last_month);

[[nodiscard]] std::string_view accounts_header();
// What ends the files: an account that ended before it began, a purchase for nobody.
[[nodiscard]] std::string accounts_junk(base::Month last_month);
[[nodiscard]] std::string purchases_junk(base::Month last_month);

}  // namespace app::demo
