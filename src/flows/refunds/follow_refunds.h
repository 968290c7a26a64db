// What becomes of refunds that went to the bank: the debit entry with its end-to-end id confirms
// it, a pain.002 rejects it, an entry that brings the money back returns it.
//
// In the import's transaction. What fits no refund to the cent is left for people: the money
// stands under bank_other or in suspense, and the refund stays on its way.
#pragma once

#include <optional>
#include <span>

#include "domain/bank/bank_file.h"
#include "domain/payment/money_item.h"
#include "flows/refunds/refund_rows.h"

namespace flows {

// The refund that this money, spent by the bank, is; it is confirmed. Absent: none.
[[nodiscard]] base::Result<std::optional<domain::RefundId>> confirm_refund(
    ports::Transaction& transaction, const domain::MoneyItem& spent, const RefundContext& context);

// Rejected ones go back to the credit; anything else says nothing yet.
[[nodiscard]] base::Result<> follow_statuses(ports::Transaction& transaction,
                                             std::span<const domain::BankStatus> statuses,
                                             const RefundContext& context);

// A payment that brings a confirmed refund back, as it was taken in: of an account's credit it is
// its credit again, of suspense it waits there. Others are nothing to it.
[[nodiscard]] base::Result<> follow_return(ports::Transaction& transaction,
                                           const domain::MoneyItem& item,
                                           const RefundContext& context);

}  // namespace flows
