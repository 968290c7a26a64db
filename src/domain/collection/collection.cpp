#include "domain/collection/collection.h"

#include <algorithm>

namespace domain {
namespace {

using State = CollectionState;
using Answer = DebitAnswer;
using Effect = AnswerEffect;

constexpr AnswerRow kRows[] = {
    {State::kOrdered, Answer::kAccepted, Effect::kApplied, State::kAccepted},
    {State::kOrdered, Answer::kPending, Effect::kRepeated, State::kOrdered},
    {State::kOrdered, Answer::kRefused, Effect::kApplied, State::kFailed},
    {State::kOrdered, Answer::kPaid, Effect::kApplied, State::kSettled},
    {State::kOrdered, Answer::kReturned, Effect::kApplied, State::kReturned},
    {State::kAccepted, Answer::kAccepted, Effect::kRepeated, State::kAccepted},
    {State::kAccepted, Answer::kPending, Effect::kRepeated, State::kAccepted},
    {State::kAccepted, Answer::kRefused, Effect::kApplied, State::kFailed},
    {State::kAccepted, Answer::kPaid, Effect::kApplied, State::kSettled},
    {State::kAccepted, Answer::kReturned, Effect::kApplied, State::kReturned},
    // Files come late and in any order: a word from before the money changes nothing.
    {State::kSettled, Answer::kAccepted, Effect::kRepeated, State::kSettled},
    {State::kSettled, Answer::kPending, Effect::kRepeated, State::kSettled},
    {State::kSettled, Answer::kPaid, Effect::kRepeated, State::kSettled},
    {State::kSettled, Answer::kRefused, Effect::kContradicts, State::kSettled},
    {State::kSettled, Answer::kReturned, Effect::kApplied, State::kReturned},
    {State::kFailed, Answer::kAccepted, Effect::kRepeated, State::kFailed},
    {State::kFailed, Answer::kPending, Effect::kRepeated, State::kFailed},
    {State::kFailed, Answer::kRefused, Effect::kRepeated, State::kFailed},
    // A bank that tried again by itself.
    {State::kFailed, Answer::kPaid, Effect::kApplied, State::kSettled},
    {State::kFailed, Answer::kReturned, Effect::kContradicts, State::kFailed},
    {State::kReturned, Answer::kAccepted, Effect::kRepeated, State::kReturned},
    {State::kReturned, Answer::kPending, Effect::kRepeated, State::kReturned},
    {State::kReturned, Answer::kRefused, Effect::kRepeated, State::kReturned},
    {State::kReturned, Answer::kPaid, Effect::kContradicts, State::kReturned},
    {State::kReturned, Answer::kReturned, Effect::kContradicts, State::kReturned},
};

constexpr State kStates[] = {State::kPlanned, State::kOrdered,  State::kAccepted, State::kSettled,
                             State::kFailed,  State::kReturned, State::kDropped};
constexpr DebitSequence kSequences[] = {DebitSequence::kFirst, DebitSequence::kRecurrent,
                                        DebitSequence::kFinal, DebitSequence::kOneOff};

}  // namespace

std::span<const AnswerRow> answer_rows() { return kRows; }

base::Result<AnswerEffect> apply_answer(Collection& collection, DebitAnswer answer) {
  const auto row = std::ranges::find_if(kRows, [&](const AnswerRow& each) {
    return each.from == collection.state && each.answer == answer;
  });
  if (row == std::end(kRows)) {
    return base::fail("debit_not_ordered",
                      "the bank answers a debit that we have not ordered: it is " +
                          std::string(to_text(collection.state)),
                      collection.id.to_string());
  }
  if (row->effect == Effect::kContradicts) {
    if (collection.state == State::kReturned && answer == Answer::kReturned) {
      return base::fail("debit_already_returned", "the debit came back before",
                        collection.id.to_string());
    }
    return base::fail("answer_contradicts",
                      "the debit is " + std::string(to_text(collection.state)) +
                          ", and the bank says that it is " + std::string(to_text(answer)),
                      collection.id.to_string());
  }
  collection.state = row->to;
  return row->effect;
}

std::string wire_of(const Collection& collection, std::string_view bill_reference) {
  if (!is_sepa(collection.scheme)) return std::string(bill_reference);
  // Without the prefix, whose underscore is none of SEPA's letters.
  const std::string id = collection.id.to_string();
  return id.substr(id.find('_') + 1);
}

std::string_view to_text(CollectionState state) {
  switch (state) {
    case State::kPlanned: return "planned";
    case State::kOrdered: return "ordered";
    case State::kAccepted: return "accepted";
    case State::kSettled: return "settled";
    case State::kFailed: return "failed";
    case State::kReturned: return "returned";
    case State::kDropped: return "dropped";
  }
  return {};
}

base::Result<CollectionState> parse_collection_state(std::string_view text) {
  for (const State state : kStates) {
    if (to_text(state) == text) return state;
  }
  return base::fail("unknown_value",
                    "'" + std::string(text.substr(0, 40)) +
                        "' is not planned, ordered, accepted, settled, failed, returned or "
                        "dropped");
}

std::string_view to_text(DebitAnswer answer) {
  switch (answer) {
    case Answer::kAccepted: return "accepted";
    case Answer::kPending: return "pending";
    case Answer::kRefused: return "refused";
    case Answer::kPaid: return "paid";
    case Answer::kReturned: return "returned";
  }
  return {};
}

std::string_view to_text(DebitSequence sequence) {
  switch (sequence) {
    case DebitSequence::kFirst: return "first";
    case DebitSequence::kRecurrent: return "recurrent";
    case DebitSequence::kFinal: return "final";
    case DebitSequence::kOneOff: return "one_off";
  }
  return {};
}

base::Result<DebitSequence> parse_debit_sequence(std::string_view text) {
  for (const DebitSequence sequence : kSequences) {
    if (to_text(sequence) == text) return sequence;
  }
  return base::fail("unknown_value", "'" + std::string(text.substr(0, 40)) +
                                         "' is not first, recurrent, final or one_off");
}

}  // namespace domain
