#include "domain/payment/intent.h"

#include <algorithm>
#include <array>

namespace domain {
namespace {

constexpr std::array<std::string_view, 8> kStates = {
    "created", "pending", "authorised", "settled", "failed", "cancelled", "expired", "reversed"};
constexpr std::array<std::string_view, 5> kDeclines = {"none", "retry_later", "needs_customer",
                                                       "stop", "our_mistake"};
constexpr std::array<std::string_view, 6> kChannels = {"online", "mobile",    "link",
                                                       "phone",  "in_person", "scheduled"};

template <class Enum, std::size_t N>
base::Result<Enum> parse(const std::array<std::string_view, N>& names, std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) {
    return base::fail("unknown_value", "no payment through a provider has such a value",
                      std::string(text));
  }
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view to_text(IntentState state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view to_text(Decline decline) { return kDeclines[static_cast<std::size_t>(decline)]; }
std::string_view to_text(PaymentChannel channel) {
  return kChannels[static_cast<std::size_t>(channel)];
}

base::Result<IntentState> parse_intent_state(std::string_view text) {
  return parse<IntentState>(kStates, text);
}
base::Result<Decline> parse_decline(std::string_view text) {
  return parse<Decline>(kDeclines, text);
}
base::Result<PaymentChannel> parse_payment_channel(std::string_view text) {
  return parse<PaymentChannel>(kChannels, text);
}

}  // namespace domain
