#include "flows/intents/webhook_inbox.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "domain/payment/other_payment.h"
#include "flows/care/time_zone.h"
#include "flows/intents/apply_intent_update.h"
#include "flows/intents/book_capture.h"
#include "flows/intents/drive_intent.h"
#include "flows/operations/import_terms.h"
#include "flows/plans/keep_method.h"
#include "ports/orders.h"

namespace flows {
namespace {

// Two keep both sides busy: while one waits for the database, the other reads and books.
constexpr int kAppliersMax = 2;
constexpr std::size_t kWordsFew = 64;
constexpr std::chrono::milliseconds kGathering{2};

using base::Result;
using domain::IntentId;
using ports::StoredIntent;

// A provider's terminals are a gateway of their own, and tell where it tells.
bool tells_of(std::string_view gateway, const domain::PaymentIntent& intent) {
  return intent.gateway == gateway || intent.gateway.starts_with(std::string(gateway) + "_");
}

class Applying {
 public:
  Applying(ports::Transaction& transaction, base::Instant now, std::span<const ProviderWord> words)
      : transaction_(transaction), now_(now), words_(words), outcomes_(words.size()) {}

  Result<std::vector<WordOutcome>> run();

 private:
  Result<> load();
  Result<> find_known();
  Result<> load_bills();
  Result<> apply(std::size_t at);
  Result<bool> apply_together(std::size_t at, StoredIntent& stored);
  Result<> keep();
  Result<> apply_alone(std::size_t at);
  [[nodiscard]] domain::IntentUpdate update_of(std::size_t at, const StoredIntent& stored) const;
  [[nodiscard]] IntentContext context_of(std::size_t at) const {
    return {.recorded = now_, .actor = words_[at].gateway};
  }

