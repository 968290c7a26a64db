#include "storage/tables/work.h"

#include <algorithm>

#include "storage/sql/portable.h"
#include "storage/tables/columns.h"
#include "support/crypto/crypto.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Instant;
using base::Json;
using base::Result;
using sql::Row;
using sql::to_value;
using sql::Value;

// States of a message: waiting -> leased -> sent, or waiting again, or given_up. A lease is over
// at next_attempt, and the message due again.
constexpr std::string_view kOutboxColumns[] = {"outbox_id",    "topic",      "account_id",
                                               "payload",      "state",      "attempts",
                                               "next_attempt", "last_error", "recorded"};

constexpr std::string_view kJobColumns = "job_id, kind, payload, state, attempts, run_at, result";

constexpr std::string_view kEpoch = "epoch";
constexpr std::int64_t kFirstEpoch = 1;

sql::Bytes hash_of(std::string_view request) {
  const crypto::Digest digest = crypto::hash(request);
  return {std::string(reinterpret_cast<const char*>(digest.data()), digest.size())};
}

Result<> expect_leased(std::int64_t changed, std::string place) {
  if (changed == 1) return {};
  return base::fail("not_leased", "there is no lease on this: it was ended before, by another",
                    std::move(place));
}

Result<std::optional<ports::Job>> first_of(Result<std::vector<ports::Job>> jobs) {
  if (!jobs) return std::unexpected(std::move(jobs).error());
  if (jobs->empty()) return std::nullopt;
  return std::move(jobs->front());
}

}  // namespace

// --- Epoch, counters, locks.

Result<> SqlWork::lock_epoch(std::string_view function) {
  if (connection_.engine() == sql::Engine::kSqlite) return {};
  return connection_.query(
      "SELECT " + std::string(function) + "(hashtextextended('telgiro epoch', 0))", {},
      [](const Row&) -> Result<> { return {}; });
}

Result<std::int64_t> SqlWork::hold_epoch() {
  TRY(lock_epoch("pg_advisory_xact_lock_shared"));
  std::int64_t epoch = kFirstEpoch;
  TRY(connection_.query("SELECT value FROM counter WHERE name = $1", {to_column(kEpoch)},
                        [&](const Row& row) -> Result<> {
                          epoch = row.integer(0);
                          return {};
                        }));
  return epoch;
}

Result<std::int64_t> SqlWork::advance_epoch() {
  TRY(lock_epoch("pg_advisory_xact_lock"));
  // The counter's next number is the epoch that begins; the one before it ends.
  return TRY(take_numbers(kEpoch, kFirstEpoch, 1));
}

Result<std::int64_t> SqlWork::take_numbers(std::string_view counter, std::int64_t first,
                                           std::int64_t count) {
  std::int64_t next = 0;
  TRY(connection_.query(
      "INSERT INTO counter (name, value) VALUES ($1, $2) "
      "ON CONFLICT (name) DO UPDATE SET value = counter.value + $3 RETURNING value",
      {to_column(counter), first + count, count}, [&](const Row& row) -> Result<> {
        next = row.integer(0);
        return {};
      }));
  return next - count;
}

Result<> SqlWork::lock(std::string_view name) { return connection_.lock(name); }

Result<> SqlWork::lock_all(std::span<const std::string> names) {
  // The one writer of SQLite holds every lock there is.
  if (names.empty() || connection_.engine() == sql::Engine::kSqlite) return {};
  std::vector<std::string> sorted(names.begin(), names.end());
  std::ranges::sort(sorted);
  std::vector<std::vector<Value>> keys;
  for (const std::string& name : sorted) keys.push_back({name});
  return sql::query_key_rows(
      connection_,
      "SELECT pg_advisory_xact_lock(hashtextextended(k.name, 0)) FROM (VALUES {keys}) AS k (name)",
      keys, [](const Row&) -> Result<> { return {}; });
}

// --- Outbox.

