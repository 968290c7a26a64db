// Which open bills of an account a sum is exactly for: where somebody pays several bills at once
// and gives the reference of one of them.
//
// A sum is for bills only where there is one way to make it. Bills of which the same is left are
// alike, and the one that is due first is paid first, unless the caller wants no choice at all.
// Accounts with many open bills are asked only for one of them, and for all.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "domain/billing/bill.h"

namespace domain {

// Of so many bills every choice is tried.
inline constexpr std::size_t kSummedBillsMax = 10;

enum class AlikeBills { kFirstDue, kNoChoice };

// Places among `bills`, which are in the order in which they are due; empty: none, or several
// ways. Bills that are not open, owe nothing or are in another currency are passed over.
[[nodiscard]] std::vector<std::size_t> bills_of_sum(std::span<const Bill* const> bills,
                                                    base::Money sum, AlikeBills alike);

}  // namespace domain
