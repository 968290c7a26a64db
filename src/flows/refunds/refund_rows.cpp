#include "flows/refunds/refund_rows.h"

#include <algorithm>

#include "flows/intents/apply_intent_update.h"
#include "flows/operations/derived_ids.h"
#include "flows/payments/book_return.h"
#include "flows/payments/return_payment.h"
#include "flows/reconcile/house_assignment.h"
#include "ports/access.h"
#include "ports/billing.h"
#include "ports/ledger.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::Refund;

constexpr std::size_t kRefundsMax = 1'000;
constexpr std::size_t kRunsLookedAt = 20;

enum class Way { kTaken, kBack };

std::string_view word_of(Way way) { return way == Way::kBack ? "refund_returned" : "refund"; }

Result<ports::IncomingPayment> hold_payment(ports::Transaction& transaction, domain::PaymentId id) {
  TRY(transaction.work().lock(payment_lock(id)));
  auto payment = TRY(transaction.payments().find_payment(id));
  if (!payment) return base::fail("payment_not_found", "there is no such payment", id.to_string());
  return *std::move(payment);
}

// A run that has begun may be using the credit.
Result<> check_no_run(ports::Transaction& transaction) {
  for (const auto& run : TRY(transaction.billing().list_runs(kRunsLookedAt))) {
    if (run.state == "done") continue;
    return base::fail("run_unfinished",
                      "a billing run is at work and may use the credit: approve when it is done",
                      run.id.to_string());
  }
  return {};
}

std::string words(Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

bool is_withdrawn(const Refund& refund) { return refund.state == domain::RefundState::kWithdrawn; }

domain::PostingId posting_id(const Refund& refund, Way way) {
  return derived_id<domain::PostingId>({"posting", refund.id.to_string(), word_of(way)});
}

Result<> add_posting(const Refund& refund, Way way, const RefundContext& context,
                     PaymentRows& rows) {
  domain::Posting::Head head;
  head.id = posting_id(refund, way);
  head.account = refund.account;
  head.kind = word_of(way);
  head.effective = context.day;
  head.recorded = context.recorded;
  head.source = refund.id.to_string();
  std::vector<domain::Entry> entries = domain::refund_entries(refund);
  if (way == Way::kBack) {
    head.reverses = posting_id(refund, Way::kTaken);
    for (domain::Entry& entry : entries) entry.amount = -entry.amount;
  }
  rows.postings.push_back(TRY(domain::Posting::make(std::move(head), std::move(entries))));
  return {};
}

Result<> change_credit(ports::Transaction& transaction, const Refund& refund, Way way,
                       const RefundContext& context, PaymentRows& rows) {
  ports::AccountCredit credit;
  credit.account = refund.account;
  credit.id = derived_id<domain::CreditId>({"credit", refund.id.to_string(), word_of(way)});
  credit.amount = way == Way::kBack ? refund.amount : -refund.amount;
  credit.reason = word_of(way);
  credit.effective = context.day;
  credit.epoch = TRY(transaction.work().hold_epoch());
  credit.recorded = context.recorded;
  rows.credits.push_back(std::move(credit));
  base::Json data;
  data.set("refund", refund.id.to_string())
      .set("amount", refund.amount.to_decimal_string())
      .set("currency", refund.amount.currency().code());
  if (way == Way::kBack && !is_withdrawn(refund)) {
    data.set("state", domain::to_text(refund.state)).set("code", refund.why);
  }
  rows.events.push_back({.account = refund.account,
                         .kind = way == Way::kTaken     ? "credit_refunded"
                                 : is_withdrawn(refund) ? "credit_refund_withdrawn"
                                                        : "credit_refund_returned",
                         .effective = context.day,
                         .recorded = context.recorded,
                         .actor = context.actor,
                         .data = std::move(data),
                         .text = way == Way::kBack ? context.reason : refund.reason});
  return {};
}

// The payment is assigned to the house: to nobody's account and no bill.
Result<> change_payment(ports::Transaction& transaction, const Refund& refund, Way way,
                        const RefundContext& context, PaymentRows& rows) {
  ports::IncomingPayment payment = TRY(hold_payment(transaction, refund.payment));
  const bool is_there = payment.state == "suspense" && refund.amount <= payment.open();
  if (way == Way::kTaken && !is_there) {
    return base::fail("credit_not_enough",
                      "only " + payment.open().to_decimal_string() + " of the payment still waits",
                      payment.id.to_string());
  }
  const auto id = [&](Way of) {
    return derived_id<domain::AllocationId>({"allocation", refund.id.to_string(), word_of(of)});
  };
  HouseAssignment assignment{.id = id(way),
                             .amount = way == Way::kBack ? -refund.amount : refund.amount,
                             .by = std::string(word_of(way)),
                             .day = context.day,
                             .posting = posting_id(refund, way)};
  if (way == Way::kBack) assignment.undoes = id(Way::kTaken);
  assign_to_house(payment, assignment, context.recorded, rows);
  if (way == Way::kBack) {
    payment.reason = is_withdrawn(refund) ? "refund_withdrawn" : "refund_rejected";
    // It went back by the bank as well: nothing of it waits.
    if (TRY(find_return_of(transaction, payment))) payment.state = "returned";
  }
  return transaction.payments().update_payment(payment);
}

Result<> keep(ports::Transaction& transaction, const Refund& refund, Way way,
              const RefundContext& context) {
  PaymentRows rows;
  TRY(add_posting(refund, way, context, rows));
  if (refund.payment.is_nil()) {
    TRY(change_credit(transaction, refund, way, context, rows));
  } else {
    TRY(change_payment(transaction, refund, way, context, rows));
  }
  return rows.keep(transaction);
}

}  // namespace

