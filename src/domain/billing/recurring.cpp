#include "domain/billing/recurring.h"

#include <algorithm>

#include "domain/pricing/discounts.h"
#include "domain/pricing/proration.h"
#include "domain/pricing/unit_changes.h"

namespace domain {
namespace {

using base::Date;
using base::Decimal;
using base::Money;
using base::Period;
using base::Result;
using base::RoundingMode;

Result<Money> to_money(base::Int128 numerator, base::Int128 denominator, base::Currency currency) {
  const base::Int128 minor = base::divide_rounded(
      numerator * currency.minor_per_unit(), denominator * Decimal::kOne, RoundingMode::kHalfUp);
  if (minor > Money::kMinorMax || minor < -Money::kMinorMax) {
    return base::fail("amount_out_of_range", "the amount is beyond ten thousand million");
  }
  return Money(static_cast<std::int64_t>(minor), currency);
}

Result<Money> share_of_price(base::UnitPrice price, Share share, base::Currency currency) {
  return to_money(price.amount.scaled() * share.numerator, share.denominator, currency);
}

struct PriceStretch {
  Period days;
  PriceRow row;
};

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

// The campaigns that count on some days; a service may have several.
using Campaigns = std::vector<const CatalogueItem*>;

// Days on which the service had an item, so many times over, under the same campaigns. The change
// of another item does not cut them.
struct Run {
  const CatalogueItem* item = nullptr;
  Period days;
  std::int64_t count = 1;
  std::size_t campaigns = 0;  // Which of the tile's sets.
};

struct Row {
  InvoiceLine line;
  Share share;
  std::size_t campaigns = 0;
};

class TileCharger {
 public:
  TileCharger(Revisions revisions, const PriceTile& tile, const PricingTerms& terms)
      : service_(revisions.back()), tile_(tile), terms_(terms) {}

  Result<> add_span(const TermSpan& span) {
    if (span.terms->paused) return {};
    const std::size_t campaigns = TRY(find_campaigns(span.terms->campaign));
    const CatalogueItem* plan =
        TRY(find(span.terms->plan, ItemKind::kPlan, "unknown_plan", "plan"));
    add_run({plan, span.days, 1, campaigns});
    const std::vector<std::string>& codes = span.terms->add_ons;
    for (auto code = codes.begin(); code != codes.end();) {
      const CatalogueItem* add_on = TRY(find(*code, ItemKind::kAddOn, "unknown_add_on", "add-on"));
      const auto next = std::find_if(code, codes.end(), [&](const auto& c) { return c != *code; });
      add_run({add_on, span.days, add_on->plan.counted ? next - code : 1, campaigns});
      code = next;
    }
    return {};
  }

  Result<std::vector<InvoiceLine>> charge() {
    for (const Run& run : runs_) TRY(run.item->plan.counted ? add_counted(run) : add_rows(run));
    std::ranges::stable_sort(rows_, {}, [](const Row& row) { return row.line.period.from(); });
    std::vector<std::vector<InvoiceLine>> discounts(rows_.size());
    for (std::size_t set = 0; set < sets_.size(); ++set) {
      if (!sets_[set].empty()) TRY(take_off(set, discounts));
    }
    std::vector<InvoiceLine> lines;
    for (std::size_t at = 0; at < rows_.size(); ++at) {
      lines.push_back(std::move(rows_[at].line));
      for (InvoiceLine& discount : discounts[at]) lines.push_back(std::move(discount));
    }
    return lines;
  }

 private:
  Result<const CatalogueItem*> find(const std::string& code, ItemKind kind, std::string_view error,
                                    std::string_view word) const {
    const CatalogueItem* item = terms_.catalogue.find(code, kind);
    if (item != nullptr) return item;
    return base::fail(std::string(error), "the catalogue has no " + std::string(word) + " " + code,
                      service_.source_number);
  }

