#include "domain/payment/intent.h"

#include <algorithm>
#include <array>
#include <utility>

namespace domain {
namespace {

constexpr std::array<IntentState, 8> kStates = {IntentState::kCreated,    IntentState::kPending,
                                                IntentState::kAuthorised, IntentState::kSettled,
                                                IntentState::kFailed,     IntentState::kCancelled,
                                                IntentState::kExpired,    IntentState::kReversed};

}  // namespace

std::string_view to_text(IntentState state) {
  switch (state) {
    case IntentState::kCreated: return "created";
    case IntentState::kPending: return "pending";
    case IntentState::kAuthorised: return "authorised";
    case IntentState::kSettled: return "settled";
    case IntentState::kFailed: return "failed";
    case IntentState::kCancelled: return "cancelled";
    case IntentState::kExpired: return "expired";
    case IntentState::kReversed: return "reversed";
  }
  std::unreachable();
}

base::Result<IntentState> parse_intent_state(std::string_view text) {
  const auto* found =
      std::ranges::find_if(kStates, [&](IntentState state) { return to_text(state) == text; });
  if (found != kStates.end()) return *found;
  return base::fail("unknown_intent_state", "no payment is ever in such a state",
                    std::string(text));
}

std::string_view to_text(Decline decline) {
  switch (decline) {
    case Decline::kNone: return "none";
    case Decline::kRetryLater: return "retry_later";
    case Decline::kNeedsCustomer: return "needs_customer";
    case Decline::kStop: return "stop";
    case Decline::kOurMistake: return "our_mistake";
  }
  std::unreachable();
}

std::string_view to_text(PaymentChannel channel) {
  switch (channel) {
    case PaymentChannel::kOnline: return "online";
    case PaymentChannel::kMobile: return "mobile";
    case PaymentChannel::kLink: return "link";
    case PaymentChannel::kPhone: return "phone";
    case PaymentChannel::kInPerson: return "in_person";
    case PaymentChannel::kScheduled: return "scheduled";
  }
  std::unreachable();
}

}  // namespace domain
