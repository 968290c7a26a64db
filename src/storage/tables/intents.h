// Payments through gateways: payment_intent, intent_place, intent_reference and provider_event.
// What was ordered and where the customer goes on is sealed with the customer's key.
#pragma once

#include <map>

#include "ports/intents.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlIntents final : public ports::Intents {
 public:
  SqlIntents(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  base::Result<> add(std::span<const ports::StoredIntent> intents) override;
  base::Result<> update(const ports::StoredIntent& stored) override;
  base::Result<std::optional<ports::StoredIntent>> find(domain::IntentId id) override;
  base::Result<std::optional<domain::IntentId>> find_by_reference(
      std::string_view gateway, std::string_view provider_reference) override;
  base::Result<std::vector<ports::StoredIntent>> live_of(
      std::span<const domain::AccountId> accounts) override;
  base::Result<std::vector<ports::StoredIntent>> list(const ports::IntentFilter& filter) override;
  base::Result<std::vector<domain::IntentId>> to_ask(base::Instant now, std::size_t limit) override;
  base::Result<bool> take_event(std::string_view gateway, std::string_view event,
                                domain::IntentId intent, base::Instant now) override;
  base::Result<std::vector<ports::StoredIntent>> hold(
      std::span<const domain::IntentId> ids) override;
  base::Result<> update_all(std::span<const ports::StoredIntent> intents) override;
  base::Result<std::vector<bool>> known_events(
      std::span<const ports::ProviderEvent> events) override;
  base::Result<> add_events(std::span<const ports::ProviderEvent> events,
                            base::Instant now) override;

 private:
  // Whose these accounts are, with their keys at hand; asked once in a transaction.
  [[nodiscard]] base::Result<> learn_customers(std::span<const domain::AccountId> accounts);
  [[nodiscard]] base::Result<std::vector<sql::Value>> columns_of(const ports::StoredIntent& stored);
  [[nodiscard]] sql::Value event_hash(std::string_view gateway, std::string_view event);
  [[nodiscard]] base::Result<> keep_references(std::span<const ports::StoredIntent> intents);
  [[nodiscard]] base::Result<ports::StoredIntent> read(const sql::Row& row);
  [[nodiscard]] base::Result<std::vector<ports::StoredIntent>> select(
      std::string_view rest, std::span<const sql::Value> values);

  sql::Connection& connection_;
  Vault& vault_;
  std::map<domain::AccountId, domain::CustomerId> customers_;
};

}  // namespace storage
