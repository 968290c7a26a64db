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

// The net of each gross amount, so that together they are the net of the sum.
std::vector<Money> nets_of_gross(const std::vector<Money>& gross, base::Percent rate) {
  const base::Int128 hundred = static_cast<base::Int128>(base::Decimal::kOne) * 100;
  const base::Int128 divisor = hundred + rate.value.scaled();
  Money left(0, gross.front().currency());
  std::vector<Money> nets;
  std::vector<std::pair<base::Int128, std::size_t>> remainders;
  for (const Money amount : gross) {
    const base::Int128 exact = amount.minor() * hundred;
    base::Int128 whole = exact / divisor;
    if (whole * divisor > exact) --whole;  // Down, also below zero.
    remainders.emplace_back(whole * divisor - exact, nets.size());  // Largest remainder first.
    nets.emplace_back(static_cast<std::int64_t>(whole), amount.currency());
    left += amount;
  }
  left = base::net_of_gross(left, rate, RoundingMode::kHalfUp);
  for (const Money net : nets) left -= net;
  std::ranges::sort(remainders);
  for (std::size_t at = 0; !left.is_zero(); ++at) {
    const Money one(1, left.currency());
    nets[remainders[at % remainders.size()].second] += one;
    left -= one;
  }
  return nets;
}

}  // namespace

void set_nets(std::vector<InvoiceLine>& lines) {
  for (std::size_t first = 0; first < lines.size(); ++first) {
    const auto same_rate = [&](const InvoiceLine& line) {
      return line.gross && line.vat_class == lines[first].vat_class &&
             line.vat_rate == lines[first].vat_rate;
    };
    const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(first);
    const bool done = std::any_of(lines.begin(), begin, same_rate);
    if (!lines[first].gross || done) continue;
    std::vector<InvoiceLine*> of_rate;
    std::vector<Money> gross;
    for (InvoiceLine& line : lines) {
      if (!same_rate(line)) continue;
      of_rate.push_back(&line);
      gross.push_back(*line.gross);
    }
    const std::vector<Money> nets = nets_of_gross(gross, lines[first].vat_rate);
    for (std::size_t at = 0; at < of_rate.size(); ++at) of_rate[at]->net = nets[at];
  }
}

InvoiceSums sum_lines(const std::vector<InvoiceLine>& lines, base::Currency currency,
                      std::int64_t step_minor) {
  CHECK(step_minor >= 1);
  const Money nothing(0, currency);
  InvoiceSums sums{rates_of(lines, currency), nothing, nothing, nothing, nothing};
  for (VatSum& sum : sums.vat) {
    Money without_vat = nothing;  // Of prices made without VAT.
    Money tax_within = nothing;   // Of prices made with VAT (D12): gross less net.
    for (const InvoiceLine& line : lines) {
      if (!SameRate{sum}(line)) continue;
      sum.net += line.net;
      if (line.gross) {
        tax_within += *line.gross - line.net;
      } else {
        without_vat += line.net;
      }
    }
    // EN 16931 BR-CO-17: the tax of a rate is computed once, on its taxable sum.
    sum.vat = base::percent_of(without_vat, sum.rate, RoundingMode::kHalfUp) + tax_within;
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
