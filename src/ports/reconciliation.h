// What is held against the books: the bank's statements, entries that are no customer's money,
// settlements of providers, and sums over payments, bills and credit as of a day.
//
// The sums are made from the rows as they are now, less what happened after the day; the ledger is
// never asked for them, so that one proves the other.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/ids.h"
#include "domain/reconcile/ids.h"
#include "domain/reconcile/settlement.h"
#include "domain/reconcile/statement_chain.h"
#include "domain/reconcile/suspense_age.h"

namespace ports {

// An entry of a bank's statement that is no customer's money: our own payments, what the bank
// charged. Booked on the house against `ledger_account`.
struct HouseEntry {
  domain::HouseEntryId id;  // Derived from what makes it that entry.
  domain::BankFileId file;
  std::int64_t entry = 0;
  std::string bank_account;
  base::Money amount;  // Below zero: spent.
  base::Date booked;
  std::string kind;            // outgoing | charge | interest | refund | deposit
  std::string ledger_account;  // bank_other | _charges | _interest | clearing:refunds | suspense
  std::string bank_reference, end_to_end_id;
  std::string name, account, words;  // Of whom it went to; sealed on disk.
  base::Instant recorded;
};

// What a customer's account owes and has, by its bills and credit and by the ledger.
struct AccountBooks {
  domain::AccountId account;  // Nil in sums over all.
  base::Currency currency;
  base::Money rests, receivables;  // By bills; by the ledger.
  base::Money credit, prepayment;  // By credit rows; by the ledger, above zero.
};

struct SettlementRow {
  domain::SettlementId id;
  std::string provider, merchant, payout;
  base::Money gross, fee, amount;
  base::Date day;
  std::int64_t lines = 0;
  domain::PaymentId payment;           // The bank's entry; nil: not there yet.
  std::optional<base::Date> paid_day;  // When it was booked.
  std::string imported_by;
  base::Instant recorded;
};

class Reconciliation {
 public:
  virtual ~Reconciliation() = default;

  // --- Statements. Those that are known already stay as they are.
  [[nodiscard]] virtual base::Result<> add_statements(
      std::span<const domain::KnownStatement> statements) = 0;
  // By account, currency and days. An empty account: all.
  [[nodiscard]] virtual base::Result<std::vector<domain::KnownStatement>> statements(
      std::string_view bank_account) = 0;

  // --- Entries of the house.
  // Of these ids those that are known.
  [[nodiscard]] virtual base::Result<std::vector<domain::HouseEntryId>> known_entries(
      std::span<const domain::HouseEntryId> ids) = 0;
  [[nodiscard]] virtual base::Result<> add_entries(std::span<const HouseEntry> entries) = 0;
  // Oldest first; both days count.
  [[nodiscard]] virtual base::Result<std::vector<HouseEntry>> entries(base::Date from,
                                                                      base::Date to,
                                                                      std::size_t limit) = 0;

  // Their sums, by account.
  [[nodiscard]] virtual base::Result<std::map<std::string, std::vector<base::Money>>>
  entry_sums() = 0;

  // --- Books as of the end of a day.
  // Of ledger accounts that begin so ("bank:"): each one's days, ascending.
  using LedgerDays = std::map<std::pair<std::string, base::Currency>, std::vector<domain::DaySum>>;
  [[nodiscard]] virtual base::Result<LedgerDays> ledger_days(std::string_view prefix,
                                                             base::Date to) = 0;
  // Payments of which something waited, with what did.
  [[nodiscard]] virtual base::Result<std::vector<domain::SuspenseRow>> suspense_at(
      base::Date day) = 0;
  // Sums over all accounts, by currency.
  [[nodiscard]] virtual base::Result<std::vector<AccountBooks>> books_at(base::Date day) = 0;
  // Accounts whose bills or credit are not what the ledger says.
  [[nodiscard]] virtual base::Result<std::vector<AccountBooks>> differing_at(base::Date day,
                                                                             std::size_t limit) = 0;
  // What was paid when it was ordered (clearing:card), by currency.
  [[nodiscard]] virtual base::Result<std::vector<base::Money>> paid_at_order(base::Date day) = 0;

  // What came through providers: payments whose account is "clearing:PROVIDER", by it.
  [[nodiscard]] virtual base::Result<std::map<std::string, std::vector<base::Money>>> captured_at(
      base::Date day) = 0;

  // --- Settlements.
  // Errors: constraint_violated where the id is taken.
  [[nodiscard]] virtual base::Result<> add_settlement(
      const SettlementRow& settlement, std::span<const domain::SettlementLine> lines) = 0;
  // The bank's entry and its day.
  [[nodiscard]] virtual base::Result<> update_settlement(const SettlementRow& settlement) = 0;
  [[nodiscard]] virtual base::Result<std::optional<SettlementRow>> find_settlement(
      domain::SettlementId id) = 0;
  // Oldest first; `waiting`: only those whose payout has not come.
  [[nodiscard]] virtual base::Result<std::vector<SettlementRow>> settlements(bool waiting,
                                                                             std::size_t limit) = 0;
  [[nodiscard]] virtual base::Result<std::vector<domain::SettlementLine>> lines_of(
      domain::SettlementId id, base::Currency currency) = 0;
};

}  // namespace ports
