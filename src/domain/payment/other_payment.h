// Words of a provider about another payment than the one that holds an intent's money (D4).
//
// On one page a customer may try several cards, and even pay twice. Each of these is a payment of
// its own at the provider, under its own name, and all are told of by our name of the intent. The
// first that holds money is the intent's; what is said of another one never changes it.
#pragma once

#include "domain/payment/payment_intent.h"

namespace domain {

// Whether the word, told by the provider unasked, is of another payment. An answer to a question of
// ours is of the payment that we named in it.
[[nodiscard]] bool is_of_another_payment(const PaymentIntent& intent, const IntentUpdate& update);
// Whether it says that money was promised, came or went back; else nothing has to be done about it.
[[nodiscard]] bool tells_of_money(const IntentUpdate& update);

// The other payment as an intent of its own, for the same bills. It was not asked for: it is
// stopped where money has not moved, and pays only what is left when it comes.
[[nodiscard]] PaymentIntent make_other_payment(IntentId id, const PaymentIntent& first,
                                               base::Instant now);

}  // namespace domain