Result<> check_not_asked_back(ports::Transaction& transaction, const Refund& refund) {
  if (refund.payment.is_nil()) return {};
  const auto payment = TRY(transaction.payments().find_payment(refund.payment));
  if (!payment || !payment->bank_account.starts_with("clearing:")) return {};
  const auto id = domain::IntentId::parse(payment->end_to_end_id);
  if (!id) return {};
  const domain::PaymentIntent intent = TRY(hold_intent(transaction, *id)).intent;
  const std::string place = payment->id.to_string();
  if (intent.refund_asked > intent.refunded) {
    return base::fail("refund_asked_of_provider",
                      intent.gateway + " is asked to give back " +
                          words(intent.refund_asked - intent.refunded) + " of " + id->to_string() +
                          ": wait for its answer (telgiro intent ask --intent); when it refuses, "
                          "propose the refund again",
                      place);
  }
  const auto came =
      std::ranges::find(intent.payments, payment->id, &domain::IntentPayment::payment);
  if (came == intent.payments.end()) return {};
  if (came->back + TRY(paid_out_of(transaction, *payment)) > came->amount) {
    return base::fail("refund_gone_by_provider",
                      intent.gateway + " has given it back itself: withdraw " +
                          refund.id.to_string() + " (telgiro refund withdraw)",
                      place);
  }
  return {};
}

Result<Money> refundable(ports::Transaction& transaction, const Refund& refund,
                         base::Currency currency) {
  Money available(0, currency);
  ports::RefundFilter filter{.state = domain::RefundState::kProposed, .limit = kRefundsMax};
  if (refund.payment.is_nil()) {
    available = TRY(credit_of(transaction, refund.account, currency));
    filter.account = refund.account;
  } else {
    TRY(check_not_asked_back(transaction, refund));
    const auto payment = TRY(hold_payment(transaction, refund.payment));
    if (payment.state == "suspense") available = payment.open();
  }
  for (const Refund& other : TRY(transaction.payments().refunds().list(filter))) {
    const bool same = other.account == refund.account && other.payment == refund.payment;
    if (same && other.id != refund.id && other.amount.currency() == currency) {
      available -= other.amount;
    }
  }
  return available;
}

Result<> check_not_returned(ports::Transaction& transaction, const Refund& refund) {
  if (refund.payment.is_nil()) return {};
  const ports::IncomingPayment payment = TRY(hold_payment(transaction, refund.payment));
  const std::string id = payment.id.to_string();
  const auto back = TRY(find_return_of(transaction, payment));
  if (back || payment.state == "returned") {
    return base::fail("refund_of_returned",
                      "its payment went back by the bank already: refuse or withdraw the refund",
                      id);
  }
  const auto returns = TRY(open_returns(transaction, {&payment, 1}));
  const ports::IncomingPayment* beside = return_beside(payment, returns);
  if (beside == nullptr) return {};
  return base::fail(
      "refund_of_returned",
      "its payment may have gone back by the bank: settle " + beside->id.to_string() + " first",
      id);
}

Result<> take_refund(ports::Transaction& transaction, Refund& refund,
                     const RefundContext& context) {
  TRY(check_no_run(transaction));
  TRY(check_not_asked_back(transaction, refund));
  TRY(check_not_returned(transaction, refund));
  if (refund.payment.is_nil()) {
    const Money credit = TRY(credit_of(transaction, refund.account, refund.amount.currency()));
    if (credit < refund.amount) {
      return base::fail("credit_not_enough",
                        "only " + credit.to_decimal_string() + " of the credit is left",
                        refund.account.to_string());
    }
  }
  refund.taken_day = context.day;
  return keep(transaction, refund, Way::kTaken, context);
}

Result<> give_refund_back(ports::Transaction& transaction, Refund& refund,
                          const RefundContext& context) {
  refund.ended = context.recorded;
  refund.ended_day = context.day;
  return keep(transaction, refund, Way::kBack, context);
}

Result<> audit_refund(ports::Transaction& transaction, std::string_view action,
                      const Refund& refund, const RefundContext& context) {
  const std::string id = refund.id.to_string();
  base::Json detail;
  detail.set("amount", refund.amount.to_decimal_string())
      .set("currency", refund.amount.currency().code())
      .set("state", domain::to_text(refund.state));
  return transaction.access().add_audit({.id = derived_id<domain::AuditId>({"audit", action, id}),
                                         .actor = context.actor,
                                         .action = std::string(action),
                                         .subject = id,
                                         .detail = std::move(detail),
                                         .recorded = context.recorded});
}

}  // namespace flows
