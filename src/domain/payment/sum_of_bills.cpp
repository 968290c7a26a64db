#include "domain/payment/sum_of_bills.h"

#include <algorithm>

namespace domain {
namespace {

using base::Money;
using Places = std::vector<std::size_t>;

// What a choice comes to, whichever of bills that are alike are in it.
std::vector<Money> rests_of(std::span<const Bill* const> bills, const Places& places) {
  std::vector<Money> rests;
  for (const std::size_t place : places) rests.push_back(bills[place]->rest());
  std::ranges::sort(rests);
  return rests;
}

bool makes(std::span<const Bill* const> bills, const Places& places, Money sum) {
  for (const std::size_t place : places) sum -= bills[place]->rest();
  return sum.is_zero();
}

// The first due first.
std::vector<Places> choices_of(const Places& open) {
  std::vector<Places> choices;
  if (open.size() > kSummedBillsMax) {
    for (const std::size_t place : open) choices.push_back({place});
    choices.push_back(open);
    return choices;
  }
  for (std::size_t chosen = 1; chosen < std::size_t{1} << open.size(); ++chosen) {
    Places& places = choices.emplace_back();
    for (std::size_t at = 0; at < open.size(); ++at) {
      if ((chosen >> at & 1U) != 0) places.push_back(open[at]);
    }
  }
  return choices;
}

}  // namespace

Places bills_of_sum(std::span<const Bill* const> bills, Money sum, AlikeBills alike) {
  Places open;
  for (std::size_t at = 0; at < bills.size(); ++at) {
    const Bill& bill = *bills[at];
    if (bill.state != BillState::kOpen || bill.total.currency() != sum.currency()) continue;
    if (bill.rest().minor() > 0) open.push_back(at);
  }
  Places found;
  for (Places& places : choices_of(open)) {
    if (!makes(bills, places, sum)) continue;
    if (found.empty()) {
      found = std::move(places);
    } else if (alike == AlikeBills::kNoChoice ||
               rests_of(bills, places) != rests_of(bills, found)) {
      return {};
    }
  }
  return found;
}

}  // namespace domain
