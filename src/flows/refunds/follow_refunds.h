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
    ports::Transaction& transaction, const domain::MoneyItem& spent,
    const RefundContext& context);

// Rejected ones go back to the credit; anything else says nothing yet.
[[nodiscard]] base::Result<> follow_statuses(ports::Transaction& transaction,
                                             std::span<const domain::BankStatus> statuses,
                                             const RefundContext& context);

// Payments that bring a confirmed refund back, as they were taken in: of an account's credit they
// are its credit again, of suspense they wait there.
[[nodiscard]] base::Result<> follow_returns(ports::Transaction& transaction,
                                            std::span<const domain::MoneyItem> items,
                                            const RefundContext& context);

}  // namespace flows
