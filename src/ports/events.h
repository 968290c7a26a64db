// Events (D8): the append-only, hash-chained facts about an account.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
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

// An event's place in its account's chain, with what of it is kept as bytes.
struct ChainLink {
  std::int64_t seq = 0;
  std::string data;
  std::string sealed;  // Its text; empty where it has none.
  std::string prev_hash, hash;
};

// Where an account's chain ends.
struct ChainEnd {
  std::int64_t seq = 0;
  std::string hash;
};
using ChainEnds = std::unordered_map<domain::AccountId, ChainEnd>;

class Events {
 public:
  virtual ~Events() = default;

  // Appends in the given order; each account's chain goes on from its last event.
  // Errors: unknown_event_kind.
  [[nodiscard]] virtual base::Result<> append(std::span<const NewEvent> events) = 0;
  // The same in two steps, of which the first only reads and may be done ahead of the transaction
  // that writes. `ahead`: chains that will have grown by then, as they will end.
  // Errors: unknown_event_kind.
  [[nodiscard]] virtual base::Result<std::vector<ChainLink>> link(std::span<const NewEvent> events,
                                                                  const ChainEnds& ahead) = 0;
  // Errors: database_busy where one of the chains has grown otherwise.
  [[nodiscard]] virtual base::Result<> append_linked(std::span<const NewEvent> events,
                                                     std::span<const ChainLink> links) = 0;
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
