// Events (D8): the append-only, hash-chained facts about an account.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"

namespace ports {

// An event to append. `kind` is one of domain/events/registry.h, `data` of its shape and without
// personal text; what is free text or personal goes into `text`, which is sealed (D10).
struct NewEvent {
  domain::AccountId account;
  std::string kind;
  base::Date effective;
  base::Instant recorded;
  std::string actor;  // "user_...", "run_...", "import", "customer".
  base::Json data;
  std::string text = {};
};

struct Event {
  std::int64_t seq = 0;  // 1, 2, 3 ... within the account.
  NewEvent fact;
};

class Events {
 public:
  virtual ~Events() = default;

  // Appends in the given order; each account's chain goes on from its last event.
  // Errors: unknown_event_kind.
  [[nodiscard]] virtual base::Result<> append(std::span<const NewEvent> events) = 0;
  // Of one account, ascending, after `after_seq`, at most `limit`.
  [[nodiscard]] virtual base::Result<std::vector<Event>> list(domain::AccountId account,
                                                              std::int64_t after_seq,
                                                              std::size_t limit) = 0;
  // Walks an account's chain and recomputes every hash. Errors: chain_broken (place: the seq).
  [[nodiscard]] virtual base::Result<> verify(domain::AccountId account) = 0;
  // All accounts that have events, in order, with the number of their last one. Reads every
  // event's key: for a person who watches, and for the demo.
  [[nodiscard]] virtual base::Result<> for_each_head(
      const std::function<base::Result<>(domain::AccountId, std::int64_t seq)>& visit) = 0;
  // All accounts that have events, in order.
  [[nodiscard]] virtual base::Result<> for_each_account(
      const std::function<base::Result<>(domain::AccountId)>& visit) = 0;
};

}  // namespace ports
