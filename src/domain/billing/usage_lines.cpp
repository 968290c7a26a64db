#include "domain/billing/usage_lines.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace domain {
namespace {

using base::Decimal;
using base::Money;
using base::Result;
using base::RoundingMode;

const Service* newest_of(std::span<const Service> services, ServiceId id) {
  const Service* newest = nullptr;
  for (const Service& service : services) {
    if (service.id == id) newest = &service;
  }
  return newest;
}

// What tells lines of usage apart that are the same charge.
auto key_of(const InvoiceLine& line) {
  return std::tuple(line.service, line.item, line.unit, line.unit_price.amount.scaled(),
                    line.vat_class, line.vat_rate.value.scaled(), line.gross.has_value());
}
using Key = decltype(key_of(InvoiceLine()));

Money zero_like(Money amount) { return Money(0, amount.currency()); }

void add(InvoiceLine& to, const InvoiceLine& line, bool take_away) {
  to.quantity = take_away ? to.quantity - line.quantity : to.quantity + line.quantity;
  to.net += take_away ? -line.net : line.net;
  if (line.gross) *to.gross += take_away ? -*line.gross : *line.gross;
}

}  // namespace

std::vector<TermDays> terms_in(std::span<const Service> services, base::Month month,
                               std::string_view brand) {
  std::vector<TermDays> terms;
  for (auto first = services.begin(); first != services.end();) {
    const auto next = std::find_if(first, services.end(),
                                   [&](const Service& service) { return service.id != first->id; });
    for (const TermSpan& span : timeline(Revisions(first, next), month.period())) {
      if (span.terms->paused) continue;
      terms.push_back({first->id,
                       {.division = span.terms->division,
                        .plan = span.terms->plan,
                        .add_ons = span.terms->add_ons,
                        .brand = std::string(brand)},
                       span.days});
    }
    first = next;
  }
  return terms;
}

Result<std::vector<InvoiceLine>> lines_of(const ClosedUsage& usage, base::Month month,
                                          std::span<const Service> services,
                                          const PricingTerms& terms) {
  std::vector<InvoiceLine> lines;
  for (const UsageCharge& charge : usage.charges) {
    const CatalogueItem* item = terms.catalogue.find(charge.item, ItemKind::kUsage);
    if (item == nullptr) {
      return base::fail("unknown_item", "the catalogue has no usage item " + charge.item,
                        charge.service.to_string());
    }
    InvoiceLine line;
    line.kind = LineKind::kUsage;
    line.nature = LineNature::kExtra;
    line.item = charge.item;
    line.name = item->name(terms.language);
    line.division = item->division;
    line.service = charge.service;
    if (const Service* service = newest_of(services, charge.service)) {
      line.division = service->division;
      line.service_number = service->source_number;
      line.service_label = service->label;
    }
    line.period = month.period();
    line.quantity = charge.quantity;
    line.unit = charge.unit;
    line.unit_price = charge.unit_price;
    line.net = base::line_amount(charge.amount, {Decimal::from_integer(1)}, terms.currency,
                                 RoundingMode::kHalfUp);
    if (charge.includes_vat) line.gross = line.net;
    line.vat_class = charge.vat_class;
    line.vat_rate = TRY(terms.vat_rate_on(charge.vat_class, line.period.last_day()));
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<InvoiceLine> less_issued(std::vector<InvoiceLine> owed,
                                     std::span<const InvoiceLine> issued, base::Month month) {
  std::map<Key, InvoiceLine> rest;
  const auto take = [&](const InvoiceLine& line, bool take_away) {
    const auto [row, fresh] = rest.emplace(key_of(line), line);
    if (fresh) {
      row->second.quantity = Decimal();
      row->second.net = zero_like(line.net);
      if (line.gross) row->second.gross = zero_like(*line.gross);
    }
    add(row->second, line, take_away);
  };
  for (const InvoiceLine& line : owed) take(line, /*take_away=*/false);
  for (const InvoiceLine& line : issued) {
    const bool of_month = line.kind == LineKind::kUsage && line.period == month.period();
    if (of_month) take(line, /*take_away=*/true);
  }
  std::vector<InvoiceLine> lines;
  for (auto& [key, line] : rest) {
    const bool agrees = line.quantity.is_zero() && line.gross.value_or(line.net).is_zero();
    if (!agrees) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace domain
