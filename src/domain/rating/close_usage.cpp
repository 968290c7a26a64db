// A month's sums become lines. Sums are brought into one order first, so that the order in which
// they came cannot matter; then allowances are drawn, and what is left gets its price.
#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "domain/pricing/minimum_spend.h"
#include "domain/rating/allowance_pools.h"
#include "domain/rating/arithmetic.h"
#include "domain/rating/rating.h"

namespace domain {
namespace {

using base::Decimal;
using base::Int128;
using base::Result;
using base::RoundingMode;

// An over-item may draw from an allowance itself; the catalogue allows no circle within a plan,
// and no plan with its add-ons needs more steps than this.
constexpr int kStepsMax = 16;

// What a service used of an item under a plan.
struct Use {
  ServiceId service;
  std::string plan;
  const CatalogueItem* item = nullptr;
  Decimal quantity, amount;
  Decimal left;  // Of the quantity: not covered yet.
  Decimal dearness;
};

using UseKey = std::tuple<ServiceId, std::string, std::string>;  // service, item, plan
using Uses = std::map<UseKey, Use>;

// What becomes one covered and one charged line.
struct Total {
  const CatalogueItem* item = nullptr;
  Decimal covered, charged, amount;
};

class Closing {
 public:
  Closing(std::span<const TermDays> terms, base::Month month, const Catalogue& catalogue,
          AllowancePools pools)
      : terms_(terms.begin(), terms.end()),
        month_(month),
        catalogue_(catalogue),
        pools_(std::move(pools)) {
    std::ranges::sort(terms_, [](const TermDays& a, const TermDays& b) {
      return std::tie(a.service, a.days) < std::tie(b.service, b.days);
    });
  }

  Result<ClosedUsage> close(std::span<const UsageSum> sums) {
    Uses uses = TRY(collect(sums));
    for (int step = 0; !uses.empty(); ++step) {
      if (step == kStepsMax) {
        return no_price(uses.begin()->second, "the items charged over allowances lead in a circle");
      }
      TRY(draw_all(uses));
      uses = TRY(settle(uses));
    }
    ClosedUsage closed;
    TRY(write_charges(closed));
    closed.levels = pools_.levels();
    TRY(add_spending(closed));
    std::ranges::sort(closed.levels, [](const UsageLevel& a, const UsageLevel& b) {
      return std::tie(a.service, a.pool) < std::tie(b.service, b.pool);
    });
    closed.carried = pools_.left_for_later();
    return closed;
  }

 private:
  static std::unexpected<base::Error> no_price(const Use& use, const std::string& why) {
    return base::fail("no_price", why, use.service.to_string() + "/" + use.item->code);
  }

  Result<Uses> collect(std::span<const UsageSum> sums) const {
    Uses uses;
    for (const UsageSum& sum : sums) {
      const CatalogueItem* item = catalogue_.find(sum.item, ItemKind::kUsage);
      if (item == nullptr) {
        return base::fail("unknown_item", "the catalogue has no usage item " + sum.item, sum.item);
      }
      if (!sum.plan.empty() && catalogue_.find(sum.plan, ItemKind::kPlan) == nullptr) {
        return base::fail("unknown_plan", "the catalogue has no plan " + sum.plan, sum.plan);
      }
      add(uses, {sum.service, sum.plan, item, sum.quantity, sum.amount, {}, {}});
    }
    return uses;
  }

  static void add(Uses& uses, const Use& more) {
    Use& use = uses.try_emplace({more.service, more.item->code, more.plan}, more.service, more.plan,
                                more.item)
                   .first->second;
    use.quantity = use.quantity + more.quantity;
    use.amount = use.amount + more.amount;
    use.left = use.quantity;
  }

  [[nodiscard]] std::string_view brand_of(ServiceId service) const {
    std::string_view brand;
    base::Date latest = base::Date::from_days(0);
    for (const TermDays& each : terms_) {
      if (each.service != service || each.days.from() < latest) continue;
      latest = each.days.from();
      brand = each.terms.brand;
    }
    return brand;
  }

  // The price of the month's first day; of the first day with one where it begins within.
  [[nodiscard]] const PriceRow* row_of(const CatalogueItem& item, ServiceId service) const {
    const std::string_view brand = brand_of(service);
    const base::Period days = month_.period();
    for (base::Date day = days.from(); day < days.to(); day = day + 1) {
      const PriceRow* row = Catalogue::find_price(item, day, brand);
      if (row != nullptr) return row;
    }
    return nullptr;
  }

