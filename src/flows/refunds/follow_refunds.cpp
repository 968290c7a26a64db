#include "flows/refunds/follow_refunds.h"

#include <algorithm>

#include "flows/operations/derived_ids.h"
#include "flows/payments/payment_rows.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::Refund;
using domain::RefundState;

constexpr std::size_t kRefundsOfBatchMax = 10'000;

Result<> reject(ports::Transaction& transaction, Refund refund, const domain::BankStatus& status,
                const RefundContext& context) {
  if (refund.state != RefundState::kSent) return {};
  refund.state = RefundState::kRejected;
  refund.why = status.code;
  TRY(give_refund_back(transaction, refund, context));
  TRY(audit_refund(transaction, "refund.rejected", refund, context));
  return transaction.payments().refunds().update(refund);
}

// Of a batch or message that is rejected as a whole.
Result<> reject_batch(ports::Transaction& transaction, std::string name,
                      const domain::BankStatus& status, const RefundContext& context) {
  std::ranges::replace(name, '-', '_');
  const auto id = domain::RefundBatchId::parse(name);
  if (!id) return {};
  const ports::RefundFilter filter{
      .state = RefundState::kSent, .batch = *id, .limit = kRefundsOfBatchMax};
  auto refunds = TRY(transaction.payments().refunds().list(filter));
  for (Refund& refund : refunds) {
    TRY(reject(transaction, std::move(refund), status, context));
  }
  return {};
}

Result<> take_back(ports::Transaction& transaction, Refund refund, const domain::MoneyItem& item,
                   const RefundContext& context) {
  const auto id = derived_id<domain::PaymentId>({"payment", item.identity});
  TRY(transaction.work().lock(payment_lock(id)));
  auto payment = TRY(transaction.payments().find_payment(id));
  const bool waits = payment && payment->state == "suspense";
  if (!waits || payment->amount.currency() != refund.amount.currency()) return {};
  if (payment->open() != refund.amount) return {};
  refund.state = RefundState::kReturned;
  refund.why = item.reason;
  if (!refund.account.is_nil()) {
    PaymentRows rows;
    AllocationContext allocation{.recorded = context.recorded, .actor = context.actor};
    allocation.epoch = TRY(transaction.work().hold_epoch());
    const domain::AllocationPart part{{}, refund.amount, "refund_returned"};
    TRY(rows.allocate(*payment, refund.account, part, allocation));
    TRY(rows.keep(transaction));
    TRY(transaction.payments().update_payment(*payment));
  }
  TRY(audit_refund(transaction, "refund.returned", refund, context));
  return transaction.payments().refunds().update(refund);
}

}  // namespace

Result<std::optional<domain::RefundId>> confirm_refund(ports::Transaction& transaction,
                                                       const domain::MoneyItem& spent,
                                                       const RefundContext& context) {
  const domain::RefundId id = domain::refund_of(spent.end_to_end_id);
  if (id.is_nil()) return std::optional<domain::RefundId>();
  TRY(transaction.work().lock(kRefundLock));
  auto refund = TRY(transaction.payments().refunds().find(id));
  const bool is_it = refund && refund->state == RefundState::kSent &&
                     refund->amount.currency() == spent.amount.currency() &&
                     refund->amount == -spent.amount;
  if (!is_it) return std::optional<domain::RefundId>();
  refund->state = RefundState::kConfirmed;
  refund->ended = context.recorded;
  refund->ended_day = spent.booked;
  TRY(audit_refund(transaction, "refund.confirmed", *refund, context));
  TRY(transaction.payments().refunds().update(*refund));
  return std::optional(id);
}

Result<> follow_statuses(ports::Transaction& transaction,
                         std::span<const domain::BankStatus> statuses,
                         const RefundContext& context) {
  for (const domain::BankStatus& status : statuses) {
    if (status.state != "rejected") continue;
    TRY(transaction.work().lock(kRefundLock));
    if (status.end_to_end_id.empty()) {
      const std::string& name = status.batch_id.empty() ? status.message_id : status.batch_id;
      TRY(reject_batch(transaction, name, status, context));
      continue;
    }
    const domain::RefundId id = domain::refund_of(status.end_to_end_id);
    if (id.is_nil()) continue;
    auto refund = TRY(transaction.payments().refunds().find(id));
    if (refund) TRY(reject(transaction, *std::move(refund), status, context));
  }
  return {};
}

Result<> follow_return(ports::Transaction& transaction, const domain::MoneyItem& item,
                       const RefundContext& context) {
  if (item.reason != "reversal" || item.amount.is_negative()) return {};
  const domain::RefundId id = domain::refund_of(item.end_to_end_id);
  if (id.is_nil()) return {};
  TRY(transaction.work().lock(kRefundLock));
  auto refund = TRY(transaction.payments().refunds().find(id));
  if (!refund || refund->state != RefundState::kConfirmed) return {};
  return take_back(transaction, *std::move(refund), item, context);
}

}  // namespace flows
