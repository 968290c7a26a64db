#include "flows/collections/apply_debit_words.h"

#include <algorithm>
#include <set>

#include "domain/collection/reasons.h"
#include "domain/mandate/mandate_changes.h"
#include "domain/mandate/mandate_states.h"
#include "domain/refund/refund.h"
#include "flows/operations/derived_ids.h"
#include "flows/payments/undo_allocation.h"

namespace flows {
namespace {

using base::Result;
using domain::AnswerEffect;
using domain::Collection;
using domain::CollectionState;
using domain::DebitAnswer;
using domain::FailureAction;
using domain::Mandate;

// A file's debits are not more than this; see run_collections.h.
constexpr std::size_t kBatchDebitsMax = 200'000;

class Applying {
 public:
  Applying(ports::Transaction& transaction, DebitTerms& terms, const DebitContext& context)
      : transaction_(transaction), terms_(terms), context_(context), rows_(context) {}

  Result<DebitWordsOutcome> run(std::span<const DebitWord> words);

 private:
  Result<std::vector<DebitWord>> spread(std::span<const DebitWord> words);
  Result<> load(std::span<const DebitWord> words);
  Collection* find(const DebitWord& word);
  Result<> apply(const DebitWord& word);
  Result<> consequences(const DebitWord& word, Collection& collection);
  void settle(const DebitWord& word, Collection& collection, Mandate* mandate);
  Result<> fail(const DebitWord& word, Collection& collection, Mandate* mandate);
  Result<> retry(Collection& collection, const Mandate& mandate);
  Result<> give_back(const DebitWord& word, const Collection& collection);
  void step(Mandate& mandate, domain::MandateStep step, const std::string& reason);
  Mandate* mandate_of(const Collection& collection);
  void problem(const DebitWord& word, const base::Error& error);
  void keep_rows();

