// Money that a provider captured, assigned to the bills that it was meant for: one way to book it,
// for one word and for many at once. What it changes is gathered, and kept by the caller.
#pragma once

#include <map>
#include <vector>

#include "domain/payment/payment_intent.h"
#include "flows/intents/apply_intent_update.h"
#include "flows/payments/payment_rows.h"
#include "ports/billing.h"

namespace flows {

struct HeldBill {
  domain::Bill bill;
  bool has_changed = false;  // Its version is raised once, however often it changes.
  void touch() {
    if (!has_changed) ++bill.version;
    has_changed = true;
  }
};
using BillsById = std::map<domain::BillId, HeldBill>;
void add_changed(const BillsById& bills, PaymentRows& rows);

[[nodiscard]] std::vector<ports::Billing::BillKey> keys_of(const domain::PaymentIntent& intent);

// The bills of the intent's parts are held; those that are gone are not in `bills`. What finds
// nothing left to pay, what is more than was asked for and what its payer had stopped wait in
// suspense, and are asked back.
[[nodiscard]] base::Result<> book_capture(domain::PaymentIntent& intent, base::Money captured,
                                          BillsById& bills, PaymentRows& rows,
                                          const IntentContext& context, base::Date today);

// A payment of the intent, named after its version: each change makes payments of its own.
[[nodiscard]] ports::IncomingPayment intent_payment(const domain::PaymentIntent& intent,
                                                    base::Money amount, std::string_view what,
                                                    const IntentContext& context, base::Date today);
// What the provider holds for us, more or less; and the posting that says so.
[[nodiscard]] domain::PostingId clearing_posting(domain::PaymentId about);
[[nodiscard]] base::Result<> book_clearing(const domain::PaymentIntent& intent, base::Money amount,
                                           domain::PaymentId about, PaymentRows& rows,
                                           const IntentContext& context, base::Date today);

// What a change of the intent cost: the fee that was said, and that money was taken back though
// nobody of ours had ordered it. (apply_intent_update.cpp)
[[nodiscard]] base::Result<> keep_cost(ports::Transaction& transaction,
                                       const IntentContext& context, base::Date today,
                                       const domain::PaymentIntent& before,
                                       const domain::PaymentIntent& after);

// Whether the account's timeline tells of the change: another state, or another sum than was asked
// for.
[[nodiscard]] bool is_told(const domain::PaymentIntent& after, const domain::IntentChange& change);
[[nodiscard]] ports::NewEvent intent_event(const domain::PaymentIntent& intent,
                                           const IntentContext& context, base::Date effective);

}  // namespace flows
