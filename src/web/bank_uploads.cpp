#include "web/bank_uploads.h"

#include <algorithm>

namespace web {
namespace {

bool is_at_work(BankUploads::State state) {
  return state == BankUploads::State::kWaiting || state == BankUploads::State::kImporting;
}

}  // namespace

BankUploads::~BankUploads() {
  {
    const std::scoped_lock lock(mutex_);
    is_ending_ = true;
  }
  news_.notify_all();
  if (worker_.joinable()) worker_.join();
}

void BankUploads::add(const std::string& id, const std::string& owner,
                      std::shared_ptr<flows::Snapshot> file, flows::BankFilePreview preview,
                      base::Instant now) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(entries_, [&](const auto& row) {
    const Entry& entry = *row.second;
    return now - entry.came > kBankUploadMicros && !is_at_work(entry.standing.state);
  });
  while (entries_.size() >= kBankUploadsMax) {
    const auto oldest = std::ranges::min_element(entries_, {}, [](const auto& row) {
      return std::pair(is_at_work(row.second->standing.state), row.second->came.micros);
    });
    if (is_at_work(oldest->second->standing.state)) break;
    entries_.erase(oldest);
  }
  auto entry = std::make_shared<Entry>();
  entry->owner = owner;
  entry->came = now;
  entry->file = std::move(file);
  entry->standing.preview = std::make_shared<const flows::BankFilePreview>(std::move(preview));
  entries_[id] = std::move(entry);
}

std::shared_ptr<BankUploads::Entry> BankUploads::held(const std::string& id,
                                                      const std::string& owner) {
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second->owner != owner) return nullptr;
  return found->second;
}

base::Result<BankUploads::Standing> BankUploads::find(const std::string& id,
                                                      const std::string& owner) {
  const std::scoped_lock lock(mutex_);
  const auto entry = held(id, owner);
  if (!entry) return base::fail("upload_gone", "the file is not held any more; send it again");
  return entry->standing;
}

base::Result<BankUploads::Standing> BankUploads::begin(const std::string& id,
                                                       const std::string& owner, Import import,
                                                       std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto entry = held(id, owner);
  if (!entry) return base::fail("upload_gone", "the file is not held any more; send it again");
  Standing& standing = entry->standing;
  if (standing.state == State::kLooked || standing.state == State::kFailed) {
    standing.state = State::kWaiting;
    standing.error.reset();
    entry->import = std::move(import);
    waiting_.push_back(entry);
    if (!worker_.joinable()) worker_ = std::thread([this] { work(); });
    news_.notify_all();
  }
  changed_.wait_for(lock, patience, [&] { return !is_at_work(standing.state); });
  return standing;
}

void BankUploads::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    news_.wait(lock, [this] { return is_ending_ || !waiting_.empty(); });
    if (is_ending_) return;
    const auto entry = waiting_.front();
    waiting_.pop_front();
    run(*entry, lock);
    changed_.notify_all();
  }
}

void BankUploads::run(Entry& entry, std::unique_lock<std::mutex>& lock) {
  entry.standing.state = State::kImporting;
  const Import import = std::exchange(entry.import, nullptr);
  const auto file = entry.file;
  lock.unlock();
  auto taken = import(*file, [&](const flows::BankImportProgress& progress) {
    const std::scoped_lock shown(mutex_);
    entry.standing.entries_done = progress.entries_done;
    entry.standing.payments = progress.payments;
  });
  lock.lock();
  if (taken) {
    entry.standing.state = State::kDone;
    entry.standing.taken = *std::move(taken);
    entry.file.reset();
  } else {
    entry.standing.state = State::kFailed;
    entry.standing.error = taken.error();
  }
}

}  // namespace web
