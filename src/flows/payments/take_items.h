// Take a batch of payments into the books: which are new, to what they are assigned, and the rows
// that this makes. Everything is looked up and written for the whole batch at once; only money
// that went back, which is rare, is followed one by one.
//
// It is planned first, which only reads and may be done ahead of the transaction that writes. What
// was planned is kept only if all that it was planned on is still so.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "domain/payment/money_item.h"
#include "flows/payments/find_payers.h"
#include "flows/payments/import_bank_file.h"
#include "flows/payments/payment_rows.h"
#include "ports/billing.h"

namespace flows {

// Money with what follows from it alone, so that a thread of its own can make it.
struct TakenItem {
  domain::MoneyItem money;
  domain::PaymentId id;
  domain::PaymentId told_otherwise;  // Nil: there is no other way to tell it.
  std::vector<std::string> forms;    // In which its reference may stand on a bill.
};
// `rf_references`: ours are RF references.
[[nodiscard]] TakenItem make_taken_item(domain::MoneyItem money, bool rf_references);

struct TakeContext {
  domain::BankFileId file;
  std::string actor;
  base::Instant recorded;
  // Others who change the bills wait. Otherwise nobody does, and who met another begins again.
  bool hold_bills = false;
  std::int64_t write_off_minor = 0;  // A rest of up to so much is let go.
};

struct TakeOutcome {
  std::int64_t payments = 0;
  std::int64_t repeated = 0;
  std::int64_t first_repeated_line = 0;
  std::map<base::Currency, BankImportSums> sums;
  std::map<std::string, std::int64_t> suspense;
};

struct TakePlan {
  // Money that went back, by its place among the items, and the bills that it names.
  struct Back {
    std::size_t item = 0;
    std::vector<ports::Billing::BillKey> named;
  };

  TakeContext context;
  PaymentRows rows;
  std::vector<Back> back;
  std::vector<domain::PaymentId> untold;  // What is new is so only while none of these is known.
  std::vector<ports::Billing::VersionedBill> seen;  // Bills that decided and are not changed.
  TakeOutcome outcome;
};

// What the batches before will have changed, though a reader does not see it yet.
class TakenAhead {
 public:
  void add(const TakePlan& plan);
  [[nodiscard]] bool knows(domain::PaymentId payment) const;
  // Null: none of them changes it.
  [[nodiscard]] const domain::Bill* find(domain::BillId bill) const;
  // For whom a payer's bank account has paid in them.
  [[nodiscard]] std::vector<domain::AccountId> paid_from(const std::string& payer_account) const;
  [[nodiscard]] const ports::ChainEnd* chain_end(domain::AccountId account) const;

 private:
  struct Batch {
    std::unordered_set<domain::PaymentId> payments;
    std::unordered_map<domain::BillId, domain::Bill> bills;
    std::unordered_multimap<std::string, domain::AccountId> payers;
    ports::ChainEnds chains;
  };
  std::deque<Batch> batches_;
};

// Only reads, but with context.hold_bills, which needs a transaction that writes. Errors: those of
// the store. `commons`: of one file (flows/payments/doubt_references.h).
[[nodiscard]] base::Result<TakePlan> plan_items(ports::Transaction& transaction,
                                                const TakeContext& context,
                                                std::span<const TakenItem> items,
                                                const TakenAhead& ahead, PayerCommons& commons);
// In the caller's transaction, which holds kBankImportLock; the same items. The plan is used up.
// Errors: those of the store; database_busy where another writer kept one of the payments
// meanwhile, or changed a bill.
[[nodiscard]] base::Result<TakeOutcome> keep_items(ports::Transaction& transaction, TakePlan& plan,
                                                   std::span<const TakenItem> items);

}  // namespace flows
