#include "domain/billing/recurring.h"

#include <algorithm>

#include "domain/pricing/proration.h"

namespace domain {
namespace {

using base::Date;
using base::Decimal;
using base::Money;
using base::Period;
using base::Result;
using base::RoundingMode;

Result<Money> share_of_price(base::UnitPrice price, DayShare share, base::Currency currency) {
  const base::Int128 numerator = price.amount.scaled() * share.days;
  const base::Int128 unit = Decimal::kOne / currency.minor_per_unit();
  const base::Int128 minor =
      base::divide_rounded(numerator, unit * share.of_days, RoundingMode::kHalfUp);
  if (minor > Money::kMinorMax || minor < -Money::kMinorMax) {
    return base::fail("amount_out_of_range", "the amount is beyond ten thousand million");
  }
  return Money(static_cast<std::int64_t>(minor), currency);
}

struct PriceStretch {
  Period days;
  PriceRow row;
};

// The stretches of `days` that have one price each.
Result<std::vector<PriceStretch>> price_stretches(const CatalogueItem& item, Period days) {
  std::vector<PriceStretch> stretches;
  Date from = days.from();
  while (from < days.to()) {
    PriceRow row = TRY(Catalogue::price_on(item, from));
    Date to = days.to();
    for (const PriceRow& later : item.prices) {
      if (from < later.valid_from) {
        to = std::min(to, later.valid_from);
        break;
      }
    }
    const Period stretch = TRY(Period::make(from, to));
    stretches.push_back({stretch, std::move(row)});
    from = to;
  }
  return stretches;
}

class TileCharger {
 public:
  TileCharger(Revisions revisions, const PriceTile& tile, const PricingTerms& terms)
      : service_(revisions.back()), tile_(tile), terms_(terms) {}

  Result<> add_span(const TermSpan& span) {
    if (span.terms->paused) return {};
    const CatalogueItem* plan =
        TRY(find(span.terms->plan, ItemKind::kPlan, "unknown_plan", "plan"));
    const CatalogueItem* campaign = TRY(campaign_of(*span.terms));
    TRY(add_item(*plan, span.days, campaign));
    return {};
  }

  std::vector<InvoiceLine> lines;

 private:
  Result<const CatalogueItem*> find(const std::string& code, ItemKind kind,
                                    std::string_view error, std::string_view word) const {
    const CatalogueItem* item = terms_.catalogue.find(code, kind);
    if (item != nullptr) return item;
    return base::fail(std::string(error),
                      "the catalogue has no " + std::string(word) + " " + code,
                      service_.source_number);
  }

  Result<const CatalogueItem*> campaign_of(const Service& terms) const {
    if (terms.campaign.empty()) return nullptr;
    const CatalogueItem* campaign =
        TRY(find(terms.campaign, ItemKind::kCampaign, "unknown_campaign", "campaign"));
    const auto& plans = campaign->campaign.plans;
    const bool stands = std::ranges::find(plans, terms.plan) != plans.end();
    return stands && campaign_counts(campaign->campaign) ? campaign : nullptr;
  }

  // Whether the campaign counts in the tile: the first whole price months of the service.
  [[nodiscard]] bool campaign_counts(const CampaignTerms& campaign) const {
    const Period start = terms_.calendar.tile_of(service_.starts).month;
    const auto first =
        base::Month::of(start.from()).index() + (service_.starts == start.from() ? 0 : 1);
    const auto now = base::Month::of(tile_.month.from()).index();
    return first <= now && now < first + campaign.whole_months;
  }

  Result<> add_item(const CatalogueItem& item, Period days, const CatalogueItem* campaign) {
    for (auto& [stretch, row] : TRY(price_stretches(item, days))) {
      InvoiceLine line;
      line.division = service_.division;
      line.service = service_.id;
      line.service_number = service_.source_number;
      line.service_label = service_.label;
      line.quantity = Decimal::from_integer(1);
      line.item = item.code;
      line.name = item.name(terms_.language);
      line.period = stretch;
      const Share share = share_of(ProrationRule::kActualDays, stretch, tile_.month);
      line.share = {static_cast<std::int32_t>(share.numerator),
                    static_cast<std::int32_t>(share.denominator)};
      line.unit_price = row.price;
      line.net = TRY(share_of_price(row.price, line.share, terms_.currency));
      if (row.includes_vat) line.gross = line.net;
      line.vat_class = row.vat_class;
      line.vat_rate = TRY(terms_.vat_rate_on(row.vat_class, stretch.from()));
      lines.push_back(std::move(line));
      if (campaign != nullptr) lines.push_back(discount_of(lines.back(), *campaign));
    }
    return {};
  }

  [[nodiscard]] InvoiceLine discount_of(const InvoiceLine& line,
                                        const CatalogueItem& campaign) const {
    InvoiceLine discount = line;
    discount.kind = LineKind::kDiscount;
    discount.item = campaign.code;
    discount.name = campaign.name(terms_.language);
    discount.net = -base::percent_of(line.net, campaign.campaign.off, RoundingMode::kHalfUp);
    if (line.gross) discount.gross = discount.net;
    discount.unit_price = {Decimal()};
    return discount;
  }

  const Service& service_;  // The newest revision: what it is called.
  const PriceTile& tile_;
  const PricingTerms& terms_;
};

}  // namespace

Result<std::vector<InvoiceLine>> charge_tile(Revisions revisions, const PriceTile& tile,
                                             const PricingTerms& terms) {
  if (revisions.empty()) return std::vector<InvoiceLine>();
  TileCharger charger(revisions, tile, terms);
  for (const TermSpan& span : timeline(revisions, tile.days)) TRY(charger.add_span(span));
  return std::move(charger.lines);
}

}  // namespace domain
