#include "flows/compose/line_amounts.h"

#include <algorithm>

#include "base/result/check.h"

namespace flows::compose {
namespace {

using base::Decimal;
using base::Int128;
using base::Money;

struct Share {
  std::size_t line;
  Int128 remainder;  // Of the gross amount above the whole minor units below it.
};

// Gives the lines of one rate their gross amounts.
void add_vat(const domain::Invoice& invoice, const domain::VatSum& sum,
             std::vector<Money>& amounts) {
  constexpr Int128 kHundred = Int128{100} * Decimal::kOne;
  std::vector<Share> shares;
  Money rest = sum.net + sum.vat;
  for (std::size_t at = 0; at < invoice.lines.size(); ++at) {
    const domain::InvoiceLine& line = invoice.lines[at];
    if (line.vat_class != sum.vat_class || line.vat_rate != sum.rate) continue;
    const Int128 gross = line.net.minor() * (kHundred + sum.rate.value.scaled());
    const Int128 remainder = (gross % kHundred + kHundred) % kHundred;
    const auto whole = static_cast<std::int64_t>((gross - remainder) / kHundred);
    amounts[at] = Money(whole, line.net.currency());
    rest -= amounts[at];
    shares.push_back({at, remainder});
  }
  // Each row was cut to the whole below it, so what is left is fewer minor units than rows, or,
  // where the sum was rounded up, as many.
  CHECK(!rest.is_negative() && rest.minor() <= static_cast<std::int64_t>(shares.size()));
  std::ranges::stable_sort(shares, std::ranges::greater{}, &Share::remainder);
  for (auto share = shares.begin(); !rest.is_zero(); ++share) {
    const Money one(1, rest.currency());
    amounts[share->line] += one;
    rest -= one;
  }
}

}  // namespace

std::vector<Money> line_amounts(const domain::Invoice& invoice, bool with_vat) {
  std::vector<Money> amounts;
  amounts.reserve(invoice.lines.size());
  for (const auto& line : invoice.lines) amounts.push_back(line.net);
  if (!with_vat) return amounts;
  for (const auto& sum : invoice.vat) add_vat(invoice, sum, amounts);
  return amounts;
}

}  // namespace flows::compose
