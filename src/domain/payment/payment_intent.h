// The intent as it is kept, and what a provider's word does to it (D4).
//
// Providers say things twice, late and out of order, and sometimes nothing. So sums only grow, an
// end is never left because of an old word, and a word that contradicts what is known makes us ask
// rather than believe. What has to be booked is what the sums grew by.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/payment/intent.h"

namespace domain {

// Money that came by an intent, as a payment in the books, and how much of it went back.
struct IntentPayment {
  PaymentId payment;
  base::Money amount;
  base::Money back;
};

struct PaymentIntent {
  IntentId id;
  AccountId account;
  std::string gateway;  // "adyen"
  std::string method;   // "card"
  PaymentChannel channel = PaymentChannel::kOnline;
  std::vector<IntentPart> parts;  // What is to be paid with it; of this account.
  base::Money amount;             // Their sum.
  IntentState state = IntentState::kCreated;
  base::Money authorised, captured, refunded;  // Sums so far.
  base::Money refund_asked;  // What we want to go back, once it came; above refunded: under way.
  // Up to which sum the refund goes that is being ordered: it stays so until that one is answered,
  // whatever is asked for meanwhile. Then refund_sent is the same.
  base::Money refund_ordered;
  base::Money refund_sent;
  std::vector<IntentPayment> payments;  // What came by it, oldest first.
  std::optional<base::Money> fee;       // The provider's.
  std::string provider_reference;
  Decline decline = Decline::kNone;
  std::string code, text;             // The provider's own words of a refusal.
  std::string action_url, action_qr;  // Where the customer goes on.
  std::string stored_method, stored_title, stored_until;
  bool stopping = false;  // It is to be ended before money moves.
  // Its payer said so, and not what else was paid: what comes all the same goes back, all of it.
  bool unwanted = false;
  base::Instant created, changed;
  std::optional<base::Instant> expires;
  std::optional<base::Instant> ask_at;  // When to ask the provider; nothing: it is over.
  std::int64_t asked = 0;               // How often without an answer.
  std::int64_t version = 1;
};

// Whether money may still come by it without anybody doing more: it holds its part of the bill.
[[nodiscard]] bool is_live(IntentState state);
// What of the bill its money is for, or is already; zero where it is over.
[[nodiscard]] base::Money held_for(const PaymentIntent& intent, BillId bill);

// Errors: intent_is_empty, intent_amount_not_positive, other_currency, intent_bill_twice. Place:
// the bill.
[[nodiscard]] base::Result<PaymentIntent> make_intent(IntentId id, AccountId account,
                                                      std::vector<IntentPart> parts,
                                                      base::Instant now);

struct IntentChange {
  bool changed = false;  // Anything that is kept.
  bool state_changed = false;
  base::Money captured;  // What came with this word.
  base::Money refunded;  // What went back with it; below zero: a refund came back to us.
};
// More may come than was asked for: it is true all the same. Errors: intent_currency_differs,
// intent_sum_impossible (more refunded than captured). Then the intent is as it was.
[[nodiscard]] base::Result<IntentChange> apply_update(PaymentIntent& intent,
                                                      const IntentUpdate& update,
                                                      base::Instant now);

// What is to be done next at the provider.
enum class IntentStep {
  kNothing,  // It is over, or nobody has to do anything now.
  kOrder,    // It was never answered that the order is there: order it, with the same key.
  kCapture,
  kCancel,
  kRefund,
  kAsk,
};
// `capture_now`: the provider captures by itself.
[[nodiscard]] IntentStep next_step(const PaymentIntent& intent, bool capture_now);

// How long to wait before asking again, after so many times without an answer: from seconds to a
// day. A provider that is down is not asked by everybody each second.
[[nodiscard]] std::int64_t ask_gap_micros(std::int64_t asked);
// So often without an answer a person is told.
inline constexpr std::int64_t kAskedBeforeTold = 12;

}  // namespace domain
