// The mistakes of a catalogue, each by name and place: rows of prices that leave days without
// one, names that lead nowhere, plans that charge themselves, and usage items of which two fit.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "domain/catalogue/catalogue.h"
#include "domain/pricing/unit_changes.h"

namespace domain {
namespace {

using base::Date;
using base::Decimal;

// A million of the dearest thing still fits in base::Decimal.
constexpr std::int64_t kPriceMax = 1'000'000'000;
// Years in which nothing was sold yet, and "never".
constexpr int kFirstYear = 1900, kLastYear = 9998;
constexpr int kMonthsMax = 1200;

bool is_price(const base::UnitPrice& price) {
  return !price.amount.is_negative() && price.amount <= Decimal::from_integer(kPriceMax);
}

bool is_possible(Date day) { return day.year() >= kFirstYear && day.year() <= kLastYear; }

template <class T>
bool share_one(const std::vector<T>& a, const std::vector<T>& b) {
  return std::ranges::any_of(a, [&](const T& each) { return std::ranges::count(b, each) > 0; });
}

// Both say nothing, or both name something in common: neither is the more specific.
template <class T>
bool tie(const std::vector<T>& a, const std::vector<T>& b) {
  return a.empty() || b.empty() ? a.empty() && b.empty() : share_one(a, b);
}

bool windows_tie(const std::vector<TimeWindow>& a, const std::vector<TimeWindow>& b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty();
  return std::ranges::any_of(a, [&](const TimeWindow& each) {
    return std::ranges::any_of(b, [&](const TimeWindow& other) { return each.overlaps(other); });
  });
}

bool fit_equally(const CatalogueItem& a, const CatalogueItem& b) {
  const UsageMatch &one = a.usage.match, &two = b.usage.match;
  return a.division == b.division && share_one(one.kinds, two.kinds) &&
         tie(one.prefixes, two.prefixes) && tie(one.classes, two.classes) &&
         tie(one.plans, two.plans) && tie(one.zones, two.zones) &&
         windows_tie(one.windows, two.windows);
}

class Checker {
 public:
  explicit Checker(std::span<const CatalogueItem> items) : items_(items) {
    for (const CatalogueItem& item : items_) {
      by_code_.emplace(item.code, &item);
      for (const Allowance& allowance : item.plan.allowances) pools_.insert(allowance.pool);
    }
  }

  std::vector<base::Error> errors() {
    const CatalogueItem* before = nullptr;
    for (const CatalogueItem& item : items_) {
      if (before != nullptr && before->code == item.code) {
        add("catalogue_duplicate", "the code stands twice in the catalogue", item);
      } else {
        check_item(item);
      }
      before = &item;
    }
    check_ambiguity();
    check_numbers();
    check_cycles();
    return std::move(errors_);
  }

 private:
  void add(std::string_view code, std::string text, const CatalogueItem& item) {
    errors_.push_back(base::fail(code, std::move(text), item.code).error());
  }

  const CatalogueItem* find(const std::string& code, ItemKind kind) const {
    const auto found = by_code_.find(code);
    return found == by_code_.end() || found->second->kind != kind ? nullptr : found->second;
  }

  void check_item(const CatalogueItem& item) {
    check_prices(item, item.prices, "");
    for (const auto& [brand, rows] : item.brand_prices) {
      check_prices(item, rows, brand);
      check_brand_end(item, rows, brand);
    }
    if (item.ends && !is_possible(*item.ends)) {
      add("catalogue_impossible_day", "nothing ends on " + item.ends->to_string(), item);
    }
    switch (item.kind) {
      case ItemKind::kPlan:
      case ItemKind::kAddOn: check_terms(item); break;
      case ItemKind::kCampaign: check_campaign(item); break;
      case ItemKind::kUsage: check_usage(item); break;
      case ItemKind::kNumberClass:
        if (item.number_prefixes.empty()) {
          add("catalogue_bad_usage", "a number class needs the beginnings of its numbers", item);
        }
        break;
      case ItemKind::kOneOff: break;
    }
  }

  static bool needs_price(const CatalogueItem& item) {
    return item.kind == ItemKind::kPlan || item.kind == ItemKind::kOneOff ||
           item.kind == ItemKind::kAddOn;
  }