Result<> SqlWork::enqueue(std::span<const ports::OutboxMessage> messages, Instant now) {
  auto rows = TRY(connection_.bulk_insert("outbox", kOutboxColumns));
  for (const ports::OutboxMessage& message : messages) {
    const Value row[] = {to_value(message.id),
                         message.topic,
                         to_value(message.account),
                         message.payload.dump(),
                         to_column("waiting"),
                         message.attempts,
                         now.micros,
                         to_column(""),
                         now.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::vector<ports::OutboxMessage>> SqlWork::lease_messages(
    std::span<const std::string_view> topics, const ports::Lease& lease) {
  struct Leased {
    std::int64_t due = 0;
    ports::OutboxMessage message;
  };
  std::vector<Leased> leased;
  if (topics.empty()) return std::vector<ports::OutboxMessage>();
  std::vector<Value> values = {lease.now.micros, lease.until.micros, limit_column(lease.limit)};
  std::string marks;
  for (const std::string_view topic : topics) {
    values.push_back(to_column(topic));
    marks += (marks.empty() ? "$" : ", $") + std::to_string(values.size());
  }
  TRY(connection_.query(
      "UPDATE outbox SET state = 'leased', attempts = attempts + 1, next_attempt = $2 "
      "WHERE outbox_id IN (SELECT outbox_id FROM outbox WHERE topic IN (" +
          marks +
          ") AND state IN ('waiting', 'leased') AND next_attempt <= $1 "
          "ORDER BY next_attempt, outbox_id LIMIT $3" +
          std::string(sql::for_update_skip_locked(connection_)) +
          ") RETURNING outbox_id, topic, account_id, payload, attempts, recorded",
      values, [&](const Row& row) -> Result<> {
        leased.push_back({row.integer(5),
                          {.id = row.id<domain::OutboxId>(0),
                           .topic = std::string(row.text(1)),
                           .account = row.id<domain::AccountId>(2),
                           .payload = TRY(json::parse(row.text(3))),
                           .attempts = row.integer(4)}});
        return {};
      }));
  // RETURNING has no order.
  std::ranges::sort(leased, [](const Leased& a, const Leased& b) {
    return std::tie(a.due, a.message.id) < std::tie(b.due, b.message.id);
  });
  std::vector<ports::OutboxMessage> messages;
  for (Leased& each : leased) messages.push_back(std::move(each.message));
  return messages;
}

Result<> SqlWork::message_sent(domain::OutboxId id) {
  const std::int64_t changed = TRY(connection_.execute(
      "UPDATE outbox SET state = 'sent', last_error = '' WHERE outbox_id = $1 AND state = 'leased'",
      {to_value(id)}));
  return expect_leased(changed, id.to_string());
}

Result<> SqlWork::message_failed(domain::OutboxId id, std::string_view error,
                                 std::optional<Instant> next_attempt) {
  const std::int64_t changed =
      TRY(connection_.execute("UPDATE outbox SET state = $2, last_error = $3, next_attempt = $4 "
                              "WHERE outbox_id = $1 AND state = 'leased'",
                              {to_value(id), to_column(next_attempt ? "waiting" : "given_up"),
                               to_column(error), next_attempt ? next_attempt->micros : 0}));
  return expect_leased(changed, id.to_string());
}

Result<std::map<std::string, std::int64_t>> SqlWork::messages_pending() {
  std::map<std::string, std::int64_t> counts;
  TRY(connection_.query(
      "SELECT topic, COUNT(*) FROM outbox WHERE state IN ('waiting', 'leased') GROUP BY topic", {},
      [&](const Row& row) -> Result<> {
        counts.emplace(row.text(0), row.integer(1));
        return {};
      }));
  return counts;
}

// --- Jobs.

Result<> SqlWork::add_job(const ports::Job& job, Instant now) {
  TRY(connection_.execute(
      "INSERT INTO job (job_id, kind, payload, state, attempts, run_at, lease_until, worker, "
      "result, recorded) VALUES ($1, $2, $3, 'waiting', $4, $5, 0, '', $6, $7)",
      {to_value(job.id), job.kind, job.payload.dump(), job.attempts, job.run_at.micros,
       job.result.dump(), now.micros}));
  return {};
}

Result<std::vector<ports::Job>> SqlWork::read_jobs(std::string_view sql,
                                                   std::span<const Value> values) {
  std::vector<ports::Job> jobs;
  TRY(connection_.query(sql, values, [&](const Row& row) -> Result<> {
    jobs.push_back({.id = row.id<domain::JobId>(0),
                    .kind = std::string(row.text(1)),
                    .payload = TRY(json::parse(row.text(2))),
                    .state = std::string(row.text(3)),
                    .attempts = row.integer(4),
                    .run_at = {row.integer(5)},
                    .result = TRY(json::parse(row.text(6)))});
    return {};
  }));
  return jobs;
}

Result<std::optional<ports::Job>> SqlWork::lease_job(std::string_view worker, Instant now,
                                                     Instant lease_until) {
  const Value values[] = {now.micros, lease_until.micros, to_column(worker)};
  return first_of(read_jobs(
      "UPDATE job SET state = 'leased', attempts = attempts + 1, lease_until = $2, worker = $3 "
      "WHERE job_id IN (SELECT job_id FROM job WHERE (state = 'waiting' AND run_at <= $1) "
      "OR (state = 'leased' AND lease_until <= $1) ORDER BY run_at, job_id LIMIT 1" +
          std::string(sql::for_update_skip_locked(connection_)) + ") RETURNING " +
          std::string(kJobColumns),
      values));
}

Result<bool> SqlWork::extend_lease(domain::JobId id, std::string_view worker, Instant lease_until) {
  return TRY(connection_.execute("UPDATE job SET lease_until = $3 "
                                 "WHERE job_id = $1 AND worker = $2 AND state = 'leased'",
                                 {to_value(id), to_column(worker), lease_until.micros})) == 1;
}

Result<> SqlWork::job_done(domain::JobId id, const Json& result) {
  const std::int64_t changed = TRY(connection_.execute(
      "UPDATE job SET state = 'done', result = $2 WHERE job_id = $1 AND state = 'leased'",
      {to_value(id), result.dump()}));
  return expect_leased(changed, id.to_string());
}

Result<> SqlWork::job_failed(domain::JobId id, const Json& result, std::optional<Instant> run_at) {
  const std::int64_t changed =
      TRY(connection_.execute("UPDATE job SET state = $2, result = $3, run_at = $4 "
                              "WHERE job_id = $1 AND state = 'leased'",
                              {to_value(id), to_column(run_at ? "waiting" : "failed"),
                               result.dump(), run_at ? run_at->micros : 0}));
  return expect_leased(changed, id.to_string());
}

Result<std::optional<ports::Job>> SqlWork::find_job(domain::JobId id) {
  const Value key = to_value(id);
  return first_of(
      read_jobs("SELECT " + std::string(kJobColumns) + " FROM job WHERE job_id = $1", {&key, 1}));
}

Result<std::vector<ports::Job>> SqlWork::list_jobs(std::string_view kind, std::size_t limit) {
  const Value values[] = {to_column(kind), limit_column(limit)};
  return read_jobs("SELECT " + std::string(kJobColumns) +
                       " FROM job WHERE kind = $1 ORDER BY recorded DESC, job_id DESC LIMIT $2",
                   values);
}

// --- Idempotency keys.

Result<std::optional<ports::StoredAnswer>> SqlWork::find_answer(std::string_view scope,
                                                                std::string_view key,
                                                                std::string_view request) {
  std::optional<ports::StoredAnswer> answer;
  TRY(connection_.query(
      "SELECT request_hash, status, response FROM idempotency WHERE scope = $1 AND key = $2",
      {to_column(scope), to_column(key)}, [&](const Row& row) -> Result<> {
        if (row.bytes(0) != hash_of(request).value) {
          return base::fail("idempotency_key_reused",
                            "the idempotency key was used for another request; take a new key",
                            std::string(key));
        }
        answer = {static_cast<int>(row.integer(1)), std::string(row.text(2))};
        return {};
      }));
  return answer;
}

Result<> SqlWork::store_answer(std::string_view scope, std::string_view key,
                               std::string_view request, const ports::StoredAnswer& answer,
                               Instant now) {
  const auto stored = connection_.execute(
      "INSERT INTO idempotency (scope, key, request_hash, status, response, recorded) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      {to_column(scope), to_column(key), hash_of(request), std::int64_t{answer.status},
       answer.response, now.micros});
  if (stored) return {};
  if (stored.error().code != "constraint_violated") return std::unexpected(stored.error());
  return base::fail("database_busy",
                    "the same request was answered at the same time; try again to get its answer",
                    std::string(key));
}

}  // namespace storage