  ports::Transaction& transaction_;
  base::Instant now_;
  std::span<const ProviderWord> words_;
  std::vector<WordOutcome> outcomes_;
  base::Date today_;
  std::map<IntentId, StoredIntent> intents_;
  // Each word that changed something: what the intent was before, and after it.
  struct Change {
    std::size_t word = 0;
    domain::PaymentIntent before;
    StoredIntent after;
  };
  std::vector<Change> changes_;
  std::set<IntentId> changed_, alone_;
  std::map<IntentId, std::string> references_;  // As they were kept.
  BillsById bills_;
  PaymentRows rows_;
  std::vector<bool> is_known_;
  std::set<std::pair<std::string, std::string>> taken_now_;
  std::vector<ports::ProviderEvent> taken_;
  std::vector<std::size_t> later_;
};

Result<> Applying::load() {
  std::vector<IntentId> ids;
  for (const ProviderWord& word : words_) {
    if (const auto id = IntentId::parse(word.event.intent)) ids.push_back(*id);
  }
  std::vector<StoredIntent> held = TRY(transaction_.intents().hold(ids));
  std::map<IntentId, StoredIntent*> by_id;
  for (StoredIntent& stored : held) by_id.emplace(stored.intent.id, &stored);
  std::vector<IntentId> by_reference;
  for (std::size_t at = 0; at < words_.size(); ++at) {
    const ProviderWord& word = words_[at];
    const auto id = IntentId::parse(word.event.intent);
    const auto found = id ? by_id.find(*id) : by_id.end();
    if (found != by_id.end() && tells_of(word.gateway, found->second->intent)) {
      outcomes_[at].intent = *id;
    } else if (const auto& name = word.event.update.provider_reference; !name.empty()) {
      outcomes_[at].intent = TRY(transaction_.intents().find_by_reference(word.gateway, name));
      if (outcomes_[at].intent) by_reference.push_back(*outcomes_[at].intent);
    }
  }
  if (!by_reference.empty()) {
    for (StoredIntent& stored : TRY(transaction_.intents().hold(by_reference))) {
      held.push_back(std::move(stored));
    }
  }
  for (StoredIntent& stored : held) {
    const IntentId id = stored.intent.id;
    references_.emplace(id, stored.intent.provider_reference);
    intents_.emplace(id, std::move(stored));
  }
  if (intents_.empty()) return {};
  const auto seller = TRY(load_seller(transaction_));
  today_ = TRY(local_date(seller.time_zone, now_));
  return {};
}

Result<> Applying::find_known() {
  std::vector<ports::ProviderEvent> events;
  for (std::size_t at = 0; at < words_.size(); ++at) {
    const auto& intent = outcomes_[at].intent;
    events.push_back({intent ? intents_.at(*intent).intent.gateway : words_[at].gateway,
                      words_[at].event.update.event,
                      {}});
  }
  is_known_ = TRY(transaction_.intents().known_events(events));
  return {};
}

Result<> Applying::load_bills() {
  std::vector<ports::Billing::BillKey> keys;
  for (const auto& [id, stored] : intents_)
    std::ranges::copy(keys_of(stored.intent), std::back_inserter(keys));
  std::ranges::sort(keys);
  const auto repeated = std::ranges::unique(keys);
  keys.erase(repeated.begin(), repeated.end());
  for (domain::Bill& bill : TRY(transaction_.billing().hold_bills(keys))) {
    const auto id = bill.id;
    bills_.emplace(id, HeldBill{std::move(bill)});
  }
  return {};
}

domain::IntentUpdate Applying::update_of(std::size_t at, const StoredIntent& stored) const {
  domain::IntentUpdate update = words_[at].event.update;
  // What a terminal calls a payment is not what its provider calls it.
  if (stored.intent.gateway != words_[at].gateway) update.provider_reference.clear();
  return update;
}

// False: it must be taken by itself.
Result<bool> Applying::apply_together(std::size_t at, StoredIntent& stored) {
  StoredIntent after = stored;
  const domain::IntentUpdate update = update_of(at, stored);
  if (domain::is_of_another_payment(stored.intent, update)) return false;
  const auto change = domain::apply_update(after.intent, update, now_);
  if (!change || !change->refunded.is_zero()) return false;
  if (!update.event.empty()) {
    const std::pair<std::string, std::string> name(stored.intent.gateway, update.event);
    if (is_known_[at] || !taken_now_.insert(name).second) return true;
    taken_.push_back({name.first, name.second, stored.intent.id});
  }
  if (!change->changed) return true;
  const IntentContext context = context_of(at);
  if (!change->captured.is_zero()) {
    TRY(book_capture(after.intent, change->captured, bills_, rows_, context, today_));
  } else if (change->state_changed) {
    for (const domain::IntentPart& part : after.intent.parts) {
      if (const auto held = bills_.find(part.bill); held != bills_.end()) held->second.touch();
    }
  }
  if (is_told(after.intent, *change)) {
    rows_.events.push_back(intent_event(after.intent, context, today_));
  }
  changed_.insert(stored.intent.id);
  changes_.push_back({at, stored.intent, after});
  stored = std::move(after);
  return true;
}

Result<> Applying::apply(std::size_t at) {
  const auto& id = outcomes_[at].intent;
  if (!id) return {};
  outcomes_[at].must_ask = words_[at].event.update.must_ask;
  // What comes after such a word waits for it.
  if (!alone_.contains(*id) && TRY(apply_together(at, intents_.at(*id)))) return {};
  alone_.insert(*id);
  later_.push_back(at);
  return {};
}

Result<> Applying::keep() {
  add_changed(bills_, rows_);
  TRY(rows_.keep(transaction_));
  std::vector<ports::Billing::BillKey> paid_for;
  for (const Change& each : changes_) {
    TRY(keep_cost(transaction_, context_of(each.word), today_, each.before, each.after.intent));
    TRY(keep_method(transaction_, each.after, now_));
    std::ranges::copy(keys_of(each.before), std::back_inserter(paid_for));
  }
  if (!paid_for.empty()) TRY(transaction_.orders().payment_changed(paid_for, now_));
  TRY(transaction_.intents().add_events(taken_, now_));
  std::vector<StoredIntent> changed;
  for (const IntentId id : changed_) {
    StoredIntent& stored = intents_.at(id);
    if (stored.intent.provider_reference == references_.at(id)) {
      changed.push_back(std::move(stored));
    } else {
      TRY(transaction_.intents().update(stored));
    }
  }
  return transaction_.intents().update_all(changed);
}

Result<> Applying::apply_alone(std::size_t at) {
  const StoredIntent stored = TRY(hold_intent(transaction_, *outcomes_[at].intent));
  const auto applied =
      apply_intent_update(transaction_, context_of(at), stored.intent.id, update_of(at, stored));
  if (applied) return {};
  // Words that cannot be true are not believed; the provider is asked instead.
  if (!applied.error().code.starts_with("intent_")) return std::unexpected(applied.error());
  outcomes_[at].must_ask = true;
  return {};
}

Result<std::vector<WordOutcome>> Applying::run() {
  TRY(load());
  TRY(find_known());
  TRY(load_bills());
  for (std::size_t at = 0; at < words_.size(); ++at) TRY(apply(at));
  TRY(keep());
  for (const std::size_t at : later_) TRY(apply_alone(at));
  return std::move(outcomes_);
}

Result<std::vector<WordOutcome>> apply_kept(ports::Store& store, const base::Clock& clock,
                                            std::span<const ProviderWord> words) {
  std::vector<WordOutcome> outcomes;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    outcomes = TRY(apply_words(transaction, clock.now(), words));
    return {};
  }));
  return outcomes;
}

}  // namespace