  // A service may have several, their codes apart by spaces. Answers which set they are.
  Result<std::size_t> find_campaigns(std::string_view codes) {
    Campaigns found;
    while (!codes.empty()) {
      const std::size_t end = std::min(codes.find(' '), codes.size());
      const std::string code(codes.substr(0, end));
      codes.remove_prefix(std::min(end + 1, codes.size()));
      const CatalogueItem* campaign =
          TRY(find(code, ItemKind::kCampaign, "unknown_campaign", "campaign"));
      if (campaign_counts(*campaign)) found.push_back(campaign);
    }
    const auto known = std::ranges::find(sets_, found);
    if (known != sets_.end()) return static_cast<std::size_t>(known - sets_.begin());
    sets_.push_back(std::move(found));
    return sets_.size() - 1;
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

  void add_run(Run run) {
    if (service_.ends && run.days.to() == *service_.ends) {
      // The last day may be free. Days that end as they began are days.
      run.days = days_used(run.days.from(), run.days.last_day(), run.item->plan.end).value();
    }
    if (run.days.is_empty()) return;
    for (Run& earlier : runs_) {
      if (earlier.item != run.item || earlier.days.to() != run.days.from()) continue;
      if (earlier.count != run.count || earlier.campaigns != run.campaigns) continue;
      earlier.days = Period::make(earlier.days.from(), run.days.to()).value();
      return;
    }
    runs_.push_back(run);
  }

  [[nodiscard]] Share share(const CatalogueItem& item, Period days) const {
    return share_of(item.plan.proration, days, tile_.month, terms_.zone);
  }

  Result<> add_rows(const Run& run) {
    for (const auto& [days, price] : TRY(price_stretches(*run.item, run.days, terms_.brand))) {
      const base::UnitPrice one = TRY(price_of_one(price));
      const Share now = share(*run.item, days);
      Share before{0, now.denominator};
      for (const Row& row : rows_) {
        const bool same = row.line.item == run.item->code && row.line.unit_price == one;
        if (same) before.numerator += row.share.numerator;
      }
      Share both{before.numerator + now.numerator, now.denominator};
      // A price that is charged whole is charged once.
      const bool whole = !is_divisible(run.item->plan.proration);
      if (whole) both.numerator = std::min<std::int64_t>(1, both.numerator);
      const Money net = TRY(share_of_price(one, both, terms_.currency)) -
                        TRY(share_of_price(one, before, terms_.currency));
      TRY(add_row(run, days, price, one, net));
    }
    return {};
  }

  // What several of an item cost that come and go: what all changes until the run's end come to,
  // less what those before it did.
  Result<> add_counted(const Run& run) {
    const CatalogueItem& item = *run.item;
    Date first = run.days.from();
    for (const Run& other : runs_) {
      if (other.item == run.item) first = std::min(first, other.days.from());
    }
    const PriceRow price = TRY(Catalogue::price_on(item, first, terms_.brand));
    const Money after = TRY(cost_until(run, price, run.days.to()));
    const Money before = TRY(cost_until(run, price, run.days.from()));
    return add_row(run, run.days, price, price.model ? base::UnitPrice() : price.price,
                   after - before);
  }

  Result<Money> cost_until(const Run& run, const PriceRow& price, Date end) const {
    std::vector<UnitChange> changes;
    const auto change = [&](std::int64_t units, Date from) -> Result<> {
      const Period days = TRY(Period::make(from, end));
      changes.push_back({Decimal::from_integer(units), share(*run.item, days).numerator});
      return {};
    };
    for (const Run& each : runs_) {
      if (each.item != run.item || each.days.from() >= end) continue;
      TRY(change(each.count, each.days.from()));
      if (each.days.to() < end) TRY(change(-each.count, each.days.to()));
    }
    if (changes.empty()) return Money(0, terms_.currency);
    const PriceTerms each{.form = PriceForm::kPerUnit, .tiers = {{.unit = price.price}}};
    const PriceModel model = price.model ? *price.model : TRY(PriceModel::make(each));
    const Decimal cost =
        TRY(price_of_changes(model, changes, share(*run.item, tile_.month).denominator));
    return to_money(cost.scaled(), 1, terms_.currency);
  }

  Result<> add_row(const Run& run, Period days, const PriceRow& price, base::UnitPrice one,
                   Money net) {
    const Share part = share(*run.item, days);
    Row row{{}, part, run.campaigns};
    InvoiceLine& line = row.line;
    line.division = service_.division;
    line.service = service_.id;
    line.service_number = service_.source_number;
    line.service_label = service_.label;
    line.quantity = Decimal::from_integer(run.count);
    line.item = run.item->code;
    line.name = run.item->name(terms_.language);
    line.period = days;
    const bool by_days = run.item->plan.proration != ProrationRule::kBySecond;
    line.share = by_days ? DayShare{static_cast<std::int32_t>(part.numerator),
                                    static_cast<std::int32_t>(part.denominator)}
                         : DayShare{days.days(), tile_.month.days()};
    line.unit_price = one;
    line.net = net;
    if (price.includes_vat) line.gross = line.net;
    line.vat_class = price.vat_class;
    line.vat_rate = TRY(terms_.vat_rate_on(price.vat_class, days.from()));
    rows_.push_back(std::move(row));
    return {};
  }

  // What the campaigns of a set take off the rows that stand under it.
  Result<> take_off(std::size_t set, std::vector<std::vector<InvoiceLine>>& discounts) const {
    std::vector<std::size_t> places;  // Of the set's rows.
    std::vector<Money> nets;
    for (std::size_t at = 0; at < rows_.size(); ++at) {
      if (rows_[at].campaigns != set) continue;
      places.push_back(at);
      nets.push_back(rows_[at].line.net);
    }
    std::vector<Discount> offered;
    Campaigns campaigns;
    for (const CatalogueItem* campaign : sets_[set]) {
      Discount discount = TRY(discount_of(*campaign, places));
      if (discount.lines.empty()) continue;
      offered.push_back(std::move(discount));
      campaigns.push_back(campaign);
    }
    const Discounted taken = TRY(apply_discounts(nets, offered));
    for (std::size_t which = 0; which < campaigns.size(); ++which) {
      for (std::size_t at = 0; at < places.size(); ++at) {
        const Money part = taken.parts[which][at];
        if (part.is_zero()) continue;
        discounts[places[at]].push_back(
            discount_line(rows_[places[at]].line, *campaigns[which], part));
      }
    }
    return {};
  }

  // What the campaign takes off which of the rows. Of an amount as much as the largest part of the
  // month that one of its items has.
  [[nodiscard]] Result<Discount> discount_of(const CatalogueItem& campaign,
                                             const std::vector<std::size_t>& places) const {
    const CampaignTerms& terms = campaign.campaign;
    Discount discount{.code = campaign.code, .off = terms.off, .stacking = terms.stacking};
    Share largest;
    for (std::size_t at = 0; at < places.size(); ++at) {
      const std::string& code = rows_[places[at]].line.item;
      if (std::ranges::find(terms.plans, code) == terms.plans.end()) continue;
      discount.lines.push_back(at);
      Share all{0, rows_[places[at]].share.denominator};
      for (const std::size_t other : places) {
        if (rows_[other].line.item == code) all.numerator += rows_[other].share.numerator;
      }
      all.numerator = std::min(all.numerator, all.denominator);
      if (all.numerator * largest.denominator > largest.numerator * all.denominator) largest = all;
    }
    if (terms.off_amount) {
      discount.off = TRY(share_of_price(*terms.off_amount, largest, terms_.currency));
    }
    return discount;
  }

  [[nodiscard]] InvoiceLine discount_line(const InvoiceLine& line, const CatalogueItem& campaign,
                                          Money off) const {
    InvoiceLine discount = line;
    discount.kind = LineKind::kDiscount;
    discount.item = campaign.code;
    discount.name = campaign.name(terms_.language);
    discount.quantity = Decimal::from_integer(1);
    discount.net = -off;
    if (line.gross) discount.gross = discount.net;
    discount.unit_price = {Decimal()};
    return discount;
  }

  const Service& service_;  // The newest revision: what it is called.
  const PriceTile& tile_;
  const PricingTerms& terms_;
  std::vector<Campaigns> sets_;
  std::vector<Run> runs_;
  std::vector<Row> rows_;
};

}  // namespace

Result<std::vector<InvoiceLine>> charge_tile(Revisions revisions, const PriceTile& tile,
                                             const PricingTerms& terms) {
  if (revisions.empty()) return std::vector<InvoiceLine>();
  TileCharger charger(revisions, tile, terms);
  for (const TermSpan& span : timeline(revisions, tile.days)) TRY(charger.add_span(span));
  return charger.charge();
}

}  // namespace domain
