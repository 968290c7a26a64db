// Money that is paid back: from an account's credit, or to whoever sent money that nobody could
// assign. Pure: which states follow one another, who may approve, and what is booked.
//
//   proposed -> approved -> sent -> confirmed -> returned
//            -> refused  -> withdrawn
//                           sent -> rejected
//
// The money is taken from the credit (or from suspense) when it is approved; where the bank
// rejects or returns it, it comes back to where it was.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/ledger/posting.h"
#include "domain/reconcile/ids.h"
#include "domain/refund/limits.h"

namespace domain {

enum class RefundState {
  kProposed,
  kRefused,
  kApproved,
  kSent,
  kConfirmed,
  kRejected,
  kReturned,
  kWithdrawn,
};
[[nodiscard]] std::string_view to_text(RefundState state);
// Errors: unknown_refund_state.
[[nodiscard]] base::Result<RefundState> parse_refund_state(std::string_view text);

struct Refund {
  RefundId id;
  AccountId account;  // Whose credit; nil: of a payment in suspense.
  PaymentId payment;  // Nil: of an account's credit.
  base::Money amount;
  std::string payee_name, payee_account;  // IBAN, bankgiro or plusgiro.
  std::string reason;                     // In words, of who proposed it.
  RefundState state = RefundState::kProposed;
  std::string why;  // The bank's code where it was rejected or returned.
  std::string asked_by;
  base::Instant recorded;
  std::string decided_by;  // Empty: nobody yet. The limit's own: "limit".
  std::optional<base::Instant> decided = {};
  RefundBatchId batch;                       // Nil: not in a file yet.
  std::optional<base::Instant> ended = {};   // Confirmed, rejected, returned or withdrawn.
  std::optional<base::Date> taken_day = {};  // When it left the credit or suspense.
  std::optional<base::Date> ended_day = {};  // When it left the bank, or came back.

  // As banks carry it: letters, digits and a hyphen.
  [[nodiscard]] std::string end_to_end_id() const;
  // Taken from the credit or suspense on the day, and not out of the bank or back by then.
  [[nodiscard]] bool is_on_its_way(base::Date day) const;
};
// The refund that an end-to-end id names; nil where it names none.
[[nodiscard]] RefundId refund_of(std::string_view end_to_end_id);

// One file of refunds to the bank.
struct RefundBatch {
  RefundBatchId id;
  std::string bank_account;  // Ours.
  base::Money amount;
  std::int64_t refunds = 0;
  base::Date day;
  std::string sent_by;
  base::Instant recorded;
};

// Errors: amount_not_positive, refund_above_maximum, credit_not_enough.
[[nodiscard]] base::Result<> check_refund(base::Money amount, base::Money available,
                                          const RefundLimits& limits);
[[nodiscard]] bool needs_second_person(base::Money amount, const RefundLimits& limits);

// The actor of commands that name nobody: no person, and so neither the first nor the second one.
inline constexpr std::string_view kCommandLine = "command";
[[nodiscard]] inline bool is_person(std::string_view actor) {
  return !actor.empty() && actor != kCommandLine;
}
// Whether this actor may propose so much: above the limit two people are named, and differ.
// Errors: person_not_named.
[[nodiscard]] base::Result<> check_asker(base::Money amount, std::string_view actor,
                                         const RefundLimits& limits);
// The refund after a person's yes or no. Errors: refund_decided, person_not_named,
// asker_not_known, approver_is_asker.
[[nodiscard]] base::Result<Refund> decide(Refund refund, bool yes, std::string_view actor,
                                          const RefundLimits& limits, base::Instant now);

// An approved refund that is not to be paid after all. Errors: refund_not_approved, refund_in_file,
// refund_decided (it was refused, withdrawn or paid out).
[[nodiscard]] base::Result<Refund> withdraw(Refund refund);

// Debit where the money was, credit what is on its way.
[[nodiscard]] std::vector<Entry> refund_entries(const Refund& refund);

inline constexpr std::string_view kRefundClearing = "clearing:refunds";

}  // namespace domain
