// Commands of money that waits for its owner: what it may be for, why, and a person's yes to it
// (commands_payers.cpp).
#pragma once

#include <cstdint>
#include <string>

#include "app/cli/commands.h"

namespace app::cli {

struct PaymentWorklistOptions {
  std::string reason;
  std::string search;  // Words of the payer's name, the text or the reference.
  std::string after;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome payment_worklist(const Context& context,
                                       const PaymentWorklistOptions& options);
[[nodiscard]] Outcome payment_candidates(const Context& context, const std::string& payment);

struct PaymentAcceptOptions {
  std::string payment;
  std::string candidate;
  std::string reason;
  std::string by;
};
[[nodiscard]] Outcome payment_accept(const Context& context, const PaymentAcceptOptions& options);

struct PaymentMatchOptions {
  std::string by;
};
// Looks again at all that waits.
[[nodiscard]] Outcome payment_match(const Context& context, const PaymentMatchOptions& options);

}  // namespace app::cli
