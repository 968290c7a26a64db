// Payment plans of bills (design D3), payment methods that customers let us keep, and what is
// charged to those on the day that a bill, or a part of it, is due.
//
// update_* take a version that is one more than what was read, and answer database_busy where
// another writer has changed the row since.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/plan/kept_method.h"
#include "domain/plan/method_charge.h"
#include "domain/plan/plan.h"

namespace ports {

using domain::KeptMethod;

struct PlanFilter {
  std::optional<domain::AccountId> account = {};
  std::optional<domain::BillId> bill = {};   // With its account only.
  std::string state = {};                    // Empty: any.
  std::optional<domain::PlanId> after = {};  // In the order of ids.
  std::size_t limit = 50;
};

struct MethodFilter {
  std::optional<domain::KeptMethodId> after = {};
  std::size_t limit = 50;
};

struct ChargeFilter {
  std::optional<domain::AccountId> account = {};
  std::optional<domain::BillId> bill = {};  // With its account only.
  std::size_t limit = 50;
};

class Plans {
 public:
  virtual ~Plans() = default;

  // --- Plans. Errors: constraint_violated where the id is taken.
  [[nodiscard]] virtual base::Result<> add(const domain::Plan& plan) = 0;
  [[nodiscard]] virtual base::Result<> update(const domain::Plan& plan) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::Plan>> find(domain::AccountId account,
                                                                       domain::PlanId id) = 0;
  // Ascending by id; without an account on every node.
  [[nodiscard]] virtual base::Result<std::vector<domain::Plan>> list(const PlanFilter& filter) = 0;
  // Of one bill, oldest first.
  [[nodiscard]] virtual base::Result<std::vector<domain::Plan>> of_bill(domain::AccountId account,
                                                                        domain::BillId bill) = 0;
  // Those that somebody has to look after: active, or kept on this day or later, since what was
  // paid may come back. Ascending by id, after the cursor.
  [[nodiscard]] virtual base::Result<std::vector<domain::Plan>> to_follow(
      base::Date kept_since, std::optional<domain::PlanId> after, std::size_t limit) = 0;

  // --- Kept methods. Errors: constraint_violated where the id is taken.
  [[nodiscard]] virtual base::Result<> keep(const KeptMethod& method) = 0;
  [[nodiscard]] virtual base::Result<> update_method(const KeptMethod& method) = 0;
  [[nodiscard]] virtual base::Result<std::optional<KeptMethod>> find_method(
      domain::AccountId account, domain::KeptMethodId id) = 0;
  // All that there were, oldest first.
  [[nodiscard]] virtual base::Result<std::vector<KeptMethod>> of_account(
      domain::AccountId account) = 0;
  // Its owner wants it no more: what the provider calls it is gone at once. False where it is not
  // kept any more.
  [[nodiscard]] virtual base::Result<bool> forget(domain::AccountId account,
                                                  domain::KeptMethodId id) = 0;
  // Kept ones that bills are charged to, ascending by id. On every node.
  [[nodiscard]] virtual base::Result<std::vector<KeptMethod>> for_bills(
      const MethodFilter& filter) = 0;

  // --- Charges: one for a bill and the day of its row. Errors: constraint_violated where there
  // is one.
  [[nodiscard]] virtual base::Result<> add_charge(const domain::MethodCharge& charge) = 0;
  [[nodiscard]] virtual base::Result<> update_charge(const domain::MethodCharge& charge) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::MethodCharge>> find_charge(
      const domain::ChargeKey& key) = 0;
  // Newest row first.
  [[nodiscard]] virtual base::Result<std::vector<domain::MethodCharge>> list_charges(
      const ChargeFilter& filter) = 0;
  // Those to go on with by that day: announced, or with a provider. Ascending by key, after the
  // cursor.
  [[nodiscard]] virtual base::Result<std::vector<domain::MethodCharge>> charges_due(
      base::Date day, std::optional<domain::ChargeKey> after, std::size_t limit) = 0;
};

}  // namespace ports
