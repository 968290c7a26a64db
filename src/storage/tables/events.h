// The rows of D8: event, one hash-chained list an account.
//
// hash = BLAKE2b of the previous hash and everything in the row, sealed text included; the first
// event follows 32 zero bytes. The chain shows changed, exchanged and missing events; that the
// last ones were cut off shows only against a hash that was kept elsewhere.
#pragma once

#include <unordered_map>

#include "ports/events.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlEvents final : public ports::Events {
 public:
  SqlEvents(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  // Besides the port's errors: bad_event_data (place: the kind) where the members of the data are
  // not those that the registry names, no_such_account (place: the account), database_busy where
  // another writer added to one of the chains at the same time.
  [[nodiscard]] base::Result<> append(std::span<const ports::NewEvent> events) override;
  [[nodiscard]] base::Result<std::vector<ports::ChainLink>> link(
      std::span<const ports::NewEvent> events, const ports::ChainEnds& ahead) override;
  [[nodiscard]] base::Result<> append_linked(std::span<const ports::NewEvent> events,
                                             std::span<const ports::ChainLink> links) override;
  // The text of an erased customer is empty.
  [[nodiscard]] base::Result<std::vector<ports::Event>> list(domain::AccountId account,
                                                             std::int64_t after_seq,
                                                             std::size_t limit) override;
  [[nodiscard]] base::Result<> verify(domain::AccountId account) override;
  [[nodiscard]] base::Result<> for_each_head(
      const std::function<base::Result<>(domain::AccountId, std::int64_t)>& visit) override;
  [[nodiscard]] base::Result<> for_each_account(
      const std::function<base::Result<>(domain::AccountId)>& visit) override;

 private:
  // Where an account's chain ends, and whose key seals its texts.
  struct Chain {
    domain::CustomerId customer;
    std::int64_t seq = 0;
    std::string hash = std::string(32, '\0');
  };
  using Chains = std::unordered_map<domain::AccountId, Chain>;

  [[nodiscard]] base::Result<Chains> read_chains(std::span<const ports::NewEvent> events,
                                                 const ports::ChainEnds& ahead);
  [[nodiscard]] base::Result<> read_few_chains(std::span<const domain::AccountId> asked,
                                               Chains& chains);
  // Of accounts that have no events yet, and of those whose texts are sealed.
  [[nodiscard]] base::Result<> read_customers(std::span<const ports::NewEvent> events,
                                              Chains& chains);
  [[nodiscard]] base::Result<> prefetch_keys(std::span<const ports::NewEvent> events,
                                             const Chains& chains);

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