Result<std::vector<WordOutcome>> apply_words(ports::Transaction& transaction, base::Instant now,
                                             std::span<const ProviderWord> words) {
  return Applying(transaction, now, words).run();
}

// Those that have waited longest, as many as one transaction may have: a fair share of all, where
// several apply.
std::vector<WebhookInbox::Entry*> WebhookInbox::take_share(std::size_t appliers_max) {
  std::size_t waiting = 0;
  for (const Entry* entry : waiting_) waiting += entry->words.size();
  const std::size_t share = (waiting + under_way_ + appliers_max - 1) / appliers_max;
  const std::size_t most = std::clamp(share, kWordsFew, kWordsMax);
  std::vector<Entry*> taken;
  std::size_t words = 0;
  while (!waiting_.empty()) {
    Entry* entry = waiting_.front();
    if (!taken.empty() && words + entry->words.size() > most) break;
    words += entry->words.size();
    entry->is_taken = true;
    taken.push_back(entry);
    waiting_.pop_front();
  }
  under_way_ += words;
  return taken;
}

// The lock is held before and after; not while the words are applied.
void WebhookInbox::apply_waiting(ports::Store& store, const base::Clock& clock,
                                 std::unique_lock<std::mutex>& lock) {
  const auto appliers_max = static_cast<std::size_t>(std::min(store.writers_max(), kAppliersMax));
  // While another one is at work, a moment's wait makes one transaction of many.
  if (appliers_ > 1) {
    const auto until = std::chrono::steady_clock::now() + kGathering;
    while (waiting_.size() < kWordsFew && std::chrono::steady_clock::now() < until) {
      gathered_.wait_until(lock, until);
    }
  }
  const std::vector<Entry*> taken = take_share(appliers_max);
  if (taken.empty()) return;
  std::vector<ProviderWord> words;
  for (const Entry* entry : taken) std::ranges::copy(entry->words, std::back_inserter(words));
  lock.unlock();
  const auto all = apply_kept(store, clock, words);
  std::size_t from = 0;
  for (Entry* entry : taken) {
    const std::size_t own = entry->words.size();
    if (all) {
      const auto begin = all->begin() + static_cast<std::ptrdiff_t>(from);
      entry->outcome = std::vector<WordOutcome>(begin, begin + static_cast<std::ptrdiff_t>(own));
    } else {
      entry->outcome = apply_kept(store, clock, entry->words);
    }
    from += own;
  }
  lock.lock();
  under_way_ -= words.size();
  // Each is woken by itself, and nobody whose answer is not there. An entry is its owner's again
  // as soon as the lock is let go.
  for (Entry* entry : taken) {
    entry->is_done = true;
    entry->changed.notify_one();
  }
}

void WebhookInbox::wait_for(ports::Store& store, const base::Clock& clock, Entry& entry) {
  const int appliers_max = std::min(store.writers_max(), kAppliersMax);
  std::unique_lock lock(mutex_);
  waiting_.push_back(&entry);
  gathered_.notify_one();
  while (!entry.is_done) {
    if (entry.is_taken || appliers_ >= appliers_max) {
      entry.changed.wait(lock);
      continue;
    }
    ++appliers_;
    apply_waiting(store, clock, lock);
    --appliers_;
    // Whoever waits longest goes on.
    if (!waiting_.empty()) waiting_.front()->changed.notify_one();
  }
}

Result<WebhookReport> WebhookInbox::take(ports::Store& store, const base::Clock& clock,
                                         const Gateways& gateways, std::string_view name,
                                         const ports::Webhook& webhook) {
  ports::Gateway* gateway = TRY(gateways.find(name));
  ports::WebhookReading reading = TRY(gateway->verify_webhook(webhook));
  WebhookReport report{.reply = std::move(reading.reply)};
  Entry entry;
  for (ports::WebhookEvent& event : reading.events) {
    entry.words.push_back({std::string(name), std::move(event)});
  }
  wait_for(store, clock, entry);
  for (const WordOutcome& outcome : TRY(std::move(entry.outcome))) {
    ++(outcome.intent ? report.applied : report.unknown);
    // An answer that does not come is asked for again later; the webhook was heard.
    if (outcome.intent && outcome.must_ask) {
      static_cast<void>(drive_intent(store, clock, gateways, *outcome.intent));
    }
  }
  return report;
}

}  // namespace flows
