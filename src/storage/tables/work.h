// The rows of what is to do: outbox, job, idempotency and counter.
//
// The epoch is the counter of that name. On PostgreSQL those who hold it share an advisory lock
// and who advances it takes that lock alone: the lock manager serves them in order, so that no
// stream of holders can keep the run waiting (a row lock FOR SHARE could).
#pragma once

#include "ports/work.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlWork final : public ports::Work {
 public:
  SqlWork(sql::Connection& connection, Vault&) : connection_(connection) {}

  [[nodiscard]] base::Result<std::int64_t> hold_epoch() override;
  [[nodiscard]] base::Result<std::int64_t> advance_epoch() override;
  [[nodiscard]] base::Result<std::int64_t> take_numbers(std::string_view counter,
                                                        std::int64_t first,
                                                        std::int64_t count) override;
  [[nodiscard]] base::Result<> lock(std::string_view name) override;
  [[nodiscard]] base::Result<> lock_all(std::span<const std::string> names) override;

  [[nodiscard]] base::Result<> enqueue(std::span<const ports::OutboxMessage> messages,
                                       base::Instant now) override;
  [[nodiscard]] base::Result<std::vector<ports::OutboxMessage>> lease_messages(
      std::span<const std::string_view> topics, const ports::Lease& lease) override;
  // Errors of these two: not_leased (place: the id).
  [[nodiscard]] base::Result<> message_sent(domain::OutboxId id) override;
  [[nodiscard]] base::Result<> message_failed(domain::OutboxId id, std::string_view error,
                                              std::optional<base::Instant> next_attempt) override;
  [[nodiscard]] base::Result<std::map<std::string, std::int64_t>> messages_pending() override;

  [[nodiscard]] base::Result<> add_job(const ports::Job& job, base::Instant now) override;
  [[nodiscard]] base::Result<std::optional<ports::Job>> lease_job(
      std::string_view worker, base::Instant now, base::Instant lease_until) override;
  [[nodiscard]] base::Result<bool> extend_lease(domain::JobId id, std::string_view worker,
                                                base::Instant lease_until) override;
  // Errors of these two: not_leased (place: the id).
  [[nodiscard]] base::Result<> job_done(domain::JobId id, const base::Json& result) override;
  [[nodiscard]] base::Result<> job_failed(domain::JobId id, const base::Json& result,
                                          std::optional<base::Instant> run_at) override;
  [[nodiscard]] base::Result<std::optional<ports::Job>> find_job(domain::JobId id) override;
  [[nodiscard]] base::Result<std::vector<ports::Job>> list_jobs(std::string_view kind,
                                                                std::size_t limit) override;

  [[nodiscard]] base::Result<std::optional<ports::StoredAnswer>> find_answer(
      std::string_view scope, std::string_view key, std::string_view request) override;
  [[nodiscard]] base::Result<> store_answer(std::string_view scope, std::string_view key,
                                            std::string_view request,
                                            const ports::StoredAnswer& answer,
                                            base::Instant now) override;

 private:
  [[nodiscard]] base::Result<> lock_epoch(std::string_view function);
  [[nodiscard]] base::Result<std::vector<ports::Job>> read_jobs(std::string_view sql,
                                                                std::span<const sql::Value> values);

  sql::Connection& connection_;
};

}  // namespace storage
