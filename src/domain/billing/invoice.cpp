#include "domain/billing/invoice.h"

#include <algorithm>

#include "base/result/check.h"

namespace domain {
namespace {

using base::Money;
using base::RoundingMode;

struct SameRate {
  const VatSum& sum;
  bool operator()(const InvoiceLine& line) const {
    return line.vat_class == sum.vat_class && line.vat_rate == sum.rate;
  }
};

// One row per class and rate, highest rate first, then by class.
std::vector<VatSum> rates_of(const std::vector<InvoiceLine>& lines, base::Currency currency) {
  const Money nothing(0, currency);
  std::vector<VatSum> sums;
  for (const InvoiceLine& line : lines) {
    const bool known = std::ranges::any_of(
        sums, [&](const VatSum& sum) { return SameRate{sum}(line); });
    if (!known) sums.push_back({line.vat_class, line.vat_rate, nothing, nothing});
  }
  std::ranges::sort(sums, [](const VatSum& a, const VatSum& b) {
    return a.rate != b.rate ? a.rate > b.rate : a.vat_class < b.vat_class;
  });
  return sums;
}

}  // namespace

InvoiceSums sum_lines(const std::vector<InvoiceLine>& lines, base::Currency currency,
                      std::int64_t step_minor) {
  CHECK(step_minor >= 1);
  const Money nothing(0, currency);
  InvoiceSums sums{rates_of(lines, currency), nothing, nothing, nothing, nothing};
  for (VatSum& sum : sums.vat) {
    for (const InvoiceLine& line : lines) {
      if (SameRate{sum}(line)) sum.net += line.net;
    }
    // EN 16931 BR-CO-17: the tax of a rate is computed once, on its taxable sum.
    sum.vat = base::percent_of(sum.net, sum.rate, RoundingMode::kHalfUp);
    sums.net += sum.net;
    sums.vat_total += sum.vat;
  }
  const Money exact = sums.net + sums.vat_total;
  sums.rounding = base::rounding_to_step(exact, step_minor);
  sums.total = exact + sums.rounding;
  return sums;
}

base::Result<> verify_invoice(const Invoice& invoice) {
  const auto wrong = [](std::string place) {
    return base::fail("invoice_does_not_add_up", "the sums of the invoice do not agree",
                      std::move(place));
  };
  const InvoiceSums sums = sum_lines(invoice.lines, invoice.total.currency(), 1);
  if (sums.net != invoice.net) return wrong("net");
  if (sums.vat != invoice.vat) return wrong("vat");
  if (sums.vat_total != invoice.vat_total) return wrong("vat_total");
  if (sums.total + invoice.rounding != invoice.total) return wrong("total");
  if (!invoice.plan.empty()) {
    Money planned(0, invoice.total.currency());
    for (const PlanRow& row : invoice.plan) planned += row.amount;
    if (planned != invoice.total) return wrong("plan");
  }
  return {};
}

std::string_view to_text(LineKind kind) {
  switch (kind) {
    case LineKind::kRecurring: return "recurring";
    case LineKind::kCatchUp: return "catch_up";
    case LineKind::kCorrection: return "correction";
    case LineKind::kDiscount: return "discount";
    case LineKind::kUsage: return "usage";
    case LineKind::kOneOff: return "one_off";
  }
  return {};
}

std::string_view to_text(LineNature nature) {
  switch (nature) {
    case LineNature::kFixed: return "fixed";
    case LineNature::kExtra: return "extra";
  }
  return {};
}

}  // namespace domain
