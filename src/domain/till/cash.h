// Coins and notes: which there are, what a sum is rounded to where it is paid in cash, and what a
// counted drawer holds. Pure.
//
// The step of rounding is a row of the country's rules (area rounding, key cash, or payment where
// every payment is rounded) with its source; where there is none, cash is not rounded.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/law/rule_book.h"

namespace domain {

// The least that is paid in cash, in minor units; 1 where nothing says more.
[[nodiscard]] std::int64_t cash_step(const RuleBook& rules, std::string_view country,
                                     base::Currency currency, base::Date day);

// Notes and coins in minor units, the largest first; none of a currency whose cash nobody counts
// by pieces: then its sum is counted.
[[nodiscard]] std::span<const std::int64_t> denominations(base::Currency currency);

struct CountedPieces {
  std::int64_t denomination = 0;  // Minor units; 1 where a sum is counted.
  std::int64_t pieces = 0;
  friend bool operator==(const CountedPieces&, const CountedPieces&) = default;
};
using CashCount = std::vector<CountedPieces>;

// "500x3 100x7 20x1" or "1720.00". Errors: bad_cash_count (place: the part), unknown_denomination.
[[nodiscard]] base::Result<CashCount> read_cash_count(std::string_view text,
                                                      base::Currency currency);
// Errors: unknown_denomination, bad_cash_count (below zero, or beyond every drawer).
[[nodiscard]] base::Result<base::Money> sum_of(const CashCount& count, base::Currency currency);
// As it is read: "500x3 100x7".
[[nodiscard]] std::string to_text(const CashCount& count, base::Currency currency);

}  // namespace domain
