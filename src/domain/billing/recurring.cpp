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

Result<Money> share_of_price(base::UnitPrice price, Share share, base::Currency currency) {
  const base::Int128 numerator = price.amount.scaled() * share.numerator;
  const base::Int128 unit = Decimal::kOne / currency.minor_per_unit();
  const base::Int128 minor =
      base::divide_rounded(numerator, unit * share.denominator, RoundingMode::kHalfUp);
  if (minor > Money::kMinorMax || minor < -Money::kMinorMax) {
    return base::fail("amount_out_of_range", "the amount is beyond ten thousand million");
  }
  return Money(static_cast<std::int64_t>(minor), currency);
}

struct PriceStretch {
  Period days;
  PriceRow row;
};

// Whether a part of the month costs a part of the price, so that its price may change inside.
bool is_divisible(ProrationRule rule) {
  return rule != ProrationRule::kWholePeriod && rule != ProrationRule::kNone;
}

// The first day after `day` on which the item's price may be another one.
Date next_change(const CatalogueItem& item, Date day, std::string_view brand, Date last) {
  Date next = last;
  const auto look_at = [&](Date change) {
    if (change > day) next = std::min(next, change);
  };
  const auto look_at_rows = [&](const std::vector<PriceRow>& rows) {
    for (const PriceRow& row : rows) {
      look_at(row.valid_from);
      if (row.valid_to) look_at(*row.valid_to);
    }
  };
  look_at_rows(item.prices);
  if (!brand.empty() && !item.brand_prices.empty()) {
    const auto own = item.brand_prices.find(std::string(brand));
    if (own != item.brand_prices.end()) look_at_rows(own->second);
  }
  return next;
}

// The stretches of `days` that have one price each.
Result<std::vector<PriceStretch>> price_stretches(const CatalogueItem& item, Period days,
                                                  std::string_view brand) {
  std::vector<PriceStretch> stretches;
  Date from = days.from();
  while (from < days.to()) {
    PriceRow row = TRY(Catalogue::price_on(item, from, brand));
    Date to = days.to();
    if (is_divisible(item.plan.proration)) {
      to = next_change(item, from, brand, days.to());
      while (to < days.to()) {
        const PriceRow* next = Catalogue::find_price(item, to, brand);
        if (next == nullptr || !(*next == row)) break;
        to = next_change(item, to, brand, days.to());
      }
    }
    const Period stretch = TRY(Period::make(from, to));
    stretches.push_back({stretch, std::move(row)});
    from = to;
  }
  return stretches;
}

Result<base::UnitPrice> price_of_one(const PriceRow& row) {
  if (!row.model) return row.price;
  return base::UnitPrice{TRY(row.model->amount(Decimal::from_integer(1)))};
}

class TileCharger {
 public:
  TileCharger(Revisions revisions, const PriceTile& tile, const PricingTerms& terms)
      : service_(revisions.back()), tile_(tile), terms_(terms) {}

