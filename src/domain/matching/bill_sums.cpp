// Meet in the middle: the sums of either half, and whether two of them make the amount.
#include "domain/matching/bill_sums.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace domain::matching {
namespace {

struct PartialSum {
  std::int64_t sum = 0;
  std::uint32_t bills = 0;  // A bit for each.
};

// All sums of the bills that are not above the amount.
std::vector<PartialSum> sums_of(std::span<const std::int64_t> bills, std::int64_t amount) {
  std::vector<PartialSum> sums = {{}};
  for (std::size_t at = 0; at < bills.size(); ++at) {
    const std::size_t before = sums.size();
    for (std::size_t without = 0; without < before; ++without) {
      const PartialSum partial = sums[without];
      if (partial.sum > amount - bills[at]) continue;
      sums.push_back({partial.sum + bills[at], partial.bills | 1U << at});
    }
  }
  return sums;
}

}  // namespace

BillSum bills_that_sum_to(std::span<const std::int64_t> bills, std::int64_t amount) {
  std::vector<std::int64_t> sizes;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < bills.size(); ++at) {
    if (bills[at] <= 0 || bills[at] > amount) continue;
    sizes.push_back(bills[at]);
    places.push_back(at);
  }
  if (sizes.size() > kBillsMax) return {SumAnswer::kTooManyBills, {}};
  if (sizes.empty()) return {};
  const std::size_t half = sizes.size() / 2;
  std::vector<PartialSum> first = sums_of(std::span(sizes).first(half), amount);
  std::ranges::sort(first, {}, &PartialSum::sum);
  std::uint32_t found = 0;
  for (const PartialSum& second : sums_of(std::span(sizes).subspan(half), amount)) {
    for (const PartialSum& one :
         std::ranges::equal_range(first, amount - second.sum, {}, &PartialSum::sum)) {
      if (found != 0) return {SumAnswer::kSeveral, {}};
      found = one.bills | second.bills << half;
    }
  }
  if (found == 0) return {};
  BillSum answer = {SumAnswer::kOne, {}};
  for (; found != 0; found &= found - 1) {
    answer.bills.push_back(places[static_cast<std::size_t>(std::countr_zero(found))]);
  }
  return answer;
}

}  // namespace domain::matching