  ports::Transaction& transaction_;
  DebitTerms& terms_;
  const DebitContext& context_;
  DebitRows rows_;
  std::vector<Collection> collections_;
  std::multimap<std::string, Collection*, std::less<>> by_wire_;
  std::map<domain::MandateId, Mandate> mandates_;
  std::set<domain::MandateId> touched_;                  // Changed without an event of their own.
  std::map<domain::MandateId, bool> stepped_;            // Their state has changed.
  std::map<domain::CollectionId, std::string> changed_;  // With the bank's words.
  DebitWordsOutcome outcome_;
};

// A file of refunds is named by its batch, with a hyphen for the id's underscore.
bool names_refunds(std::string name) {
  std::ranges::replace(name, '-', '_');
  return domain::RefundBatchId::parse(name).has_value();
}

// Words about a whole batch or file become words about each of its debits.
Result<std::vector<DebitWord>> Applying::spread(std::span<const DebitWord> words) {
  std::vector<DebitWord> all;
  for (const DebitWord& word : words) {
    if (!word.wire.empty() || !word.other_wire.empty()) {
      all.push_back(word);
      continue;
    }
    const std::string& name = word.message.empty() ? word.batch : word.message;
    const auto file = domain::OrderFileId::parse("order_" + name.substr(0, name.find('-')));
    std::vector<Collection> meant;
    if (file) {
      ports::CollectionFilter filter;
      filter.file = *file;
      filter.batch = word.batch;
      filter.limit = kBatchDebitsMax;
      meant = TRY(transaction_.mandates().list_collections(filter));
    }
    if (meant.empty() && !names_refunds(name)) {
      const Result<> unknown = base::fail("unknown_debit", "no file of ours is called " + name);
      problem(word, unknown.error());
    }
    for (const Collection& collection : meant) {
      DebitWord each = word;
      each.wire = collection.wire;
      each.amount = collection.amount;
      all.push_back(std::move(each));
    }
  }
  return all;
}

Result<> Applying::load(std::span<const DebitWord> words) {
  std::set<std::string> wires;
  for (const DebitWord& word : words) {
    if (!word.wire.empty()) wires.insert(word.wire);
    if (!word.other_wire.empty()) wires.insert(word.other_wire);
  }
  collections_ =
      TRY(transaction_.mandates().hold_wires(std::vector<std::string>(wires.begin(), wires.end())));
  std::vector<ports::MandateKey> keys;
  for (Collection& each : collections_) {
    by_wire_.emplace(each.wire, &each);
    keys.push_back({each.account, each.mandate});
  }
  for (Mandate& mandate : TRY(transaction_.mandates().hold(keys))) {
    const auto id = mandate.id;
    mandates_.emplace(id, std::move(mandate));
  }
  return {};
}

// Several tries of a bill may have one name. A word about money that came or was refused is about
// the one that is under way, one about money that went is about the one that was paid; of equals
// the last try. What is said of a day before a try's own is about a try before it: a file that
// comes again says nothing of the debit that was ordered since.
Collection* Applying::find(const DebitWord& word) {
  Collection* best = nullptr;
  int best_rank = -1;
  const auto rank_of = [&](const Collection& each) {
    const bool fits = word.answer == DebitAnswer::kReturned
                          ? each.state == CollectionState::kSettled
                          : each.is_pending();
    // What was only planned, or dropped, is a bank's word about nothing.
    const bool was_ordered =
        each.state != CollectionState::kPlanned && each.state != CollectionState::kDropped;
    if (!fits && !was_ordered) return 0;
    const bool is_later = word.says_day && word.day < each.day;
    return (fits ? 2 : 1) + (is_later ? 0 : 2);
  };
  for (const std::string* wire : {&word.wire, &word.other_wire}) {
    if (wire->empty()) continue;
    const auto [begin, end] = by_wire_.equal_range(*wire);
    for (auto at = begin; at != end; ++at) {
      const int rank = rank_of(*at->second);
      if (rank < best_rank || (rank == best_rank && at->second->tries <= best->tries)) continue;
      best = at->second;
      best_rank = rank;
    }
    if (best != nullptr) return best;
  }
  return best;
}

Mandate* Applying::mandate_of(const Collection& collection) {
  const auto found = mandates_.find(collection.mandate);
  return found == mandates_.end() ? nullptr : &found->second;
}

void Applying::problem(const DebitWord& word, const base::Error& error) {
  outcome_.problems.push_back({word.line, "debit", error.code, error.text});
}

Result<> Applying::apply(const DebitWord& word) {
  Collection* collection = find(word);
  if (collection == nullptr) {
    if (!word.is_surely_ours) return {};
    const std::string& name = word.wire.empty() ? word.other_wire : word.wire;
    // What banks say of refunds is taken with the file itself (follow_refunds.h).
    if (!domain::refund_of(name).is_nil()) return {};
    const base::Result<> unknown =
        base::fail("unknown_debit", "the bank speaks of a debit that we did not order: " + name);
    problem(word, unknown.error());
    return {};
  }
  if (word.payment == collection->payment && !word.payment.is_nil()) {
    ++outcome_.repeated;  // The same money, told again.
    return {};
  }
  if (word.amount && *word.amount != collection->amount && collection->is_pending()) {
    const base::Result<> differs = base::fail(
        "debit_amount_differs", "we ordered " + collection->amount.to_decimal_string() +
                                    ", the bank says " + word.amount->to_decimal_string());
    problem(word, differs.error());
    return {};
  }
  // The money of a return that is known already.
  if (word.answer == DebitAnswer::kReturned && !word.payment.is_nil()) {
    const auto money = TRY(transaction_.payments().find_payment(word.payment));
    if (money && money->state == "returned" && collection->state == CollectionState::kReturned) {
      ++outcome_.repeated;
      return {};
    }
  }
  const auto effect = domain::apply_answer(*collection, word.answer);
  if (!effect) {
    problem(word, effect.error());
    return {};
  }
  if (*effect == AnswerEffect::kRepeated) {
    ++outcome_.repeated;
    return {};
  }
  ++outcome_.answers[std::string(domain::to_text(word.answer))];
  changed_[collection->id] = word.text;
  return consequences(word, *collection);
}

Result<> Applying::consequences(const DebitWord& word, Collection& collection) {
  Mandate* mandate = mandate_of(collection);
  switch (word.answer) {
    case DebitAnswer::kAccepted:
    case DebitAnswer::kPending: return {};
    case DebitAnswer::kPaid: {
      const SchemeTerms& scheme = *TRY(terms_.of(collection.scheme));
      const auto window = domain::refund_window(scheme.terms, word.day);
      collection.refund_until = window.refund;
      collection.unauthorised_until = window.unauthorised;
      settle(word, collection, mandate);
      return {};
    }
    case DebitAnswer::kReturned:
      TRY(give_back(word, collection));
      return fail(word, collection, mandate);
    case DebitAnswer::kRefused: return fail(word, collection, mandate);
  }
  return {};
}

void Applying::settle(const DebitWord& word, Collection& collection, Mandate* mandate) {
  collection.settled_on = word.day;
  collection.payment = word.payment;
  collection.reason.clear();
  collection.action.clear();
  if (mandate == nullptr) return;
  const bool was_counted = collection.sequence == domain::DebitSequence::kFirst ||
                           collection.sequence == domain::DebitSequence::kOneOff;
  if (!was_counted) ++mandate->debits;
  mandate->last_debit = std::max(mandate->last_debit.value_or(word.day), word.day);
  domain::told(*mandate, collection.changes_told);
  touched_.insert(mandate->id);
}

void Applying::step(Mandate& mandate, domain::MandateStep step, const std::string& reason) {
  // What is cancelled or suspended already stays so.
  if (domain::take(mandate, step, reason)) stepped_[mandate.id] = true;
}

Result<> Applying::fail(const DebitWord& word, Collection& collection, Mandate* mandate) {
  const bool is_back = collection.state == CollectionState::kReturned;
  const auto reason =
      domain::classify(terms_.rules(), {.scheme = collection.scheme,
                                        .code = word.code,
                                        .after_payment = is_back,
                                        .payer_country = mandate ? payer_country(*mandate) : "",
                                        .day = context_.day});
  collection.reason = word.code;
  collection.action = domain::to_text(reason.action);
  if (mandate == nullptr) return {};
  const bool was_first = collection.sequence == domain::DebitSequence::kFirst ||
                         collection.sequence == domain::DebitSequence::kOneOff;
  if (!is_back && was_first && mandate->debits == 1 && !mandate->last_debit) {
    mandate->debits = 0;  // The next is a first one again.
    touched_.insert(mandate->id);
  }
  switch (reason.action) {
    case FailureAction::kRetry: return retry(collection, *mandate);
    case FailureAction::kNewMandate:
      step(*mandate, domain::MandateStep::kSuspend, word.code);
      return {};
    case FailureAction::kStop:
      if (domain::cancel_here(*mandate, word.code)) stepped_[mandate->id] = true;
      return {};
    case FailureAction::kContact:
    case FailureAction::kOurFault: return {};
  }
  return {};
}

Result<> Applying::retry(Collection& collection, const Mandate& mandate) {
  const auto wanted = terms_.retries().wanted({.first_day = collection.first_day,
                                               .failed_on = context_.day,
                                               .tries = collection.tries,
                                               .amount = collection.amount,
                                               .country = payer_country(mandate)});
  if (!wanted || mandate.state != domain::MandateState::kActive) {
    collection.action = domain::to_text(FailureAction::kContact);
    return {};
  }
  const SchemeTerms& scheme = *TRY(terms_.of(collection.scheme));
  const base::Date earliest =
      TRY(domain::earliest_debit(scheme.terms, scheme.calendar, context_.day, mandate.notice_days));
  Collection next = collection;
  next.id = derived_id<domain::CollectionId>({"collection", collection.id.to_string(), "again"});
  next.state = CollectionState::kPlanned;
  next.announced = context_.day;
  next.day =
      TRY(domain::debit_day(scheme.calendar, *wanted, domain::HolidayMove::kLater, earliest));
  next.hand_in = TRY(domain::hand_in_by(scheme.terms, scheme.calendar, next.day));
  ++next.tries;
  next.sequence = domain::sequence_of(mandate, false);
  if (domain::is_sepa(next.scheme)) next.wire = domain::wire_of(next, "");
  next.file = {};
  next.batch.clear();
  next.reason.clear();
  next.action.clear();
  next.settled_on.reset();
  next.refund_until.reset();
  next.unauthorised_until.reset();
  next.payment = {};
  next.version = 1;
  next.recorded = context_.recorded;
  rows_.announce(std::move(next));
  return {};
}

// The bill is owed again: what the debit had paid is taken back from it.
Result<> Applying::give_back(const DebitWord& word, const Collection& collection) {
  if (word.payment.is_nil() || collection.payment.is_nil()) return {};
  auto original = TRY(transaction_.payments().find_payment(collection.payment));
  if (!original || original->state == "returned") return {};
  const Undoing undoing{.recorded = context_.recorded,
                        .effective = word.day,
                        .actor = context_.actor,
                        .by = "returned",
                        .even_if_used = true};
  for (const auto& row : TRY(standing_allocations(transaction_, original->id))) {
    TRY(undo(transaction_, *original, row, undoing));
  }
  original->state = "returned";
  original->reason.clear();
  TRY(transaction_.payments().update_payment(*original));
  auto money = TRY(transaction_.payments().find_payment(word.payment));
  if (!money || money->amount != -original->amount) return {};
  money->state = "returned";
  money->reason.clear();
  return transaction_.payments().update_payment(*money);
}

void Applying::keep_rows() {
  for (Collection& collection : collections_) {
    const auto changed = changed_.find(collection.id);
    if (changed == changed_.end()) continue;
    switch (collection.state) {
      case CollectionState::kSettled: rows_.settle(std::move(collection)); break;
      case CollectionState::kFailed:
      case CollectionState::kReturned: rows_.fail(std::move(collection), changed->second); break;
      case CollectionState::kPlanned:
      case CollectionState::kOrdered:
      case CollectionState::kAccepted:
      case CollectionState::kDropped: rows_.accept(std::move(collection)); break;
    }
  }
  for (auto& [id, mandate] : mandates_) {
    if (stepped_.contains(id)) {
      rows_.change_state(std::move(mandate));
    } else if (touched_.contains(id)) {
      rows_.change(std::move(mandate));
    }
  }
}

Result<DebitWordsOutcome> Applying::run(std::span<const DebitWord> words) {
  const auto all = TRY(spread(words));
  TRY(load(all));
  for (const DebitWord& word : all) TRY(apply(word));
  keep_rows();
  TRY(rows_.keep_and_touch(transaction_));
  return std::move(outcome_);
}

}  // namespace

Result<DebitWordsOutcome> apply_debit_words(ports::Transaction& transaction, DebitTerms& terms,
                                            const DebitContext& context,
                                            std::span<const DebitWord> words) {
  return Applying(transaction, terms, context).run(words);
}

}  // namespace flows