  Result<> add_span(const TermSpan& span) {
    if (span.terms->paused) return {};
    campaigns_.clear();
    TRY(find_campaigns(span.terms->campaign));
    const CatalogueItem* plan =
        TRY(find(span.terms->plan, ItemKind::kPlan, "unknown_plan", "plan"));
    TRY(add_item(*plan, span.days));
    for (const std::string& code : span.terms->add_ons) {
      const CatalogueItem* add_on = TRY(find(code, ItemKind::kAddOn, "unknown_add_on", "add-on"));
      TRY(add_item(*add_on, span.days));
    }
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

  // A service may have several, their codes apart by spaces.
  Result<> find_campaigns(std::string_view codes) {
    while (!codes.empty()) {
      const std::size_t end = std::min(codes.find(' '), codes.size());
      const std::string code(codes.substr(0, end));
      codes.remove_prefix(std::min(end + 1, codes.size()));
      const CatalogueItem* campaign =
          TRY(find(code, ItemKind::kCampaign, "unknown_campaign", "campaign"));
      if (campaign_counts(*campaign)) campaigns_.push_back(campaign);
    }
    return {};
  }

  // Whether the campaign counts in the tile: the first whole price months of the service.
  [[nodiscard]] bool campaign_counts(const CatalogueItem& item) const {
    const CampaignTerms& campaign = item.campaign;
    if (campaign.starts && service_.starts < *campaign.starts) return false;
    if (item.ends && service_.starts >= *item.ends) return false;
    const Period start = terms_.calendar.tile_of(service_.starts).month;
    const auto first =
        base::Month::of(start.from()).index() + (service_.starts == start.from() ? 0 : 1);
    const auto now = base::Month::of(tile_.month.from()).index();
    return first <= now && now < first + campaign.whole_months;
  }

  Result<> add_item(const CatalogueItem& item, Period days) {
    for (auto& [stretch, row] : TRY(price_stretches(item, days, terms_.brand))) {
      const Share share = share_of(item.plan.proration, stretch, tile_.month);
      InvoiceLine line;
      line.division = service_.division;
      line.service = service_.id;
      line.service_number = service_.source_number;
      line.service_label = service_.label;
      line.quantity = Decimal::from_integer(1);
      line.item = item.code;
      line.name = item.name(terms_.language);
      line.period = stretch;
      line.share = {static_cast<std::int32_t>(share.numerator),
                    static_cast<std::int32_t>(share.denominator)};
      line.unit_price = TRY(price_of_one(row));
      line.net = TRY(share_of_price(line.unit_price, share, terms_.currency));
      if (row.includes_vat) line.gross = line.net;
      line.vat_class = row.vat_class;
      line.vat_rate = TRY(terms_.vat_rate_on(row.vat_class, stretch.from()));
      lines.push_back(line);
      TRY(add_discounts(line, share));
    }
    return {};
  }

  // Of the campaigns that stand alone the best one, then those that add, each on what is left.
  Result<> add_discounts(const InvoiceLine& line, Share share) {
    const CatalogueItem* best = nullptr;
    Money best_off(0, terms_.currency);
    std::vector<const CatalogueItem*> adding;
    for (const CatalogueItem* campaign : campaigns_) {
      const CampaignTerms& terms = campaign->campaign;
      if (std::ranges::find(terms.plans, line.item) == terms.plans.end()) continue;
      if (terms.stacking == Stacking::kAdds) {
        adding.push_back(campaign);
        continue;
      }
      const Money off = TRY(taken_off(line.net, terms, share));
      if (best == nullptr || off > best_off) {
        best = campaign;
        best_off = off;
      }
    }
    Money left = line.net;
    if (best != nullptr) left -= add_discount(line, *best, best_off);
    for (const CatalogueItem* campaign : adding) {
      const Money off = TRY(taken_off(left, campaign->campaign, share));
      left -= add_discount(line, *campaign, off);
    }
    return {};
  }

  [[nodiscard]] Result<Money> taken_off(Money from, const CampaignTerms& terms,
                                        Share share) const {
    if (!terms.off_amount) return base::percent_of(from, terms.off, RoundingMode::kHalfUp);
    const Money off = TRY(share_of_price(*terms.off_amount, share, terms_.currency));
    return std::min(off, from);
  }

  Money add_discount(const InvoiceLine& line, const CatalogueItem& campaign, Money off) {
    InvoiceLine discount = line;
    discount.kind = LineKind::kDiscount;
    discount.item = campaign.code;
    discount.name = campaign.name(terms_.language);
    discount.net = -off;
    if (line.gross) discount.gross = discount.net;
    discount.unit_price = {Decimal()};
    lines.push_back(std::move(discount));
    return off;
  }

  const Service& service_;  // The newest revision: what it is called.
  const PriceTile& tile_;
  const PricingTerms& terms_;
  std::vector<const CatalogueItem*> campaigns_;  // That count in the tile.
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