  // What the plan, else an add-on, else any allowance that is shared charges beyond a pool.
  [[nodiscard]] const CatalogueItem* over_item_of(const Use& use) const {
    for (auto pool = use.item->usage.pools.rbegin(); pool != use.item->usage.pools.rend(); ++pool) {
      const CatalogueItem* over = over_in(catalogue_.find(use.plan, ItemKind::kPlan), *pool, false);
      if (over != nullptr) return over;
      for (const TermDays& each : terms_) {
        const bool own = each.service == use.service && each.terms.plan == use.plan;
        for (const std::string& code : each.terms.add_ons) {
          over = over_in(catalogue_.find(code, ItemKind::kAddOn), *pool, !own);
          if (over != nullptr) return over;
        }
        over =
            own ? nullptr : over_in(catalogue_.find(each.terms.plan, ItemKind::kPlan), *pool, true);
        if (over != nullptr) return over;
      }
    }
    return nullptr;
  }

  [[nodiscard]] const CatalogueItem* over_in(const CatalogueItem* item, const std::string& pool,
                                             bool shared_only) const {
    if (item == nullptr) return nullptr;
    for (const Allowance& allowance : item->plan.allowances) {
      if (allowance.pool != pool || allowance.over_item.empty()) continue;
      if (shared_only && !allowance.shared) continue;
      return catalogue_.find(allowance.over_item, ItemKind::kUsage);
    }
    return nullptr;
  }

  static bool has_own_price(const CatalogueItem& item) {
    return !item.prices.empty() || item.usage.price_from_record;
  }

