// What is still to do and what was done already: outbox, job queue, idempotency keys, counters,
// the epoch, and named locks.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/instant.h"
#include "domain/ids.h"

namespace ports {

// A message to the outside, stored with the facts it tells of and sent later by a worker.
struct OutboxMessage {
  domain::OutboxId id;
  std::string topic;
  domain::AccountId account;
  base::Json payload;
  std::int64_t attempts = 0;
};

// Of messages that are due now: nobody else gets them until then.
struct Lease {
  base::Instant now, until;
  std::size_t limit = 0;
};

struct Job {
  domain::JobId id;
  std::string kind;
  base::Json payload;
  std::string state;  // waiting | leased | done | failed
  std::int64_t attempts = 0;
  base::Instant run_at;
  base::Json result;
};

struct StoredAnswer {
  int status = 0;
  std::string response;
};

class Work {
 public:
  virtual ~Work() = default;

  // --- Epoch. Facts written in a transaction carry the epoch that it reads; a billing run sees
  // facts up to its cutoff. advance_epoch waits for the transactions that hold the current one.
  [[nodiscard]] virtual base::Result<std::int64_t> hold_epoch() = 0;
  // Returns the epoch that is now closed.
  [[nodiscard]] virtual base::Result<std::int64_t> advance_epoch() = 0;

  // Takes `count` numbers of a counter that starts at `first`; returns the first of them.
  [[nodiscard]] virtual base::Result<std::int64_t> take_numbers(std::string_view counter,
                                                                std::int64_t first,
                                                                std::int64_t count) = 0;
  // Waits for, and holds until the end of the transaction, a lock that others ask for by name.
  [[nodiscard]] virtual base::Result<> lock(std::string_view name) = 0;
  // The same for many at once, in the order of their names, whoever asks.
  [[nodiscard]] virtual base::Result<> lock_all(std::span<const std::string> names) = 0;

  // --- Outbox.
  [[nodiscard]] virtual base::Result<> enqueue(std::span<const OutboxMessage> messages,
                                               base::Instant now) = 0;
  // Leases up to `limit` due messages of these topics to this caller. Whoever sends names what it
  // can send: messages of other topics wait for whoever sends those, and hold up nobody.
  [[nodiscard]] virtual base::Result<std::vector<OutboxMessage>> lease_messages(
      std::span<const std::string_view> topics, const Lease& lease) = 0;
  [[nodiscard]] virtual base::Result<> message_sent(domain::OutboxId id) = 0;
  // To be tried again at `next_attempt`; nullopt gives it up.
  [[nodiscard]] virtual base::Result<> message_failed(
      domain::OutboxId id, std::string_view error, std::optional<base::Instant> next_attempt) = 0;
  // How many wait to be sent, by topic.
  [[nodiscard]] virtual base::Result<std::map<std::string, std::int64_t>> messages_pending() = 0;

  // --- Jobs.
  [[nodiscard]] virtual base::Result<> add_job(const Job& job, base::Instant now) = 0;
  // The next due job, leased to `worker`; a lease that ran out is due again.
  [[nodiscard]] virtual base::Result<std::optional<Job>> lease_job(std::string_view worker,
                                                                   base::Instant now,
                                                                   base::Instant lease_until) = 0;
  // Moves the lease of a job that `worker` still holds; false where another one has it, or it
  // has ended.
  [[nodiscard]] virtual base::Result<bool> extend_lease(domain::JobId id, std::string_view worker,
                                                        base::Instant lease_until) = 0;
  [[nodiscard]] virtual base::Result<> job_done(domain::JobId id, const base::Json& result) = 0;
  [[nodiscard]] virtual base::Result<> job_failed(domain::JobId id, const base::Json& result,
                                                  std::optional<base::Instant> run_at) = 0;
  [[nodiscard]] virtual base::Result<std::optional<Job>> find_job(domain::JobId id) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<Job>> list_jobs(std::string_view kind,
                                                                 std::size_t limit) = 0;

  // --- Idempotency keys. Null: not seen before; then store_answer in the same transaction.
  // Errors: idempotency_key_reused (same key, other request).
  [[nodiscard]] virtual base::Result<std::optional<StoredAnswer>> find_answer(
      std::string_view scope, std::string_view key, std::string_view request) = 0;
  [[nodiscard]] virtual base::Result<> store_answer(std::string_view scope, std::string_view key,
                                                    std::string_view request,
                                                    const StoredAnswer& answer,
                                                    base::Instant now) = 0;
};

}  // namespace ports
