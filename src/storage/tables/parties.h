// Customers and what is theirs: customer, customer_key, customer_number, customer_account,
// source_identity, identity_index, account, service and charge. The personal part of a customer
// and the labels of services are sealed with the customer's key.
#pragma once

#include "ports/billing.h"
#include "ports/parties.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlParties final : public ports::Parties {
 public:
  SqlParties(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  base::Result<> add_customers(std::span<const domain::Customer> customers,
                               const ports::Recording& recording) override;
  base::Result<> update_customers(std::span<const domain::Customer> customers,
                                  const ports::Recording& recording) override;
  base::Result<std::vector<domain::Customer>> find_customers(
      std::span<const domain::CustomerId> ids) override;
  base::Result<std::optional<domain::CustomerId>> find_customer_number(
      std::int64_t number) override;
  base::Result<> point_customer_number(std::int64_t number, domain::CustomerId customer) override;
  base::Result<std::vector<domain::Customer>> list_customers(domain::CustomerId after,
                                                             std::size_t limit) override;

  base::Result<std::vector<IdentityEntry>> find_identities(
      std::span<const std::string> keys) override;
  base::Result<> save_identities(std::span<const IdentityEntry> entries) override;
  base::Result<> remove_identity(std::string_view key) override;

  base::Result<std::vector<ports::SourceIdentity>> find_sources(
      std::string_view division, std::span<const std::string> numbers) override;
  base::Result<std::vector<ports::SourceIdentity>> sources_of(domain::CustomerId customer) override;
  base::Result<> add_sources(std::span<const ports::SourceIdentity> sources,
                             base::Instant recorded) override;
  base::Result<> update_source(const ports::SourceIdentity& source,
                               base::Instant recorded) override;

  base::Result<> add_accounts(std::span<const domain::Account> accounts,
                              const ports::Recording& recording) override;
  base::Result<> update_account(const domain::Account& account) override;
  base::Result<> move_account(const domain::Account& account, domain::CustomerId to) override;
  base::Result<std::optional<domain::Account>> find_account(domain::AccountId id) override;
  base::Result<std::vector<domain::Account>> find_accounts(
      std::span<const domain::AccountId> ids) override;
  base::Result<std::vector<domain::Account>> accounts_of(domain::CustomerId customer) override;

  base::Result<> add_services(std::span<const domain::Service> revisions,
                              const ports::Recording& recording) override;
  base::Result<std::vector<domain::Service>> find_services(
      std::span<const ports::ServiceKey> keys) override;
  base::Result<> add_charges(std::span<const domain::Charge> charges,
                             const ports::Recording& recording) override;

  base::Result<std::vector<ports::AccountRange>> account_bounds(std::int64_t cutoff_epoch,
                                                                std::int64_t batch_size) override;
  base::Result<std::int64_t> count_accounts(std::int64_t cutoff_epoch) override;
  base::Result<> for_each_account_in(
      const ports::AccountRange& range, std::int64_t cutoff_epoch,
      const std::function<base::Result<>(const domain::Account&)>& visit) override;
  base::Result<std::vector<domain::Customer>> load_customers_for(const ports::AccountRange& range,
                                                                 std::int64_t cutoff_epoch,
                                                                 Details details) override;
  base::Result<> load_services(
      const ports::AccountRange& range, std::int64_t cutoff_epoch, Details details,
      const std::function<base::Result<>(const domain::Service&)>& visit) override;
  base::Result<> load_charges(
      const ports::AccountRange& range, const ports::ChargeWindow& window,
      const std::function<base::Result<>(const domain::Charge&)>& visit) override;

 private:
  // A value as its row says it, whose sealed part is still closed.
  struct SealedCustomer {
    domain::Customer customer;
    std::string sealed;
  };
  struct SealedService {
    domain::Service service;
    std::string sealed;
  };

  [[nodiscard]] base::Result<std::string> seal_party(const domain::Customer& customer);
  [[nodiscard]] base::Result<std::vector<domain::Customer>> open_customers(
      std::vector<SealedCustomer> rows);
  [[nodiscard]] base::Result<std::vector<domain::Service>> open_services(
      std::vector<SealedService> rows);
  // Opens what is sealed; nothing where its key was destroyed: the books stay, the person is gone.
  [[nodiscard]] base::Result<std::optional<std::string>> open(std::string_view place,
                                                              std::string_view sealed);
  [[nodiscard]] base::Result<std::vector<domain::CustomerId>> owners_of(
      std::span<const domain::Service> services);

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