  static Decimal dearest() { return Decimal::from_integer(900'000'000'000'000'000); }

  // The price of a unit where all records had the same.
  [[nodiscard]] std::optional<Decimal> only_price_of(const Use& use) const {
    const CatalogueItem& item = *use.item;
    const PriceRow* row = row_of(item, use.service);
    const bool one = row != nullptr && !row->model && item.usage.scope == PriceScope::kRecord &&
                     item.usage.connect_fee.amount.is_zero() &&
                     !changes_within_month(item, use.service);
    return one ? std::optional(row->price.amount) : std::nullopt;
  }

  // What a unit costs without an allowance, in a measure that items of one pool share. What has no
  // price at all is the dearest: it could not be billed.
  Result<Decimal> dearness_of(const Use& use) const {
    const UsageUnit unit = use.item->usage.unit;
    // One price for all of it is asked for itself: what the records came to is rounded, and would
    // set items of one price apart.
    if (const auto each = only_price_of(use)) {
      return per_measure(*each, Decimal::from_integer(1), unit);
    }
    if (use.item->usage.scope == PriceScope::kRecord && has_own_price(*use.item)) {
      return use.quantity <= Decimal() ? Decimal() : per_measure(use.amount, use.quantity, unit);
    }
    const CatalogueItem* priced = has_own_price(*use.item) ? use.item : over_item_of(use);
    const PriceRow* row = priced == nullptr ? nullptr : row_of(*priced, use.service);
    if (row == nullptr) return dearest();
    const Decimal one = Decimal::from_integer(1);
    const Decimal price = row->model ? TRY(row->model->amount(one)) : row->price.amount;
    return per_measure(price, one, priced->usage.unit);
  }

  // Per minute, per GB, per piece.
  static Decimal per_measure(Decimal amount, Decimal quantity, UsageUnit unit) {
    const UsageMeasure measure = measure_of(unit);
    UsageUnit common = unit;
    if (measure == UsageMeasure::kTime) common = UsageUnit::kMinute;
    if (measure == UsageMeasure::kVolume) common = UsageUnit::kGigabyte;
    const Decimal each = share_of_amount(amount, Decimal::from_integer(1), quantity);
    Int128 scaled = 0;
    if (__builtin_mul_overflow(each.scaled(), size_of(common), &scaled)) return dearest();
    return std::min(dearest(), Decimal::from_scaled(base::divide_rounded(scaled, size_of(unit),
                                                                         RoundingMode::kHalfUp)));
  }

  Result<> draw_all(Uses& uses) {
    std::vector<Use*> order;
    std::size_t pools_max = 0;
    for (auto& [key, use] : uses) {
      if (use.item->usage.pools.empty()) continue;
      use.dearness = TRY(dearness_of(use));
      order.push_back(&use);
      pools_max = std::max(pools_max, use.item->usage.pools.size());
    }
    std::ranges::stable_sort(order, [](const Use* a, const Use* b) {
      return std::tie(a->service, b->dearness) < std::tie(b->service, a->dearness);
    });
    for (const auto whose : {AllowancePools::Whose::kOwn, AllowancePools::Whose::kShared}) {
      for (std::size_t at = 0; at < pools_max; ++at) {
        for (Use* use : order) {
          if (at < use->item->usage.pools.size()) draw(*use, use->item->usage.pools[at], whose);
        }
      }
    }
    return {};
  }

  void draw(Use& use, const std::string& pool, AllowancePools::Whose whose) {
    if (use.left <= Decimal()) return;
    const UsageDefinition& usage = use.item->usage;
    const Decimal taken = pools_.draw({use.service, use.plan, usage.fair_use_group, usage.unit},
                                      pool, whose, use.left);
    use.left = use.left - taken;
  }

  // Into totals; what becomes another item is answered.
  Result<Uses> settle(const Uses& uses) {
    Uses over;
    for (const auto& [key, use] : uses) {
      Total& total = totals_[{use.service, use.item->code}];
      total.item = use.item;
      total.covered = total.covered + (use.quantity - use.left);
      if (has_own_price(*use.item)) {
        total.charged = total.charged + use.left;
        const bool whole = use.left == use.quantity;
        total.amount = total.amount +
                       (whole ? use.amount : share_of_amount(use.amount, use.left, use.quantity));
        continue;
      }
      if (use.left.is_zero()) continue;
      const CatalogueItem* item = over_item_of(use);
      if (item == nullptr) {
        return no_price(use, "usage of " + use.left.to_string() + " " +
                                 std::string(to_text(use.item->usage.unit)) +
                                 " beyond the allowance has no price under plan " + use.plan);
      }
      const Decimal quantity = convert(use.left, use.item->usage.unit, item->usage.unit);
      add(over, {use.service, use.plan, item, quantity, {}, {}, {}});
    }
    return over;
  }

  Result<> write_charges(ClosedUsage& closed) const {
    for (const auto& [key, total] : totals_) {
      const ServiceId service = key.first;
      UsageCharge charge;
      charge.service = service;
      charge.item = total.item->code;
      charge.unit = to_text(total.item->usage.unit);
      const PriceRow* row = row_of(*total.item, service);
      if (row == nullptr && !total.item->prices.empty()) {
        return base::fail("no_price", total.item->code + " has no price in " + month_.to_string(),
                          service.to_string() + "/" + total.item->code);
      }
      charge.includes_vat = row != nullptr ? row->includes_vat : total.item->usage.includes_vat;
      charge.vat_class = row != nullptr ? row->vat_class : total.item->usage.vat_class;
      if (!total.covered.is_zero()) {
        UsageCharge covered = charge;
        covered.quantity = total.covered;
        covered.covered = true;
        closed.charges.push_back(std::move(covered));
      }
      if (total.charged.is_zero() && total.amount.is_zero()) continue;
      charge.quantity = total.charged;
      charge.amount = total.amount;
      if (row != nullptr) TRY(price_month(charge, *total.item, *row));
      if (row == nullptr && charge.quantity == Decimal::from_integer(1)) {
        charge.unit_price = {charge.amount};
      }
      closed.charges.push_back(std::move(charge));
    }
    return {};
  }

  // Each record is rounded to eight places, so that sums differ by less than half a cent.
  [[nodiscard]] static bool comes_to(const UsageCharge& charge, Decimal product) {
    const base::Int128 apart = (charge.amount - product).scaled();
    constexpr std::int64_t kHalfCent = Decimal::kOne / 200;
    return -kHalfCent < apart && apart < kHalfCent;
  }

  // What the month's sum costs where the price looks at it, and the price of one unit where there
  // is one that holds for all.
  Result<> price_month(UsageCharge& charge, const CatalogueItem& item, const PriceRow& row) const {
    const bool over_month = item.usage.scope == PriceScope::kMonth;
    if (!row.model) {
      if (over_month) {
        charge.amount = TRY(checked_product(charge.quantity, row.price.amount));
      }
      // Records that were rated before the price changed came to something else.
      const bool one_price =
          item.usage.connect_fee.amount.is_zero() && !changes_within_month(item, charge.service) &&
          comes_to(charge, TRY(checked_product(charge.quantity, row.price.amount)));
      if (over_month || one_price) charge.unit_price = row.price;
      return {};
    }
    if (!over_month) return {};
    charge.amount = charge.quantity.is_negative() ? -TRY(row.model->amount(-charge.quantity))
                                                  : TRY(row.model->amount(charge.quantity));
    const PriceTerms& terms = row.model->terms();
    const bool plain = terms.tiers.size() == 1 && terms.tiers.front().fixed.amount.is_zero() &&
                       terms.free_units.is_zero() && !terms.minimum && !terms.maximum;
    if (!plain) return {};
    const PriceTier& tier = terms.tiers.front();
    if (terms.form == PriceForm::kPerUnit) charge.unit_price = tier.unit;
    if (terms.form == PriceForm::kPackage && tier.package == Decimal::from_integer(1)) {
      charge.quantity = Decimal::from_integer(static_cast<std::int64_t>(
          base::divide_rounded(charge.quantity.scaled(), Decimal::kOne, RoundingMode::kUp)));
      charge.unit_price = tier.unit;
    }
    return {};
  }

  [[nodiscard]] bool changes_within_month(const CatalogueItem& item, ServiceId service) const {
    const base::Period days = month_.period();
    return Catalogue::find_price(item, days.from(), brand_of(service)) !=
           Catalogue::find_price(item, days.last_day(), brand_of(service));
  }

  // Minimum and cap of what a service spends, and how near it is.
  Result<> add_spending(ClosedUsage& closed) const {
    std::map<ServiceId, std::map<std::string, std::vector<base::Period>>> held;
    for (const TermDays& each : terms_) {
      if (!each.terms.plan.empty()) add_days(held[each.service][each.terms.plan], each.days);
    }
    std::vector<UsageCharge> made_up;
    for (const auto& [service, plans] : held) {
      Decimal spent;
      std::optional<base::UnitPrice> cap;
      std::vector<Minimum> minimums;
      std::string minimum_item;
      for (const UsageCharge& charge : closed.charges) {
        if (charge.service == service) spent = spent + charge.amount;
      }
      for (const auto& [code, days] : plans) {
        const PlanTerms& plan = catalogue_.find(code, ItemKind::kPlan)->plan;
        if (plan.spend_cap && (!cap || *plan.spend_cap < *cap)) cap = plan.spend_cap;
        if (!plan.minimum_spend) continue;
        minimum_item = plan.minimum_item;
        for (const base::Period& each : days) {
          const Share share = share_of(plan.proration, each, month_.period());
          minimums.push_back({*plan.minimum_spend, share});
          if (plan.proration == ProrationRule::kWholePeriod) break;
        }
      }
      if (cap) closed.levels.push_back({service, "spend", spent, cap->amount, "money"});
      const Decimal missing = true_up(minimums, spent);
      if (missing.is_zero()) continue;
      made_up.push_back(TRY(minimum_charge(service, minimum_item, missing)));
    }
    for (UsageCharge& charge : made_up) closed.charges.push_back(std::move(charge));
    std::ranges::stable_sort(closed.charges, [](const UsageCharge& a, const UsageCharge& b) {
      return std::tie(a.service, a.item) < std::tie(b.service, b.item);
    });
    return {};
  }

  // Days of the month, together with those before that they follow: an add-on's change cuts terms.
  void add_days(std::vector<base::Period>& held, base::Period days) const {
    days = days.intersect(month_.period());
    if (days.is_empty()) return;
    if (!held.empty() && held.back().to() == days.from()) {
      days = base::Period::make(held.back().from(), days.to()).value();
      held.pop_back();
    }
    held.push_back(days);
  }

  Result<UsageCharge> minimum_charge(ServiceId service, const std::string& code,
                                     Decimal amount) const {
    const CatalogueItem* item = catalogue_.find(code, ItemKind::kUsage);
    const PriceRow* row = item == nullptr ? nullptr : row_of(*item, service);
    if (row == nullptr) {
      return base::fail("no_price", "the item of the minimum has no price", code);
    }
    UsageCharge charge;
    charge.service = service;
    charge.item = code;
    charge.quantity = Decimal::from_integer(1);
    charge.unit = to_text(UsageUnit::kPiece);
    charge.unit_price = {amount};
    charge.amount = amount;
    charge.makes_up = true;
    charge.includes_vat = row->includes_vat;
    charge.vat_class = row->vat_class;
    return charge;
  }

  std::vector<TermDays> terms_;
  base::Month month_;
  const Catalogue& catalogue_;
  AllowancePools pools_;
  std::map<std::pair<ServiceId, std::string>, Total> totals_;
};

}  // namespace

int alert_percent(const UsageLevel& level) {
  constexpr int kAll = 100, kNearly = 80;
  if (level.of <= Decimal()) return 0;
  if (level.used >= level.of) return kAll;
  // Without a division, which would round: what is left is at most a fifth.
  const base::Int128 left = level.of.scaled() - level.used.scaled();
  return left * (kAll / (kAll - kNearly)) <= level.of.scaled() ? kNearly : 0;
}

Result<ClosedUsage> close_usage(std::span<const UsageSum> sums, std::span<const TermDays> terms,
                                base::Month month, const Catalogue& catalogue,
                                std::span<const CarriedAllowance> carried) {
  auto pools = TRY(AllowancePools::of(terms, month, catalogue, carried));
  return Closing(terms, month, catalogue, std::move(pools)).close(sums);
}

bool bills_within_months(const Catalogue& catalogue) {
  return std::ranges::any_of(catalogue.items(),
                             [](const CatalogueItem& item) { return !item.plan.bill_at.empty(); });
}

bool needs_every_month(const Catalogue& catalogue) {
  return std::ranges::any_of(catalogue.items(), [](const CatalogueItem& item) {
    return item.plan.minimum_spend ||
           std::ranges::any_of(item.plan.allowances, [](const Allowance& allowance) {
             return allowance.months_rolled_over > 0;
           });
  });
}

}  // namespace domain
