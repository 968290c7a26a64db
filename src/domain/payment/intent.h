// PaymentIntent (D4): one attempt to pay through a gateway, over one or several bills.
//
// An answer that did not come, or that cannot be understood, leaves the intent pending: it is asked
// for again, and money is never moved a second time to find out. What a gateway says comes as an
// IntentUpdate, whether in an answer, a webhook or a status asked for; updates come twice, late and
// out of order, so each says how far the payment has come, and an update never takes it back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"

namespace domain {

// settled: the rail's rule says the money is ours. reversed: it went back, by refund or recall.
enum class IntentState {
  kCreated,
  kPending,
  kAuthorised,
  kSettled,
  kFailed,
  kCancelled,
  kExpired,
  kReversed,
};
[[nodiscard]] std::string_view to_text(IntentState state);
[[nodiscard]] base::Result<IntentState> parse_intent_state(std::string_view text);

// What a failure means for the next try.
enum class Decline {
  kNone,
  kRetryLater,     // Soft: the same method may work another day.
  kNeedsCustomer,  // They must approve, sign in or choose another method.
  kStop,           // Hard: never again with this method.
  kOurMistake,     // The order was wrong; trying again changes nothing.
};
[[nodiscard]] std::string_view to_text(Decline decline);
[[nodiscard]] base::Result<Decline> parse_decline(std::string_view text);

enum class PaymentChannel { kOnline, kMobile, kLink, kPhone, kInPerson, kScheduled };
[[nodiscard]] std::string_view to_text(PaymentChannel channel);
[[nodiscard]] base::Result<PaymentChannel> parse_payment_channel(std::string_view text);

struct IntentUpdate {
  IntentState state = IntentState::kPending;
  bool answered = true;                 // False: no answer, or one that says nothing; ask again.
  bool must_ask = false;                // Told by somebody who may be anybody (unsigned): only ask.
  std::string event = {};               // Names this saying; empty: it is only the present state.
  std::string provider_reference = {};  // How the provider names the payment.
  // Sums so far, where said.
  std::optional<base::Money> authorised = {}, captured = {}, refunded = {};
  // What this event alone gave back (below zero: it came back to us), where no sum is said.
  std::optional<base::Money> refunded_now = {};
  std::optional<base::Money> fee = {};  // The provider's, where said.
  Decline decline = Decline::kNone;
  std::string code = {}, text = {};  // The provider's own; never shown to customers as they are.
  // Where the customer goes on: a page, an app's link, or what a QR holds.
  std::string action_url = {}, action_qr = {};
  std::optional<base::Instant> expires = {};
  // A method that may be charged later, where the customer agreed to keep it.
  std::string stored_method = {}, stored_title = {};  // "•••• 4242"
  std::string stored_until = {};  // The last month in which it works, where said: "2028-03".
};

struct IntentPart {
  BillId bill;
  AccountId account;
  base::Money amount;
};

}  // namespace domain
