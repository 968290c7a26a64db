#include "domain/billing/invoice.h"

#include <algorithm>

#include "base/result/check.h"
#include "domain/pricing/inclusive_prices.h"

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
    const bool known =
        std::ranges::any_of(sums, [&](const VatSum& sum) { return SameRate{sum}(line); });
    if (!known) sums.push_back({line.vat_class, line.vat_rate, nothing, nothing});
  }
  std::ranges::sort(sums, [](const VatSum& a, const VatSum& b) {
    return a.rate != b.rate ? a.rate > b.rate : a.vat_class < b.vat_class;
  });
  return sums;
}

// An invoice's VAT is that of its sums to the last minor unit; a credit note's is what its share
// of the invoice's own VAT comes to.
bool same_vat(const std::vector<VatSum>& computed, const Invoice& invoice) {
  if (invoice.kind == DocumentKind::kInvoice) return computed == invoice.vat;
  return std::ranges::equal(computed, invoice.vat, [](const VatSum& a, const VatSum& b) {
    const std::int64_t apart = a.vat.minor() - b.vat.minor();
    return a.vat_class == b.vat_class && a.rate == b.rate && a.net == b.net &&
           -kCreditVatToleranceMinor <= apart && apart <= kCreditVatToleranceMinor;
  });
}

}  // namespace

void turn_sign(InvoiceLine& line) {
  line.net = -line.net;
  line.quantity = -line.quantity;
  if (line.gross) line.gross = -*line.gross;
}

void set_nets(std::vector<InvoiceLine>& lines) {
  std::vector<InclusiveLine> inclusive;
  for (const InvoiceLine& line : lines) {
    if (line.gross) inclusive.push_back({*line.gross, line.vat_rate});
  }
  if (inclusive.empty()) return;
  const InclusiveSums sums = take_out_vat(inclusive);
  auto net = sums.line_nets.begin();
  for (InvoiceLine& line : lines) {
    if (line.gross) line.net = *net++;
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
  if (!same_vat(sums.vat, invoice)) return wrong("vat");
  Money vat_total(0, invoice.total.currency());
  for (const VatSum& sum : invoice.vat) vat_total += sum.vat;
  if (vat_total != invoice.vat_total) return wrong("vat_total");
  if (sums.net + vat_total + invoice.rounding != invoice.total) return wrong("total");
  if (!invoice.plan.empty()) {
    Money planned(0, invoice.total.currency());
    for (const PlanRow& row : invoice.plan) planned += row.amount;
    if (planned != invoice.total) return wrong("plan");
  }
  return {};
}

std::string_view to_text(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kInvoice: return "invoice";
    case DocumentKind::kCreditNote: return "credit_note";
  }
  return {};
}

base::Result<DocumentKind> parse_document_kind(std::string_view text) {
  for (const DocumentKind kind : {DocumentKind::kInvoice, DocumentKind::kCreditNote}) {
    if (to_text(kind) == text) return kind;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) + "' is not invoice or credit_note");
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
