// Take a batch of payments into the books: which are new, to what they are assigned, and the rows
// that this makes. Everything is looked up and written for the whole batch at once; only money
// that went back, which is rare, is followed one by one.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/payment/money_item.h"
#include "flows/payments/import_bank_file.h"

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
};

struct TakeOutcome {
  std::int64_t payments = 0;
  std::int64_t repeated = 0;
  std::map<base::Currency, BankImportSums> sums;
  std::map<std::string, std::int64_t> suspense;
};

// In the caller's transaction, which holds kBankImportLock. Errors: those of the store;
// database_busy where another writer kept one of the payments meanwhile, or changed a bill.
[[nodiscard]] base::Result<TakeOutcome> take_items(ports::Transaction& transaction,
                                                   const TakeContext& context,
                                                   std::span<const TakenItem> items);

}  // namespace flows
