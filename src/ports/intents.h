// Payments through gateways as they are kept (D4): intents, the words of providers that were taken
// already, and methods that customers let us keep.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/payment/payment_intent.h"
#include "ports/gateway.h"

namespace ports {

// The intent with what was ordered: to order it again, with the same key, when no answer came.
struct StoredIntent {
  domain::PaymentIntent intent;
  PaymentOrder order;  // Sealed on disk, with the intent's texts and addresses.
};

struct IntentFilter {
  std::string gateway = {};  // Empty: any; so for all of these.
  std::string state = {};
  std::optional<domain::AccountId> account = {};
  std::optional<domain::IntentId> after = {};  // In the order of the list: newest first.
  std::size_t limit = 50;
};

// What a provider calls a word of its own.
struct ProviderEvent {
  std::string gateway, event;
  domain::IntentId intent;
};

class Intents {
 public:
  virtual ~Intents() = default;

  // Errors: constraint_violated where the id is taken.
  [[nodiscard]] virtual base::Result<> add(std::span<const StoredIntent> intents) = 0;
  [[nodiscard]] base::Result<> add(const StoredIntent& intent) { return add({&intent, 1}); }
  // What may change of it.
  [[nodiscard]] virtual base::Result<> update(const StoredIntent& intent) = 0;
  [[nodiscard]] virtual base::Result<std::optional<StoredIntent>> find(domain::IntentId id) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::IntentId>> find_by_reference(
      std::string_view gateway, std::string_view provider_reference) = 0;
  // Those of many accounts that are not over, by account, oldest first.
  [[nodiscard]] virtual base::Result<std::vector<StoredIntent>> live_of(
      std::span<const domain::AccountId> accounts) = 0;
  [[nodiscard]] base::Result<std::vector<StoredIntent>> live_of(domain::AccountId account) {
    return live_of({&account, 1});
  }
  [[nodiscard]] virtual base::Result<std::vector<StoredIntent>> list(
      const IntentFilter& filter) = 0;
  // Those whose provider is to be asked, longest waiting first. Visits every node of a distributed
  // database.
  [[nodiscard]] virtual base::Result<std::vector<domain::IntentId>> to_ask(base::Instant now,
                                                                           std::size_t limit) = 0;
  // --- Of many at once.
  // Those that there are, by id; other writers of them wait.
  [[nodiscard]] virtual base::Result<std::vector<StoredIntent>> hold(
      std::span<const domain::IntentId> ids) = 0;
  // What may change of each but what its provider calls it, which update() keeps.
  [[nodiscard]] virtual base::Result<> update_all(std::span<const StoredIntent> intents) = 0;
  // Which of these words of a gateway were taken before.
  [[nodiscard]] virtual base::Result<std::vector<bool>> known_events(
      std::span<const ProviderEvent> events) = 0;
  // That are taken now; none of them was before.
  [[nodiscard]] virtual base::Result<> add_events(std::span<const ProviderEvent> events,
                                                  base::Instant now) = 0;

  // False where that word of the gateway was taken before.
  [[nodiscard]] virtual base::Result<bool> take_event(std::string_view gateway,
                                                      std::string_view event,
                                                      domain::IntentId intent,
                                                      base::Instant now) = 0;
};

}  // namespace ports
