// Tills: drawers and their sessions, and codes that find a bill at a till or by telephone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/till/bill_code.h"
#include "domain/till/ids.h"
#include "domain/till/till.h"
#include "ports/billing.h"

namespace ports {

class Calls;  // ports/calls.h

// Cash between a safe and the bank: above zero it came into the safe.
struct SafeMove {
  domain::SafeMoveId id;
  std::string safe;
  base::Money amount;
  std::string reference = {};  // Of the bag, as the bank says it.
  std::string actor = {};
  base::Date day = {};
  base::Instant recorded = {};

  friend bool operator==(const SafeMove&, const SafeMove&) = default;
};

class Tills {
 public:
  virtual ~Tills() = default;

  // --- Codes of bills, by their digits; these are kept as a keyed hash only.
  // Nine digits of a bill that cannot be told without the database's key; for each attempt others.
  [[nodiscard]] virtual std::string code_digits(domain::BillId bill, std::int64_t attempt) = 0;
  [[nodiscard]] virtual base::Result<std::optional<Billing::BillKey>> find_code(
      std::string_view digits) = 0;
  // False where a bill has it already.
  [[nodiscard]] virtual base::Result<bool> add_code(std::string_view digits,
                                                    const Billing::BillKey& bill,
                                                    base::Instant now) = 0;
  // Of somebody who says codes: a telephone number, a till's user.
  [[nodiscard]] virtual base::Result<domain::CodeTries> tries_of(std::string_view caller) = 0;
  [[nodiscard]] virtual base::Result<> keep_tries(std::string_view caller,
                                                  const domain::CodeTries& tries) = 0;

  // --- Sessions.
  // Errors: constraint_violated where the drawer has a session of that number.
  [[nodiscard]] virtual base::Result<> add_session(const domain::TillSession& session) = 0;
  // Keeps its closing.
  [[nodiscard]] virtual base::Result<> close_session(const domain::TillSession& session) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::TillSession>> find_session(
      domain::DrawerId drawer, std::int64_t number) = 0;
  // Newest first; of one drawer, or of all.
  [[nodiscard]] virtual base::Result<std::vector<domain::TillSession>> list_sessions(
      std::optional<domain::DrawerId> drawer, std::size_t limit) = 0;

  // --- Entries.
  // Errors: constraint_violated where the request's key or the receipt is taken.
  [[nodiscard]] virtual base::Result<> add_entry(const domain::TillSession& session,
                                                 const domain::TillEntry& entry) = 0;
  // Of a session, in their order.
  [[nodiscard]] virtual base::Result<std::vector<domain::TillEntry>> entries_of(
      domain::DrawerId drawer, std::int64_t number) = 0;
  struct Found {
    std::int64_t session = 0;
    domain::TillEntry entry;
  };
  [[nodiscard]] virtual base::Result<std::optional<Found>> find_request(
      domain::DrawerId drawer, std::string_view request_key) = 0;
  [[nodiscard]] virtual base::Result<std::optional<Found>> find_receipt(domain::DrawerId drawer,
                                                                        std::int64_t receipt) = 0;

  // --- Safes.
  // Errors: constraint_violated where the id is taken.
  [[nodiscard]] virtual base::Result<> add_safe_move(const SafeMove& move) = 0;
  [[nodiscard]] virtual base::Result<std::optional<SafeMove>> find_safe_move(
      domain::SafeMoveId id) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<SafeMove>> list_safe_moves(std::size_t limit) = 0;

  // --- Sums at the end of a day, by account of the ledger ("cash:kassa-1", "safe:main").
  struct CashSum {
    std::string account;
    base::Money cash;   // What is there.
    base::Money other;  // Of it what is no customer's payment.
  };
  [[nodiscard]] virtual base::Result<std::vector<CashSum>> cash_at(base::Date day) = 0;

  // --- Calls in which such codes are said.
  [[nodiscard]] virtual Calls& calls() = 0;
};

}  // namespace ports