  void check_prices(const CatalogueItem& item, const std::vector<PriceRow>& rows,
                    const std::string& brand) {
    if (rows.empty() && brand.empty() && needs_price(item)) {
      add("catalogue_no_price", "the item has no price row", item);
    }
    const std::string of_brand = brand.empty() ? "" : " of brand " + brand;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      check_row(item, rows[at]);
      if (at == 0) continue;
      const PriceRow& before = rows[at - 1];
      const std::string where = "; look at " + rows[at].valid_from.to_string() + of_brand;
      if (rows[at].valid_from <= before.valid_from) {
        add("catalogue_price_order", "price rows must ascend by day, one a day" + where, item);
      } else if (before.valid_to && *before.valid_to < rows[at].valid_from) {
        add("catalogue_price_gap",
            "there is no price from " + before.valid_to->to_string() + " on" + where, item);
      } else if (before.valid_to && *before.valid_to > rows[at].valid_from) {
        add("catalogue_price_overlap",
            "two prices hold until " + before.valid_to->to_string() + where, item);
      }
    }
    if (!rows.empty() && brand.empty() && rows.back().valid_to &&
        (!item.ends || *rows.back().valid_to < *item.ends)) {
      add("catalogue_price_gap",
          "the last price ends on " + rows.back().valid_to->to_string() +
              ", the item does not: give it that end, or another price",
          item);
    }
  }

  // After its last price a brand has the one for all, if there is one.
  void check_brand_end(const CatalogueItem& item, const std::vector<PriceRow>& rows,
                       const std::string& brand) {
    if (rows.empty() || !rows.back().valid_to) return;
    const Date end = *rows.back().valid_to;
    if (item.ends && *item.ends <= end) return;
    if (Catalogue::find_price(item, end) != nullptr) return;
    add("catalogue_price_gap",
        "the last price of brand " + brand + " ends on " + end.to_string() +
            ", and no price for all brands holds then",
        item);
  }

  void check_row(const CatalogueItem& item, const PriceRow& row) {
    if (!is_possible(row.valid_from) || (row.valid_to && !is_possible(*row.valid_to))) {
      add("catalogue_impossible_day",
          "a price cannot begin on " + row.valid_from.to_string() +
              " or end outside the years 1900 to 9998; leave away the end where there is none",
          item);
    }
    bool in_range = is_price(row.price);
    if (row.model) {
      for (const PriceTier& tier : row.model->terms().tiers) {
        in_range = in_range && is_price(tier.unit) && is_price(tier.fixed);
      }
    }
    if (!in_range) {
      add("catalogue_amount_out_of_range", "a price must be from zero to 1,000 million", item);
    }
    if (row.vat_class.empty()) {
      add("catalogue_vat_gap", "the price of " + row.valid_from.to_string() + " has no VAT class",
          item);
    }
  }

  void check_campaign(const CatalogueItem& item) {
    const CampaignTerms& terms = item.campaign;
    const Decimal& off = terms.off.value;
    const bool by_percent = !off.is_zero() && !off.is_negative() &&
                            off <= Decimal::from_integer(100) && !terms.off_amount;
    const bool by_amount = off.is_zero() && terms.off_amount && is_price(*terms.off_amount) &&
                           !terms.off_amount->amount.is_zero();
    if (terms.plans.empty() || terms.whole_months < 1 || terms.whole_months > kMonthsMax ||
        by_percent == by_amount || (terms.starts && item.ends && *item.ends <= *terms.starts)) {
      add("catalogue_bad_campaign",
          "a campaign needs plans, one whole month at least, and 0 < percent <= 100 or an amount; "
          "it ends after it starts",
          item);
      return;
    }
    for (const std::string& code : terms.plans) {
      const CatalogueItem* plan = find(code, ItemKind::kPlan);
      if (plan == nullptr) plan = find(code, ItemKind::kAddOn);
      if (plan == nullptr) {
        add("catalogue_unknown_plan",
            "the campaign names the plan " + code + ", which is not there", item);
      } else {
        check_length(item, *plan);
      }
    }
  }

  // Whoever starts on the campaign's first day must still have the plan when it runs out.
  void check_length(const CatalogueItem& item, const CatalogueItem& plan) {
    if (!plan.ends || !is_possible(*plan.ends)) return;
    Date starts = *plan.ends;
    if (!plan.prices.empty()) starts = plan.prices.front().valid_from;
    if (item.campaign.starts) starts = std::max(starts, *item.campaign.starts);
    if (starts < *plan.ends && base::add_months(starts, item.campaign.whole_months) <= *plan.ends) {
      return;
    }
    add("catalogue_campaign_too_long",
        "the campaign lasts longer than the plan " + plan.code + ", which ends on " +
            plan.ends->to_string(),
        item);
  }

