#include "domain/rating/allowance_pools.h"

#include <algorithm>

namespace domain {

using base::Decimal;
using base::Result;

namespace {

// One thing held by one service under one plan, on how many days of the month. Days are summed
// before anything is rounded, so that terms cut into pieces give what they give whole.
using Held = std::map<std::tuple<ServiceId, std::string, std::string>, std::int32_t>;

Result<const CatalogueItem*> find_held(const Catalogue& catalogue, const std::string& code,
                                       const std::string& plan) {
  if (code == plan) {
    const CatalogueItem* item = catalogue.find(code, ItemKind::kPlan);
    if (item != nullptr) return item;
    return base::fail("unknown_plan", "the catalogue has no plan " + code, code);
  }
  const CatalogueItem* item = catalogue.find(code, ItemKind::kAddOn);
  if (item != nullptr) return item;
  return base::fail("unknown_item", "the catalogue has no add-on " + code, code);
}

}  // namespace

Result<AllowancePools> AllowancePools::of(std::span<const TermDays> terms, base::Month month,
                                          const Catalogue& catalogue,
                                          std::span<const CarriedAllowance> carried) {
  Held held;
  for (const TermDays& each : terms) {
    const std::int32_t days = each.days.intersect(month.period()).days();
    const std::string& plan = each.terms.plan;
    if (!plan.empty()) held[{each.service, plan, plan}] += days;
    for (const std::string& add_on : each.terms.add_ons) held[{each.service, plan, add_on}] += days;
  }
  AllowancePools pools(month);
  for (const auto& [key, days] : held) {
    const auto& [service, plan, code] = key;
    const CatalogueItem* item = TRY(find_held(catalogue, code, plan));
    TermDays on;
    on.service = service;
    on.terms.plan = plan;
    if (days > 0) pools.add(on, *item, days);
  }
  for (const CarriedAllowance& each : carried) {
    if (each.last < month || each.earned >= month) continue;
    pools.add_portion({each.service, each.pool}, each.unit, {each.earned, each.last, each.amount});
  }
  for (auto& [key, pool] : pools.pools_) {
    std::ranges::sort(pool.portions, [](const Portion& a, const Portion& b) {
      return std::tie(a.earned, a.last) < std::tie(b.earned, b.last);
    });
  }
  return pools;
}

Decimal AllowancePools::share(Decimal amount, std::int32_t days) const {
  return Decimal::from_scaled(base::divide_rounded(amount.scaled() * days, month_.period().days(),
                                                   base::RoundingMode::kHalfUp));
}

void AllowancePools::add(const TermDays& held, const CatalogueItem& item, std::int32_t days) {
  for (const Allowance& allowance : item.plan.allowances) {
    const ServiceId owner = allowance.shared ? ServiceId() : held.service;
    if (!allowance.amount) {
      unlimited_.emplace(owner, allowance.pool, allowance.shared ? "" : held.terms.plan);
      continue;
    }
    const auto last = base::Month::from_index(month_.index() + allowance.months_rolled_over);
    add_portion({owner, allowance.pool}, allowance.unit,
                {month_, last, share(*allowance.amount, days)});
  }
  for (const FairUse& use : item.plan.fair_use) {
    const auto [cap, is_new] =
        caps_.try_emplace({held.service, use.pool, held.terms.plan, use.group});
    if (is_new) cap->second.unit = use.unit;
    cap->second.given =
        cap->second.given + convert(share(use.cap, days), use.unit, cap->second.unit);
  }
}

void AllowancePools::add_portion(const PoolKey& key, UsageUnit unit, const Portion& portion) {
  const auto [found, is_new] = pools_.try_emplace(key);
  Pool& pool = found->second;
  if (is_new) pool.unit = unit;
  const Decimal amount = convert(portion.left, unit, pool.unit);
  pool.given = pool.given + amount;
  pool.portions.push_back({portion.earned, portion.last, amount});
}

Decimal AllowancePools::draw(const Drawer& drawer, const std::string& pool, Whose whose,
                             Decimal wanted) {
  const ServiceId owner = whose == Whose::kOwn ? drawer.service : ServiceId();
  const std::string plan = whose == Whose::kOwn ? drawer.plan : "";
  const bool unlimited = unlimited_.contains({owner, pool, plan});
  const auto found = pools_.find({owner, pool});
  if (!unlimited && found == pools_.end()) return {};
  const auto cap = caps_.find({drawer.service, pool, drawer.plan, drawer.fair_use_group});
  Decimal rest = wanted;
  if (cap != caps_.end()) {
    const Cap& limit = cap->second;
    rest = std::min(rest, convert(limit.given - limit.used, limit.unit, drawer.unit));
  }
  Decimal taken;
  if (unlimited) {
    taken = rest;
  } else {
    for (Portion& portion : found->second.portions) {
      const Decimal have = convert(portion.left, found->second.unit, drawer.unit);
      const Decimal part = std::min(have, rest);
      portion.left =
          part == have ? Decimal() : portion.left - convert(part, drawer.unit, found->second.unit);
      taken = taken + part;
      rest = rest - part;
    }
  }
  if (cap != caps_.end()) {
    cap->second.used = cap->second.used + convert(taken, drawer.unit, cap->second.unit);
  }
  return taken;
}

std::vector<UsageLevel> AllowancePools::levels() const {
  std::vector<UsageLevel> levels;
  for (const auto& [key, pool] : pools_) {
    Decimal left;
    for (const Portion& portion : pool.portions) left = left + portion.left;
    levels.push_back({std::get<0>(key), std::get<1>(key), pool.given - left, pool.given,
                      std::string(to_text(pool.unit))});
  }
  for (const auto& [key, cap] : caps_) {
    levels.push_back({std::get<0>(key), std::get<1>(key) + "/" + std::get<3>(key), cap.used,
                      cap.given, std::string(to_text(cap.unit))});
  }
  return levels;
}

std::vector<CarriedAllowance> AllowancePools::left_for_later() const {
  std::vector<CarriedAllowance> carried;
  for (const auto& [key, pool] : pools_) {
    for (const Portion& portion : pool.portions) {
      if (portion.last <= month_ || portion.left <= Decimal()) continue;
      carried.push_back({std::get<0>(key), std::get<1>(key), portion.earned, portion.last,
                         portion.left, pool.unit});
    }
  }
  return carried;
}

}  // namespace domain
