#include "domain/pricing/vat_rounding.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/result/check.h"

namespace domain {
namespace {

using base::Decimal;
using base::Int128;
using base::Money;

constexpr Int128 kHundred = static_cast<Int128>(Decimal::kOne) * 100;

// Puts round(sum of the exact VAT) on the rows by largest remainder.
void round_once(std::vector<RatedVat>& rows) {
  struct Part {
    std::size_t row = 0;
    Int128 lost = 0;
  };
  std::vector<Part> parts;
  Int128 exact = 0, given = 0;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    Int128 product = 0;
    CHECK(!__builtin_mul_overflow(static_cast<Int128>(rows[row].net.minor()),
                                  rows[row].rate.value.scaled(), &product));
    Int128 vat = product / kHundred, lost = product % kHundred;
    if (lost < 0) {
      vat -= 1;
      lost += kHundred;
    }
    rows[row].vat = Money(static_cast<std::int64_t>(vat), rows[row].net.currency());
    parts.push_back({row, lost});
    exact += product;
    given += vat;
  }
  Int128 rest = base::divide_rounded(exact, kHundred, base::RoundingMode::kHalfUp) - given;
  std::ranges::stable_sort(parts, std::ranges::greater(), &Part::lost);
  for (auto part = parts.begin(); rest > 0; ++part, --rest) {
    rows[part->row].vat += Money(1, rows[part->row].net.currency());
  }
}

}  // namespace

std::vector<RatedVat> vat_on(std::span<const RatedNet> nets, VatRounding rounding) {
  std::map<base::Percent, Money, std::greater<>> by_rate;
  for (const RatedNet& each : nets) {
    const auto [row, is_new] = by_rate.try_emplace(each.rate, each.net);
    if (!is_new) row->second += each.net;
  }
  std::vector<RatedVat> rows;
  for (const auto& [rate, net] : by_rate) {
    rows.push_back({rate, net, base::percent_of(net, rate, base::RoundingMode::kHalfUp)});
  }
  switch (rounding) {
    case VatRounding::kPerRate: break;
    case VatRounding::kPerDocument: round_once(rows); break;
  }
  return rows;
}

std::string_view to_text(VatRounding rounding) {
  switch (rounding) {
    case VatRounding::kPerRate: return "per_rate";
    case VatRounding::kPerDocument: return "per_document";
  }
  return {};
}

base::Result<VatRounding> parse_vat_rounding(std::string_view text) {
  for (const VatRounding rounding : {VatRounding::kPerRate, VatRounding::kPerDocument}) {
    if (to_text(rounding) == text) return rounding;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) + "' is not per_rate or per_document");
}

}  // namespace domain