  void check_terms(const CatalogueItem& item) {
    std::set<std::string> pools, caps;
    for (const Allowance& allowance : item.plan.allowances) {
      if (allowance.pool.empty() || !pools.insert(allowance.pool).second) {
        add("catalogue_bad_terms", "an allowance needs a pool, and a pool stands once", item);
      }
      if (allowance.months_rolled_over < 0 || allowance.months_rolled_over > kMonthsMax ||
          (allowance.amount && !is_price({*allowance.amount}))) {
        add("catalogue_bad_terms", "the allowance '" + allowance.pool + "' is out of range", item);
      }
      check_drawn(item, allowance);
      if (allowance.over_item.empty()) continue;
      const CatalogueItem* over = find(allowance.over_item, ItemKind::kUsage);
      if (over == nullptr) {
        unknown_item(item, allowance.over_item);
      } else if (measure_of(over->usage.unit) != measure_of(allowance.unit)) {
        wrong_measure(item, allowance.pool, over->code);
      }
    }
    for (const FairUse& use : item.plan.fair_use) {
      if (!pools_.contains(use.pool)) unknown_pool(item, use.pool);
      if (!caps.insert(use.pool + "/" + use.group).second || !is_price({use.cap})) {
        add("catalogue_bad_terms",
            "the fair use of '" + use.group +
                "' stands twice or is out of "
                "range",
            item);
      }
    }
    if (item.plan.counted) check_counted(item);
    const PlanTerms& terms = item.plan;
    for (const auto& amount : {terms.minimum_spend, terms.spend_cap}) {
      if (amount && !is_price(*amount)) {
        add("catalogue_amount_out_of_range", "an amount must be from zero to 1,000 million", item);
      }
    }
    Decimal before;
    for (const base::UnitPrice& amount : terms.bill_at) {
      if (item.kind != ItemKind::kPlan || amount.amount <= before || !is_price(amount)) {
        add("catalogue_bad_terms", "a plan's amounts of bill_at ascend and are above zero", item);
      }
      before = amount.amount;
    }
    if (terms.minimum_spend && find(terms.minimum_item, ItemKind::kUsage) == nullptr) {
      unknown_item(item, terms.minimum_item);
    }
  }

  // What a service has several times over is priced for the part of the month that each lasts.
  void check_counted(const CatalogueItem& item) {
    const ProrationRule rule = item.plan.proration;
    if (item.kind != ItemKind::kAddOn || !is_divisible(rule)) {
      add("catalogue_bad_terms", "only an add-on is counted, by actual_days, fixed_30 or by_second",
          item);
    }
    const auto check_rows = [&](const std::vector<PriceRow>& rows) {
      for (const PriceRow& row : rows) {
        if (!row.model || is_divisible(row.model->terms().form)) continue;
        add("catalogue_bad_terms",
            "what is counted costs a price for each, or per_unit or graduated", item);
      }
    };
    check_rows(item.prices);
    for (const auto& [brand, rows] : item.brand_prices) check_rows(rows);
  }

  // An allowance that no usage item draws from is a pool written wrongly on one of the sides.
  void check_drawn(const CatalogueItem& item, const Allowance& allowance) {
    bool drawn = false;
    for (const CatalogueItem& usage : items_) {
      if (usage.kind != ItemKind::kUsage || usage.division != item.division) continue;
      if (std::ranges::count(usage.usage.pools, allowance.pool) == 0) continue;
      drawn = true;
      if (measure_of(usage.usage.unit) != measure_of(allowance.unit)) {
        wrong_measure(item, allowance.pool, usage.code);
      }
    }
    if (!drawn) unknown_pool(item, allowance.pool);
  }

  void unknown_pool(const CatalogueItem& item, const std::string& pool) {
    add("catalogue_unknown_pool", "nothing else in the division speaks of the pool '" + pool + "'",
        item);
  }

  void unknown_item(const CatalogueItem& item, const std::string& code) {
    add("catalogue_unknown_item", "there is no usage item '" + code + "'", item);
  }

  void wrong_measure(const CatalogueItem& item, const std::string& pool, const std::string& usage) {
    add("catalogue_bad_terms",
        "the pool '" + pool + "' is counted in another measure than " + usage, item);
  }

