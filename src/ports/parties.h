// Customers, their numbers and identities, accounts, services and charges.
//
// Facts (services, charges) are appended with the epoch that their transaction holds and are
// never overwritten; customers and accounts have one row each that follows the newest word.
// A customer whose data were erased has an empty party; the books stay (D10).
// Errors besides those of Store: cannot_unseal, wrong_master_key; on writing also erased.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/party/party.h"

namespace ports {

struct AccountRange;  // ports/billing.h

// When and in which epoch something is written.
struct Recording {
  base::Instant at;
  std::int64_t epoch = 0;
};

// A division's own customer number, whom it stands for, and why (D13).
struct SourceIdentity {
  std::string division;
  std::string number;
  domain::CustomerId customer;
  domain::AccountId account;
  std::string joined_by;  // own | identity_number | the user who linked it.

  friend bool operator==(const SourceIdentity&, const SourceIdentity&) = default;
};

struct ServiceKey {
  domain::AccountId account;
  domain::ServiceId service;

  friend auto operator<=>(const ServiceKey&, const ServiceKey&) = default;
};

// Which charges of a range: of months up to `through`, known by `cutoff_epoch`, and not both of
// months up to `since` and known by `since_epoch`: what an earlier run has seen is left out.
struct ChargeWindow {
  base::Month through;
  std::int64_t cutoff_epoch = 0;
  base::Month since = base::Month::from_index(-1'000'000);
  std::int64_t since_epoch = 0;
};

class Parties {
 public:
  virtual ~Parties() = default;

  // --- Customers. Each new one gets its own key, under which its personal part is sealed (D10).
  [[nodiscard]] virtual base::Result<> add_customers(std::span<const domain::Customer> customers,
                                                     const Recording& recording) = 0;
  // Everything but id and number.
  [[nodiscard]] virtual base::Result<> update_customers(std::span<const domain::Customer> customers,
                                                        const Recording& recording) = 0;
  // Those that exist, ascending by id.
  [[nodiscard]] virtual base::Result<std::vector<domain::Customer>> find_customers(
      std::span<const domain::CustomerId> ids) = 0;
  // A number that was joined to another customer finds that one.
  [[nodiscard]] virtual base::Result<std::optional<domain::CustomerId>> find_customer_number(
      std::int64_t number) = 0;
  // Lets an existing number find another customer.
  [[nodiscard]] virtual base::Result<> point_customer_number(std::int64_t number,
                                                             domain::CustomerId customer) = 0;
  // Ascending by id, after `after`.
  [[nodiscard]] virtual base::Result<std::vector<domain::Customer>> list_customers(
      domain::CustomerId after, std::size_t limit) = 0;

  // --- Identity numbers, kept as keyed hashes. The key is domain::identity_key().
  struct IdentityEntry {
    std::string key;
    domain::CustomerId customer;
  };
  [[nodiscard]] virtual base::Result<std::vector<IdentityEntry>> find_identities(
      std::span<const std::string> keys) = 0;
  // A key that is there already points to the given customer from now on.
  [[nodiscard]] virtual base::Result<> save_identities(std::span<const IdentityEntry> entries) = 0;
  [[nodiscard]] virtual base::Result<> remove_identity(std::string_view key) = 0;

  // --- Source identities.
  [[nodiscard]] virtual base::Result<std::vector<SourceIdentity>> find_sources(
      std::string_view division, std::span<const std::string> numbers) = 0;
  // Ascending by division and number.
  [[nodiscard]] virtual base::Result<std::vector<SourceIdentity>> sources_of(
      domain::CustomerId customer) = 0;
  [[nodiscard]] virtual base::Result<> add_sources(std::span<const SourceIdentity> sources,
                                                   base::Instant recorded) = 0;
  // Customer, account and joined_by of one that exists.
  [[nodiscard]] virtual base::Result<> update_source(const SourceIdentity& source,
                                                     base::Instant recorded) = 0;

  // --- Accounts.
  [[nodiscard]] virtual base::Result<> add_accounts(std::span<const domain::Account> accounts,
                                                    const Recording& recording) = 0;
  // Its billing profile, country and currency.
  [[nodiscard]] virtual base::Result<> update_account(const domain::Account& account) = 0;
  // Gives an account to another customer; what was issued stays as it is.
  [[nodiscard]] virtual base::Result<> move_account(const domain::Account& account,
                                                    domain::CustomerId to) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::Account>> find_account(
      domain::AccountId id) = 0;
  // Ascending by id.
  [[nodiscard]] virtual base::Result<std::vector<domain::Account>> find_accounts(
      std::span<const domain::AccountId> ids) = 0;
  [[nodiscard]] virtual base::Result<std::vector<domain::Account>> accounts_of(
      domain::CustomerId customer) = 0;

  // --- Services and charges.
  // Revisions; `epoch` of each is set from the recording.
  [[nodiscard]] virtual base::Result<> add_services(std::span<const domain::Service> revisions,
                                                    const Recording& recording) = 0;
  // The newest revision of each that exists, ascending by key.
  [[nodiscard]] virtual base::Result<std::vector<domain::Service>> find_services(
      std::span<const ServiceKey> keys) = 0;
  // `epoch` of each is set from the recording. Errors: constraint_violated where the id is taken.
  [[nodiscard]] virtual base::Result<> add_charges(std::span<const domain::Charge> charges,
                                                   const Recording& recording) = 0;

  // --- For runs over many accounts: one pass over one table each, in order of account id. Only
  // what was recorded up to the cutoff is seen, so that a run planned again sees the same.
  // The accounts in ranges of at most `batch_size`, one after the other without gaps: the first
  // begins at the nil id, the last has no end. Empty where there are no accounts.
  [[nodiscard]] virtual base::Result<std::vector<AccountRange>> account_bounds(
      std::int64_t cutoff_epoch, std::int64_t batch_size) = 0;
  [[nodiscard]] virtual base::Result<std::int64_t> count_accounts(std::int64_t cutoff_epoch) = 0;
  [[nodiscard]] virtual base::Result<> for_each_account_in(
      const AccountRange& range, std::int64_t cutoff_epoch,
      const std::function<base::Result<>(const domain::Account&)>& visit) = 0;
  // What is sealed (names, addresses, labels) is opened, or left empty where sums will do.
  enum class Details { kOpened, kLeftSealed };
  // The customers of the accounts of a range, each once, ascending by customer id.
  [[nodiscard]] virtual base::Result<std::vector<domain::Customer>> load_customers_for(
      const AccountRange& range, std::int64_t cutoff_epoch, Details details) = 0;
  // All revisions, ascending by account, service and revision.
  [[nodiscard]] virtual base::Result<> load_services(
      const AccountRange& range, std::int64_t cutoff_epoch, Details details,
      const std::function<base::Result<>(const domain::Service&)>& visit) = 0;
  [[nodiscard]] base::Result<std::vector<domain::Customer>> load_customers_for(
      const AccountRange& range, std::int64_t cutoff_epoch) {
    return load_customers_for(range, cutoff_epoch, Details::kOpened);
  }
  [[nodiscard]] base::Result<> load_services(
      const AccountRange& range, std::int64_t cutoff_epoch,
      const std::function<base::Result<>(const domain::Service&)>& visit) {
    return load_services(range, cutoff_epoch, Details::kOpened, visit);
  }
  // Ascending by account, day and id.
  [[nodiscard]] virtual base::Result<> load_charges(
      const AccountRange& range, const ChargeWindow& window,
      const std::function<base::Result<>(const domain::Charge&)>& visit) = 0;
};

}  // namespace ports
