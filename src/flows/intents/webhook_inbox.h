// Many providers' words at once: those that come together are applied in one transaction, and each
// is answered when what it said is durable.
//
// Whoever brings a word first takes those that wait with it; the others wait for the answer. Where
// the database has room for several writers, two apply at once. A word
// that cannot be taken with the rest (money that goes back, a word that contradicts) is taken in
// the same transaction by itself (apply_intent_update.h). Where a transaction fails, each word of
// it is taken alone, so that one cannot hold up another.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "flows/intents/take_webhook.h"

namespace flows {

struct ProviderWord {
  std::string gateway;
  ports::WebhookEvent event;
};
struct WordOutcome {
  std::optional<domain::IntentId> intent = {};  // Absent: no payment of ours.
  bool must_ask = false;                        // It is to be asked how it is.
};
// In the caller's transaction: an outcome for each word, in order. Errors: those of the store.
[[nodiscard]] base::Result<std::vector<WordOutcome>> apply_words(
    ports::Transaction& transaction, base::Instant now, std::span<const ProviderWord> words);

class WebhookInbox {
 public:
  static constexpr std::size_t kWordsMax = 500;  // Of one transaction.

  // As flows::take_webhook. Safe from any thread; the store and the gateways are the same always.
  [[nodiscard]] base::Result<WebhookReport> take(ports::Store& store, const base::Clock& clock,
                                                 const Gateways& gateways, std::string_view gateway,
                                                 const ports::Webhook& webhook);

 private:
  struct Entry {
    std::vector<ProviderWord> words;
    base::Result<std::vector<WordOutcome>> outcome;
    bool is_taken = false, is_done = false;
    std::condition_variable changed;
  };
  // Until it is applied, by this caller or another one.
  void wait_for(ports::Store& store, const base::Clock& clock, Entry& entry);
  [[nodiscard]] std::vector<Entry*> take_share(std::size_t appliers_max);
  void apply_waiting(ports::Store& store, const base::Clock& clock,
                     std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable gathered_;
  std::deque<Entry*> waiting_;
  std::size_t under_way_ = 0;  // Words that are being applied.
  int appliers_ = 0;
};

}  // namespace flows
