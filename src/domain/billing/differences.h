// What made a month's bills differ from the month before, by reason: for whoever approves a run.
//
// Each line of either month counts for exactly one reason, so that the reasons always sum to the
// difference. Amounts are net.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "base/money/money.h"
#include "domain/billing/invoice.h"

namespace domain {

enum class DifferenceReason {
  kNewServices,    // First billed now.
  kEndedServices,  // Billed the month before and no longer.
  kPrices,         // The same service costs something else: another plan, price or number of days.
  kDiscounts,
  kUsage,
  kOneOffs,
  kCorrections,  // Of earlier months.
  kSetAside,     // The account could not be billed this time.
};
inline constexpr DifferenceReason kDifferenceReasons[] = {
    DifferenceReason::kNewServices, DifferenceReason::kEndedServices, DifferenceReason::kPrices,
    DifferenceReason::kDiscounts,   DifferenceReason::kUsage,         DifferenceReason::kOneOffs,
    DifferenceReason::kCorrections, DifferenceReason::kSetAside};

// "new_services"
[[nodiscard]] std::string_view to_text(DifferenceReason reason);

// Minor units by reason, in the order of kDifferenceReasons.
class Differences {
 public:
  void add(DifferenceReason reason, std::int64_t minor) { at(reason) += minor; }
  [[nodiscard]] std::int64_t of(DifferenceReason reason) const {
    return minor_[static_cast<std::size_t>(reason)];
  }
  [[nodiscard]] std::int64_t sum() const;

 private:
  [[nodiscard]] std::int64_t& at(DifferenceReason reason) {
    return minor_[static_cast<std::size_t>(reason)];
  }
  std::array<std::int64_t, std::size(kDifferenceReasons)> minor_ = {};
};

// Of one account; lines of credit notes have been turned (turn_sign).
[[nodiscard]] Differences compare_lines(std::span<const InvoiceLine> before,
                                        std::span<const InvoiceLine> after);

}  // namespace domain
