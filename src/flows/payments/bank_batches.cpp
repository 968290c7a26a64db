#include "flows/payments/bank_batches.h"

#include <algorithm>

#include "base/result/check.h"
#include "flows/payments/check_bank_file.h"

namespace flows {

using base::Result;
using domain::MoneyItem;

namespace {

// The first batch is small, and the next ones as large as all before them, so that writing begins
// early. Where a batch ends depends on where it begins alone: who goes on makes the same ones.
constexpr std::size_t kFirstEntries = 2'000;

}  // namespace

void BankBatch::forget_before(std::int64_t entry) {
  if (entry <= first_entry) return;
  first_entry = entry;
  std::erase_if(items, [&](const TakenItem& item) { return item.money.entry < entry; });
  for (auto& [reason, entries] : left_out) {
    std::erase_if(entries, [&](std::int64_t each) { return each < entry; });
  }
}

// Entries into batches, in the thread that reads.
class BankBatches::Reader final : public formats::bank::BankFileSink {
 public:
  explicit Reader(BankBatches& batches) : batches_(batches), maker_(batches.format_.name) {
    begin(batches.request_.first_entry);
  }

  bool statement_begins(const domain::BankStatement& statement) override {
    maker_.statement_begins();
    day_ = statement.to ? statement.to : statement.from;
    days_.begin();
    return true;
  }
  bool statement_ends(const domain::BankStatement& statement) override {
    auto known = days_.end(statement);
    if (known && !is_foreign(statement.account)) {
      batch_.side.statements.push_back(*std::move(known));
    }
    return true;
  }
  bool entry(domain::BankEntry&& entry) override {
    // Made though it is done already: equals are counted from the beginning.
    auto made = maker_.make(entry, day_);
    days_.entry(entry, day_);
    if (entry.ordinal < batch_.first_entry) return true;
    const bool is_money = made.left_out.empty() || !made.spent.empty();
    if (is_money && is_foreign(entry.account)) made = {{}, "foreign_account"};
    if (!made.left_out.empty()) batch_.left_out[made.left_out].push_back(entry.ordinal);
    for (MoneyItem& item : made.items) {
      batch_.items.push_back(make_taken_item(std::move(item), batches_.request_.rf_references));
    }
    for (MoneyItem& item : made.spent) batch_.side.spent.push_back(std::move(item));
    batch_.next_entry = entry.ordinal + 1;
    if (++entries_ < entries_max_ && batch_.items.size() < entries_max_) return true;
    const std::int64_t next = batch_.next_entry;
    const bool goes_on = batches_.hand_over(std::move(batch_));
    begin(next);
    return goes_on;
  }
  bool mandate(domain::BankMandate&&) override { return true; }
  bool status(domain::BankStatus&& status) override {
    batch_.side.statuses.push_back(std::move(status));
    return true;
  }
  bool problem(domain::BankProblem&&) override { return true; }

  [[nodiscard]] BankBatch take_last() {
    batch_.is_last = true;
    return std::move(batch_);
  }

 private:
  void begin(std::int64_t entry) {
    batch_ = {};
    batch_.first_entry = batch_.next_entry = entry;
    const auto before = static_cast<std::size_t>(entry - 1);
    entries_max_ = std::min(batches_.request_.entries_max, std::max(kFirstEntries, before));
    batch_.items.reserve(entries_max_);
    entries_ = 0;
  }
  // Entries of one account mostly follow one another.
  bool is_foreign(const std::string& account) {
    if (!asked_ || *asked_ != account) {
      asked_ = account;
      foreign_ = batches_.own_.asks(account) == domain::OwnAccounts::Answer::kForeign;
    }
    return foreign_;
  }

  BankBatches& batches_;
  domain::ItemMaker maker_;
  std::optional<base::Date> day_;
  StatementDays days_;
  std::optional<std::string> asked_;
  bool foreign_ = false;
  BankBatch batch_;
  std::size_t entries_max_ = 0;
  std::size_t entries_ = 0;
};

BankBatches::BankBatches(const Snapshot& source, const formats::bank::BankFormat& format,
                         const domain::OwnAccounts& own, const BankBatchRequest& request)
    : source_(source), format_(format), own_(own), request_(request) {
  reading_ = std::async(std::launch::async, [this] { return read(); });
}

BankBatches::~BankBatches() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  if (reading_.valid()) reading_.wait();
}

Result<BankBatch> BankBatches::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.has_value() || finished_; });
  if (!waiting_) {
    // Only what went wrong ends without a last batch.
    lock.unlock();
    auto outcome = reading_.get();
    CHECK(!outcome);
    return std::unexpected(std::move(outcome).error());
  }
  BankBatch batch = *std::exchange(waiting_, std::nullopt);
  lock.unlock();
  changed_.notify_all();
  return batch;
}

bool BankBatches::hand_over(BankBatch batch) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !waiting_ || stopped_; });
  if (stopped_) return false;
  waiting_ = std::move(batch);
  lock.unlock();
  changed_.notify_all();
  return true;
}

Result<> BankBatches::read() {
  // Whatever happens, who waits is told.
  struct Finish {
    BankBatches& batches;
    ~Finish() {
      const std::lock_guard lock(batches.mutex_);
      batches.finished_ = true;
      batches.changed_.notify_all();
    }
  } finish{*this};
  Reader reader(*this);
  SnapshotSource bytes(source_);
  TRY(format_.read(bytes, reader));
  (void)hand_over(reader.take_last());
  return {};
}

}  // namespace flows
