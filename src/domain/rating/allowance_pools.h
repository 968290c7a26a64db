// AllowancePools: what the services of an account may still use without paying for it in a month:
// their own and shared allowances with what was carried over, and the caps of fair use.
//
// It only counts; who draws in which order is close_usage's.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "domain/rating/rating.h"

namespace domain {

class AllowancePools {
 public:
  // Errors: unknown_plan, unknown_item (an add-on).
  [[nodiscard]] static base::Result<AllowancePools> of(std::span<const TermDays> terms,
                                                       base::Month month,
                                                       const Catalogue& catalogue,
                                                       std::span<const CarriedAllowance> carried);

  // Who draws, and under which plan and group of fair use.
  struct Drawer {
    ServiceId service;
    std::string plan;
    std::string fair_use_group;
    UsageUnit unit = UsageUnit::kPiece;
  };
  enum class Whose { kOwn, kShared };
  // Takes what it can of `wanted`, in the drawer's unit, and answers how much that was.
  [[nodiscard]] base::Decimal draw(const Drawer& drawer, const std::string& pool, Whose whose,
                                   base::Decimal wanted);

  // How full everything with a limit is: pools, and fair use as "pool/group".
  [[nodiscard]] std::vector<UsageLevel> levels() const;
  [[nodiscard]] std::vector<CarriedAllowance> left_for_later() const;

 private:
  struct Portion {
    base::Month earned, last;
    base::Decimal left;
  };
  struct Pool {
    UsageUnit unit = UsageUnit::kPiece;
    base::Decimal given;
    std::vector<Portion> portions;  // The oldest first.
  };
  struct Cap {
    UsageUnit unit = UsageUnit::kPiece;
    base::Decimal given, used;
  };
  using PoolKey = std::tuple<ServiceId, std::string>;                           // service, pool
  using PlanKey = std::tuple<ServiceId, std::string, std::string>;              // and plan
  using CapKey = std::tuple<ServiceId, std::string, std::string, std::string>;  // and group

  explicit AllowancePools(base::Month month) : month_(month) {}
  void add(const TermDays& held, const CatalogueItem& plan_or_add_on, std::int32_t days);
  void add_portion(const PoolKey& key, UsageUnit unit, const Portion& portion);
  [[nodiscard]] base::Decimal share(base::Decimal amount, std::int32_t days) const;

  base::Month month_;
  std::map<PoolKey, Pool> pools_;
  std::set<PlanKey> unlimited_;  // Plan "" where all of the account's services have it.
  std::map<CapKey, Cap> caps_;
};

}  // namespace domain
