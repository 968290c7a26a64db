// MethodCharge: one row of a bill, charged to a kept method on the day that it is due.
//
// announced (its owner is told of amount and day) -> charging (with the provider) -> settled |
// failed | dropped; from charging back to announced where it is tried again another day. A row has
// one charge: its tries come one after the other, and each has a key of its own, so that no two
// ever run. What is charged is never more than was told. A debit mandate of the account goes first:
// then nothing is charged here.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/collection/retry.h"
#include "domain/ids.h"
#include "domain/payment/intent.h"
#include "domain/plan/kept_method.h"

namespace domain {

enum class ChargeState { kAnnounced, kCharging, kSettled, kFailed, kDropped };
[[nodiscard]] std::string_view to_text(ChargeState state);
// Errors: unknown_value.
[[nodiscard]] base::Result<ChargeState> parse_charge_state(std::string_view text);

struct ChargeKey {
  AccountId account;
  BillId bill;
  base::Date row;  // The day on which it is due.
  friend auto operator<=>(const ChargeKey&, const ChargeKey&) = default;
};

struct MethodCharge {
  ChargeKey key;
  KeptMethodId method;
  base::Money amount;
  base::Date announced, day, first_day;
  int tries = 1;  // With the one that is to come.
  ChargeState state = ChargeState::kAnnounced;
  IntentId intent;          // Of the last try; nil before.
  std::string reason = {};  // Why it is over, or tried again: a code.
  std::int64_t version = 1;
  base::Instant recorded;
};

// Names a try: the same is the same payment, whoever asks for it again.
[[nodiscard]] std::string request_key_of(const MethodCharge& charge);

struct ChargeAsk {
  const Bill& bill;
  const KeptMethod& method;
  bool has_mandate = false;  // Of direct debit, active, of the account.
  int notice_days = 0;
  base::Money pending;  // Of the bill, under way otherwise.
  base::Date today;
};
// What to tell of, so many days before it is due; one that is due already is charged when the
// notice is over. Dropped at once with `method_expired` where the method will not work on the day.
// Nothing where nothing is open, it is too early, or a mandate goes first.
[[nodiscard]] std::optional<MethodCharge> plan_charge(const ChargeAsk& ask);

// On its day: how much, or why not. A code: nothing_owed, not_due (a plan, a later day),
// method_over, method_expired, mandate_goes_first. Empty: it is charged.
struct ChargeDecision {
  base::Money amount;
  std::string dropped = {};
  bool waits = false;  // All of it is being paid another way just now: the next day shows.
};
[[nodiscard]] ChargeDecision decide_charge(const MethodCharge& charge, const ChargeAsk& ask);

// What the provider's word does to the charge.
enum class ChargeAnswer {
  kWait,  // Nothing is known yet.
  kSettled,
  kTryAgain,    // A soft refusal: the day is in the charge.
  kAskOwner,    // The customer must do something, or it was tried often enough.
  kMethodOver,  // A hard refusal: the method is over.
  kOurMistake,
};
[[nodiscard]] ChargeAnswer take_answer(MethodCharge& charge, IntentState state, Decline decline,
                                       const RetryStrategy& retries, std::string_view country,
                                       base::Date today);

}  // namespace domain
