// The bank's side of a file, besides customers' payments: balances of statements, money that was
// spent or charged, and what became of refunds.
//
// Booked on the house, so that the ledger's bank is the bank's balance: what was spent against
// bank_other, what the bank took against bank_charges, interest either way against bank_interest,
// a refund that left against clearing:refunds; the first balance of an account against
// bank_opening. In the import's transaction; nothing changes twice.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/bank/bank_file.h"
#include "domain/payment/money_item.h"
#include "domain/reconcile/statement_chain.h"
#include "flows/refunds/refund_rows.h"

namespace flows {

struct BankSide {
  std::vector<domain::MoneyItem> spent;
  std::vector<domain::KnownStatement> statements;
  std::vector<domain::BankStatus> statuses;
};

[[nodiscard]] base::Result<> keep_bank_side(ports::Transaction& transaction,
                                            domain::BankFileId file, const BankSide& side,
                                            const RefundContext& context);

// Follows one statement through a file: which days its entries have, and what it is in the end.
class StatementDays {
 public:
  void begin() { first_ = last_ = std::nullopt; }
  void entry(const domain::BankEntry& entry, std::optional<base::Date> fallback);
  // Absent where it says no two balances, or no day. The file is keep_bank_side's to say.
  [[nodiscard]] std::optional<domain::KnownStatement> end(
      const domain::BankStatement& statement) const;

 private:
  std::optional<base::Date> first_, last_;
};

}  // namespace flows
