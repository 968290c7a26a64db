// Several bills paid at once: which of them add up to the amount that came.
//
// Only an answer that is the only one is an answer: two bills of the same amount cannot be told
// apart by a sum. Amounts are whole minor units of one currency.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace domain::matching {

inline constexpr std::size_t kBillsMax = 30;

enum class SumAnswer { kNone, kOne, kSeveral, kTooManyBills };

struct BillSum {
  SumAnswer answer = SumAnswer::kNone;
  std::vector<std::size_t> bills;  // Indexes, ascending; empty unless there is one answer.
};

// Bills that are not positive take no part. More than kBillsMax that could take part are too many.
[[nodiscard]] BillSum bills_that_sum_to(std::span<const std::int64_t> bills, std::int64_t amount);

}  // namespace domain::matching
