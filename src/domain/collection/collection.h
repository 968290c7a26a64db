// Collection: one debit under a mandate, for one bill.
//
// It is planned and announced, ordered in a file, and from then on pending until the bank has
// paid or refused it; what was paid may come back for weeks or months. What a bank says is an
// answer, applied by one table: said again it changes nothing, and what cannot be is a problem
// that a person looks at.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/bank/payment_order.h"
#include "domain/ids.h"
#include "domain/mandate/mandate.h"

namespace domain {

// dropped: planned, and not needed or not possible any more before it was ordered.
enum class CollectionState {
  kPlanned,
  kOrdered,
  kAccepted,
  kSettled,
  kFailed,
  kReturned,
  kDropped,
};

struct Collection {
  AccountId account;
  CollectionId id;  // Derived from the bill, its part and the try: never made twice.
  MandateId mandate;
  BillId bill;
  MandateScheme scheme = MandateScheme::kSepaCore;
  std::string creditor;
  CollectionState state = CollectionState::kPlanned;
  base::Money amount;    // As announced; what is ordered may be less, never more.
  base::Date announced;  // On which day the payer was told.
  base::Date hand_in;    // Until when the order goes.
  base::Date day;        // Of the debit.
  base::Date first_day;  // Of the first try.
  int tries = 1;
  DebitSequence sequence = DebitSequence::kRecurrent;
  std::string wire;              // What the bank calls it: end-to-end id, reference, KID.
  std::size_t changes_told = 0;  // Of the mandate, when it was ordered.
  OrderFileId file;              // Nil until it is ordered.
  std::string batch;             // Of the file.
  std::string reason;            // Why it failed, came back or was dropped, a code.
  std::string action;            // What was done about it: retry ...
  std::optional<base::Date> settled_on = {};
  std::optional<base::Date> refund_until = {}, unauthorised_until = {};
  PaymentId payment;  // The money; nil until it came.
  std::int64_t version = 1;
  base::Instant recorded;

  // Ordered, and not known to have been paid or refused: not to be paid a second way meanwhile.
  [[nodiscard]] bool is_pending() const {
    return state == CollectionState::kOrdered || state == CollectionState::kAccepted;
  }
  // Nothing else is planned for its bill while it is so.
  [[nodiscard]] bool is_under_way() const {
    return state == CollectionState::kPlanned || is_pending();
  }
};

enum class DebitAnswer { kAccepted, kPending, kRefused, kPaid, kReturned };

enum class AnswerEffect { kApplied, kRepeated, kContradicts };
struct AnswerRow {
  CollectionState from;
  DebitAnswer answer;
  AnswerEffect effect;
  CollectionState to;
};
[[nodiscard]] std::span<const AnswerRow> answer_rows();

// Changes the state where the answer says something new. Errors: debit_not_ordered (planned or
// dropped), debit_already_returned, answer_contradicts (paid and refused ...).
[[nodiscard]] base::Result<AnswerEffect> apply_answer(Collection& collection, DebitAnswer answer);

// What the bank calls the debit and says back: SEPA's end-to-end id is the collection's own id;
// Autogiro and AvtaleGiro carry the bill's reference, by which the money finds the bill.
[[nodiscard]] std::string wire_of(const Collection& collection, std::string_view bill_reference);

[[nodiscard]] std::string_view to_text(CollectionState state);
[[nodiscard]] base::Result<CollectionState> parse_collection_state(std::string_view text);
[[nodiscard]] std::string_view to_text(DebitAnswer answer);
[[nodiscard]] std::string_view to_text(DebitSequence sequence);  // first
[[nodiscard]] base::Result<DebitSequence> parse_debit_sequence(std::string_view text);

}  // namespace domain
