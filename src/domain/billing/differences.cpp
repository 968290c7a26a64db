#include "domain/billing/differences.h"

#include <numeric>
#include <set>

namespace domain {
namespace {

std::set<ServiceId> subscribed(std::span<const InvoiceLine> lines) {
  std::set<ServiceId> services;
  for (const InvoiceLine& line : lines) {
    if (line.kind == LineKind::kRecurring) services.insert(line.service);
  }
  return services;
}

// Of a line whose service is subscribed to in both months, or in neither.
DifferenceReason reason_of(LineKind kind) {
  switch (kind) {
    case LineKind::kRecurring: return DifferenceReason::kPrices;
    case LineKind::kCatchUp:
    case LineKind::kCorrection: return DifferenceReason::kCorrections;
    case LineKind::kDiscount: return DifferenceReason::kDiscounts;
    case LineKind::kOneOff: return DifferenceReason::kOneOffs;
    case LineKind::kUsage: return DifferenceReason::kUsage;
  }
  __builtin_unreachable();
}

bool belongs_to_subscription(LineKind kind) {
  return kind == LineKind::kRecurring || kind == LineKind::kCatchUp || kind == LineKind::kDiscount;
}

}  // namespace

std::string_view to_text(DifferenceReason reason) {
  switch (reason) {
    case DifferenceReason::kNewServices: return "new_services";
    case DifferenceReason::kEndedServices: return "ended_services";
    case DifferenceReason::kPrices: return "prices";
    case DifferenceReason::kDiscounts: return "discounts";
    case DifferenceReason::kUsage: return "usage";
    case DifferenceReason::kOneOffs: return "one_offs";
    case DifferenceReason::kCorrections: return "corrections";
    case DifferenceReason::kSetAside: return "set_aside";
  }
  __builtin_unreachable();
}

std::int64_t Differences::sum() const {
  return std::accumulate(minor_.begin(), minor_.end(), std::int64_t{0});
}

Differences compare_lines(std::span<const InvoiceLine> before, std::span<const InvoiceLine> after) {
  const std::set<ServiceId> had = subscribed(before), has = subscribed(after);
  Differences differences;
  const auto count = [&](const InvoiceLine& line, std::int64_t minor) {
    DifferenceReason reason = reason_of(line.kind);
    if (belongs_to_subscription(line.kind) &&
        has.contains(line.service) != had.contains(line.service)) {
      reason = has.contains(line.service) ? DifferenceReason::kNewServices
                                          : DifferenceReason::kEndedServices;
    }
    differences.add(reason, minor);
  };
  for (const InvoiceLine& line : before) count(line, -line.net.minor());
  for (const InvoiceLine& line : after) count(line, line.net.minor());
  return differences;
}

}  // namespace domain
