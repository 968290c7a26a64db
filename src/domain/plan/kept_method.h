// KeptMethod: a way to pay that a customer let us keep at a provider, with the proof that they did.
//
// asked (the payment that brings it is not settled) -> kept -> ended (its provider said no for
// good, or it ran out) | forgotten (its owner wants it no more). What the provider calls it is
// known to nobody else; people see its title.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"

namespace domain {

enum class KeptMethodState { kAsked, kKept, kEnded, kForgotten };
[[nodiscard]] std::string_view to_text(KeptMethodState state);
// Errors: unknown_value.
[[nodiscard]] base::Result<KeptMethodState> parse_kept_method_state(std::string_view text);

struct KeptMethod {
  KeptMethodId id;
  AccountId account;
  IntentId intent;                        // The payment with which it came.
  std::string gateway, method;            // "adyen", "card"
  std::string token;                      // The provider's; sealed on disk.
  std::string title;                      // "•••• 4242"
  std::optional<base::Month> until = {};  // The last month in which it works.
  bool for_bills = false;                 // Bills are charged by it on their due day.
  KeptMethodState state = KeptMethodState::kAsked;
  std::string reason = {};  // Why it is over, a code.
  // The proof: which words were agreed to, when and from where.
  std::string consent_text, consent_ip;
  base::Instant consent_at;
  std::int64_t version = 1;
  base::Instant recorded;
};

// Whether it can be charged on that day as far as is known.
[[nodiscard]] bool works_on(const KeptMethod& method, base::Date day);

}  // namespace domain
