// Codes of bills, and drawers of cash with their sessions: bill_code and the tables of tills.
#pragma once

#include "ports/tills.h"
#include "storage/sql/connection.h"
#include "storage/tables/calls.h"
#include "storage/vault.h"

namespace storage {

class SqlTills final : public ports::Tills {
 public:
  SqlTills(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  std::string code_digits(domain::BillId bill, std::int64_t attempt) override;
  base::Result<std::optional<ports::Billing::BillKey>> find_code(std::string_view digits) override;
  base::Result<bool> add_code(std::string_view digits, const ports::Billing::BillKey& bill,
                              base::Instant now) override;
  base::Result<domain::CodeTries> tries_of(std::string_view caller) override;
  base::Result<> keep_tries(std::string_view caller, const domain::CodeTries& tries) override;
  ports::Calls& calls() override { return calls_; }

  base::Result<> add_session(const domain::TillSession& session) override;
  base::Result<> close_session(const domain::TillSession& session) override;
  base::Result<std::optional<domain::TillSession>> find_session(domain::DrawerId drawer,
                                                                std::int64_t number) override;
  base::Result<std::vector<domain::TillSession>> list_sessions(
      std::optional<domain::DrawerId> drawer, std::size_t limit) override;
  base::Result<> add_entry(const domain::TillSession& session,
                           const domain::TillEntry& entry) override;
  base::Result<std::vector<domain::TillEntry>> entries_of(domain::DrawerId drawer,
                                                          std::int64_t number) override;
  base::Result<std::optional<Found>> find_request(domain::DrawerId drawer,
                                                  std::string_view request_key) override;
  base::Result<std::optional<Found>> find_receipt(domain::DrawerId drawer,
                                                  std::int64_t receipt) override;
  base::Result<> add_safe_move(const ports::SafeMove& move) override;
  base::Result<std::optional<ports::SafeMove>> find_safe_move(domain::SafeMoveId id) override;
  base::Result<std::vector<ports::SafeMove>> list_safe_moves(std::size_t limit) override;
  base::Result<std::vector<CashSum>> cash_at(base::Date day) override;

 private:
  [[nodiscard]] base::Result<domain::TillSession> read_session(const sql::Row& row);
  [[nodiscard]] base::Result<std::vector<domain::TillSession>> select_sessions(
      std::string_view rest, std::span<const sql::Value> values);
  [[nodiscard]] base::Result<Found> read_entry(const sql::Row& row);
  [[nodiscard]] base::Result<std::vector<Found>> select_entries(std::string_view rest,
                                                                std::span<const sql::Value> values);
  [[nodiscard]] base::Result<std::vector<ports::SafeMove>> select_moves(
      std::string_view rest, std::span<const sql::Value> values);

  sql::Connection& connection_;
  Vault& vault_;
  SqlCalls calls_{connection_, vault_};
};

}  // namespace storage
