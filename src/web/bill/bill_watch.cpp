#include "web/bill/bill_watch.h"

#include <algorithm>

#include "ports/billing.h"
#include "web/security/rate_limiter.h"

namespace web::bill {
namespace {

// How long a browser waits before it comes again. Readers who lost their server at the same moment
// come back spread over three seconds.
[[nodiscard]] std::string first_words(std::size_t number) {
  return "retry: " + std::to_string(2'000 + number * 617 % 3'000) + "\n\n";
}

[[nodiscard]] std::string news(std::int64_t version) {
  const std::string text = std::to_string(version);
  return "id: " + text + "\nevent: bill\ndata: " + text + "\n\n";
}

}  // namespace

BillWatch::BillWatch(ports::Store& store, Report report)
    : BillWatch(store, std::move(report), Options()) {}

BillWatch::BillWatch(ports::Store& store, Report report, Options options)
    : store_(store), report_(std::move(report)), options_(options) {}

BillWatch::~BillWatch() { stop(); }

base::Result<std::shared_ptr<Feed>> BillWatch::open(const flows::BillVersion& bill,
                                                    std::string_view known, std::string_view peer) {
  const std::string whose = peer_key(peer);
  const std::scoped_lock lock(mutex_);
  if (stopping_) return base::fail("too_many_feeds", "the server is stopping; come again later");
  const auto is_full = [&] {
    const auto of_peer = feeds_of_peer_.find(whose);
    return feeds_ >= options_.feeds_max ||
           (of_peer != feeds_of_peer_.end() && of_peer->second >= options_.feeds_of_peer_max);
  };
  if (is_full()) let_go();
  if (is_full()) {
    return base::fail("too_many_feeds", "too many pages wait for news; reload the page instead");
  }
  auto feed = std::make_shared<Feed>(Feed::Options{.heartbeat_every = options_.heartbeat_every});
  feed->write(first_words(feeds_));
  if (known != std::to_string(bill.version)) feed->write(news(bill.version));
  readers_[{bill.account, bill.bill}].push_back({feed, whose, bill.version});
  ++feeds_of_peer_[whose];
  ++feeds_;
  if (feeds_ == 1) woken_.notify_all();
  return feed;
}

void BillWatch::start() {
  thread_ = std::thread([this] { run(); });
}

void BillWatch::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (const auto& [key, readers] : readers_) {
      for (const Reader& reader : readers) reader.feed->end();
    }
    let_go();
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::size_t BillWatch::feeds() const {
  const std::scoped_lock lock(mutex_);
  return feeds_;
}

base::Result<> BillWatch::look() {
  std::vector<ports::Billing::BillKey> keys;
  {
    const std::scoped_lock lock(mutex_);
    for (auto& [key, readers] : readers_) {
      for (Reader& reader : readers) {
        if (++reader.rounds >= options_.rounds_max) reader.feed->end();
      }
    }
    let_go();
    for (const auto& [key, readers] : readers_) keys.push_back({key.first, key.second});
  }
  if (keys.empty()) return {};
  const auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
  const auto versions = TRY(transaction->billing().versions_of(keys));
  const std::scoped_lock lock(mutex_);
  for (const auto& each : versions) tell({each.account, each.bill}, each.version);
  return {};
}

void BillWatch::tell(const Key& key, std::int64_t version) {
  const auto found = readers_.find(key);
  if (found == readers_.end()) return;
  for (Reader& reader : found->second) {
    // Whoever came while the database was asked may know more than the answer.
    if (reader.version >= version) continue;
    reader.version = version;
    reader.feed->write(news(version));
  }
}

void BillWatch::let_go() {
  for (auto entry = readers_.begin(); entry != readers_.end();) {
    std::erase_if(entry->second, [this](const Reader& reader) {
      if (!reader.feed->is_over()) return false;
      const auto of_peer = feeds_of_peer_.find(reader.peer);
      if (--of_peer->second == 0) feeds_of_peer_.erase(of_peer);
      --feeds_;
      return true;
    });
    entry = entry->second.empty() ? readers_.erase(entry) : std::next(entry);
  }
}

void BillWatch::run() {
  bool failed = false;
  std::unique_lock lock(mutex_);
  for (;;) {
    woken_.wait(lock, [this] { return stopping_ || feeds_ > 0; });
    woken_.wait_for(lock, options_.every, [this] { return stopping_; });
    if (stopping_) return;
    lock.unlock();
    const auto looked = look();
    if (!looked && !failed && report_) report_(looked.error());
    failed = !looked;
    lock.lock();
  }
}

}  // namespace web::bill
