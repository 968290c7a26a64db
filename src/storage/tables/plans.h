// Payment plans (payment_plan), kept payment methods (kept_method) and what is charged to those
// (method_charge). What a provider calls a method, its title and the customer's consent are sealed
// with the customer's key.
#pragma once

#include "ports/plans.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlPlans final : public ports::Plans {
 public:
  SqlPlans(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  base::Result<> add(const domain::Plan& plan) override;
  base::Result<> update(const domain::Plan& plan) override;
  base::Result<std::optional<domain::Plan>> find(domain::AccountId account,
                                                 domain::PlanId id) override;
  base::Result<std::vector<domain::Plan>> list(const ports::PlanFilter& filter) override;
  base::Result<std::vector<domain::Plan>> of_bill(domain::AccountId account,
                                                  domain::BillId bill) override;
  base::Result<std::vector<domain::Plan>> to_follow(base::Date kept_since,
                                                    std::optional<domain::PlanId> after,
                                                    std::size_t limit) override;

  base::Result<> keep(const domain::KeptMethod& method) override;
  base::Result<> update_method(const domain::KeptMethod& method) override;
  base::Result<std::optional<domain::KeptMethod>> find_method(domain::AccountId account,
                                                              domain::KeptMethodId id) override;
  base::Result<std::vector<domain::KeptMethod>> of_account(domain::AccountId account) override;
  base::Result<bool> forget(domain::AccountId account, domain::KeptMethodId id) override;
  base::Result<std::vector<domain::KeptMethod>> for_bills(
      const ports::MethodFilter& filter) override;

  base::Result<> add_charge(const domain::MethodCharge& charge) override;
  base::Result<> update_charge(const domain::MethodCharge& charge) override;
  base::Result<std::optional<domain::MethodCharge>> find_charge(
      const domain::ChargeKey& key) override;
  base::Result<std::vector<domain::MethodCharge>> list_charges(
      const ports::ChargeFilter& filter) override;
  base::Result<std::vector<domain::MethodCharge>> charges_due(
      base::Date day, std::optional<domain::ChargeKey> after, std::size_t limit) override;

 private:
  using Values = std::vector<sql::Value>;
  [[nodiscard]] base::Result<std::vector<domain::Plan>> plans(std::string_view rest,
                                                              const Values& values);
  [[nodiscard]] base::Result<std::vector<domain::KeptMethod>> methods(std::string_view rest,
                                                                      const Values& values);
  [[nodiscard]] base::Result<std::vector<domain::MethodCharge>> charges(std::string_view rest,
                                                                        const Values& values);
  [[nodiscard]] base::Result<std::string> seal(const domain::KeptMethod& method);

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