  void check_usage(const CatalogueItem& item) {
    const UsageDefinition& usage = item.usage;
    for (const std::string& pool : usage.pools) {
      if (!pools_.contains(pool)) unknown_pool(item, pool);
    }
    for (const std::string& plan : usage.match.plans) {
      if (find(plan, ItemKind::kPlan) == nullptr) {
        add("catalogue_unknown_plan", "the item names the plan " + plan + ", which is not there",
            item);
      }
    }
    for (const std::string& code : usage.match.classes) {
      if (find(code, ItemKind::kNumberClass) == nullptr) {
        add("catalogue_unknown_number_class", "there is no number class '" + code + "'", item);
      }
    }
    if (!usage.match.prefixes.empty() && !usage.match.classes.empty()) {
      add("catalogue_bad_usage", "a destination is named by prefixes or by classes, not by both",
          item);
    }
    if (usage.price_from_record && (!item.prices.empty() || !usage.pools.empty())) {
      add("catalogue_bad_usage",
          "an item whose records bring their price has neither prices nor pools", item);
    }
    if (!usage.price_from_record && item.prices.empty() &&
        (usage.pools.empty() || usage.match.kinds.empty())) {
      add("catalogue_no_price",
          "the item has neither a price, nor a pool, nor prices from its records", item);
    }
    if (!is_price(usage.connect_fee)) {
      add("catalogue_amount_out_of_range", "a connect fee must be from zero to 1,000 million",
          item);
    }
    check_scope(item);
  }

  void check_scope(const CatalogueItem& item) {
    const UsageDefinition& usage = item.usage;
    const bool over_month = usage.scope == PriceScope::kMonth;
    if (over_month && !usage.connect_fee.amount.is_zero()) {
      add("catalogue_bad_usage", "a connect fee is of each record; the price is of the month",
          item);
    }
    for (const PriceRow& row : item.prices) {
      const auto form = row.model ? row.model->terms().form : PriceForm::kFlat;
      if (row.model && usage.unit != UsageUnit::kMoney && form == PriceForm::kPercentage) {
        add("catalogue_bad_usage", "a percentage is of money", item);
      }
      if (!over_month && usage.match.kinds.empty()) {
        add("catalogue_bad_usage",
            "what is charged over an allowance is priced over the month: scope = \"month\"", item);
        return;
      }
    }
  }

  void check_ambiguity() {
    std::vector<const CatalogueItem*> usages;
    for (const CatalogueItem& item : items_) {
      if (item.kind == ItemKind::kUsage && !item.usage.match.kinds.empty()) usages.push_back(&item);
    }
    for (std::size_t one = 0; one < usages.size(); ++one) {
      for (std::size_t two = one + 1; two < usages.size(); ++two) {
        if (!fit_equally(*usages[one], *usages[two])) continue;
        add("catalogue_ambiguous",
            "two items fit the same records equally well, " + usages[one]->code + " and " +
                usages[two]->code + "; make one of them more specific",
            *usages[one]);
      }
    }
  }

  // A beginning of numbers stands in one class only; else the class would depend on the order.
  void check_numbers() {
    std::map<std::string, const CatalogueItem*> seen;
    for (const CatalogueItem& item : items_) {
      if (item.kind != ItemKind::kNumberClass) continue;
      for (const std::string& prefix : item.number_prefixes) {
        const auto [before, is_new] = seen.emplace(prefix, &item);
        if (is_new) continue;
        add("catalogue_number_twice",
            "'" + prefix + "' stands in " + before->second->code + " already", item);
      }
    }
  }

  // Usage over an allowance becomes another item, which may draw from an allowance itself: that
  // must come to an end.
  void check_cycles() {
    for (const CatalogueItem& item : items_) {
      if (item.kind != ItemKind::kPlan && item.kind != ItemKind::kAddOn) continue;
      for (const Allowance& allowance : item.plan.allowances) {
        std::set<std::string> seen;
        if (leads_back(item, allowance.over_item, seen)) {
          add("catalogue_cycle",
              "usage over '" + allowance.pool + "' is charged as " + allowance.over_item +
                  ", which draws from allowances that lead back to it",
              item);
          break;
        }
      }
    }
  }

  bool leads_back(const CatalogueItem& plan, const std::string& code,
                  std::set<std::string>& seen) const {
    const CatalogueItem* over = find(code, ItemKind::kUsage);
    if (over == nullptr) return false;
    if (!seen.insert(code).second) return true;
    for (const Allowance& allowance : plan.plan.allowances) {
      if (std::ranges::count(over->usage.pools, allowance.pool) > 0 &&
          leads_back(plan, allowance.over_item, seen)) {
        return true;
      }
    }
    return false;
  }

  std::span<const CatalogueItem> items_;
  std::map<std::string, const CatalogueItem*, std::less<>> by_code_;
  std::set<std::string> pools_;
  std::vector<base::Error> errors_;
};

}  // namespace

std::vector<base::Error> find_catalogue_errors(std::span<const CatalogueItem> items) {
  return Checker(items).errors();
}

}  // namespace domain
