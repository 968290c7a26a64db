#include "flows/intents/book_capture.h"

#include <algorithm>

#include "flows/operations/derived_ids.h"
#include "flows/payments/follow_open.h"
#include "support/observe/log.h"

namespace flows {

using base::Money;
using base::Result;
using domain::PaymentId;
using domain::PaymentIntent;
using ports::IncomingPayment;

std::vector<ports::Billing::BillKey> keys_of(const PaymentIntent& intent) {
  std::vector<ports::Billing::BillKey> keys;
  for (const domain::IntentPart& part : intent.parts) keys.push_back({intent.account, part.bill});
  return keys;
}

void add_changed(const BillsById& bills, PaymentRows& rows) {
  for (const auto& [id, held] : bills) {
    if (held.has_changed) rows.bills.push_back(held.bill);
  }
}

IncomingPayment intent_payment(const PaymentIntent& intent, Money amount, std::string_view what,
                               const IntentContext& context, base::Date today) {
  IncomingPayment payment;
  payment.id = derived_id<PaymentId>(
      {"intent payment", intent.id.to_string(), what, std::to_string(intent.version)});
  payment.bank_account = "clearing:" + intent.gateway;
  payment.rail = intent.method;
  payment.amount = amount;
  payment.booked = payment.value = today;
  payment.bank_reference = intent.provider_reference;
  payment.end_to_end_id = intent.id.to_string();
  payment.allocated = Money(0, amount.currency());
  payment.recorded = context.recorded;
  return payment;
}

domain::PostingId clearing_posting(PaymentId about) {
  return derived_id<domain::PostingId>({"posting", about.to_string(), "clearing"});
}

Result<> book_clearing(const PaymentIntent& intent, Money amount, PaymentId about,
                       PaymentRows& rows, const IntentContext& context, base::Date today) {
  domain::Posting::Head head;
  head.id = clearing_posting(about);
  head.kind = "gateway";
  head.effective = today;
  head.recorded = context.recorded;
  head.source = intent.id.to_string();
  rows.postings.push_back(TRY(domain::Posting::make(
      std::move(head), domain::bank_entries("clearing:" + intent.gateway, amount))));
  return {};
}

namespace {

// Why what came does not stay.
std::string_view reason_of(const PaymentIntent& intent, Money assigned, Money captured) {
  if (intent.unwanted) return "was_stopped";
  // All that was asked for is paid by it, and it is more.
  const bool is_more = intent.captured - (captured - assigned) >= intent.amount;
  return is_more ? "paid_too_much" : "paid_twice";
}

// What came is true and is booked; that it is not what was asked for is for people to see.
void tell_of_difference(const PaymentIntent& intent) {
  observe::log(observe::Level::kWarning, "intent_amount_differs",
               {{"gateway", intent.gateway},
                {"intent", intent.id.to_string()},
                {"asked", intent.amount.to_decimal_string()},
                {"came", intent.captured.to_decimal_string()}});
}

}  // namespace

Result<> book_capture(PaymentIntent& intent, Money captured, BillsById& bills, PaymentRows& rows,
                      const IntentContext& context, base::Date today) {
  const Money nothing(0, captured.currency());
  const AllocationContext allocation{.recorded = context.recorded, .actor = context.actor};
  // What came before this word has covered the parts from the first on.
  Money covered = intent.captured - captured;
  Money left = captured;
  std::vector<domain::AllocationPart> parts;
  for (const domain::IntentPart& part : intent.parts) {
    if (intent.unwanted) break;
    const Money done = std::min(covered, part.amount);
    covered -= done;
    const Money wanted = std::min(left, part.amount - done);
    left -= wanted;
    const auto held = bills.find(part.bill);
    if (held == bills.end() || held->second.bill.state != domain::BillState::kOpen) continue;
    domain::Bill& bill = held->second.bill;
    const Money amount = std::min(wanted, std::max(bill.rest(), nothing));
    if (amount.is_zero()) continue;
    parts.push_back({part.bill, amount, "gateway"});
    domain::pay(bill, amount);
    held->second.touch();
  }
  Money assigned = nothing;
  for (const domain::AllocationPart& part : parts) assigned += part.amount;
  if (!assigned.is_zero()) {
    IncomingPayment payment = intent_payment(intent, assigned, "came", context, today);
    for (const domain::AllocationPart& part : parts) {
      TRY(rows.allocate(payment, intent.account, part, allocation));
    }
    intent.payments.push_back({payment.id, assigned, nothing});
    TRY(book_clearing(intent, assigned, payment.id, rows, context, today));
    rows.payments.push_back(std::move(payment));
  }
  const Money rest = captured - assigned;
  if (!rest.is_zero()) {
    IncomingPayment payment = intent_payment(intent, rest, "too much", context, today);
    payment.reason = reason_of(intent, assigned, captured);
    follow_open(payment);
    TRY(book_clearing(intent, rest, payment.id, rows, context, today));
    intent.payments.push_back({payment.id, rest, nothing});
    rows.payments.push_back(std::move(payment));
    intent.refund_asked += rest;
    intent.ask_at = context.recorded;
  }
  if (intent.captured != intent.amount) tell_of_difference(intent);
  return {};
}

bool is_told(const PaymentIntent& after, const domain::IntentChange& change) {
  return change.state_changed || (!change.captured.is_zero() && after.captured != after.amount);
}

ports::NewEvent intent_event(const PaymentIntent& intent, const IntentContext& context,
                             base::Date effective) {
  base::Json data;
  data.set("intent", intent.id.to_string())
      .set("state", to_text(intent.state))
      .set("amount", intent.amount.to_decimal_string())
      .set("currency", intent.amount.currency().code())
      .set("gateway", intent.gateway)
      .set("method", intent.method);
  // Said where it is not what was asked for.
  const bool differs = !intent.captured.is_zero() && intent.captured != intent.amount;
  data.set("captured", differs ? base::Json(intent.captured.to_decimal_string()) : base::Json());
  return {.account = intent.account,
          .kind = "intent_changed",
          .effective = effective,
          .recorded = context.recorded,
          .actor = context.actor,
          .data = std::move(data),
          .text = {}};
}

}  // namespace flows
