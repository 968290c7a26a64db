// Bank files that people have sent and look at: kept in this process, in memory or a nameless file,
// until they are imported or an hour has passed. Whoever sent one is the only one to see it.
//
// An import goes on beside the answers, one file at a time, and says how far it is. A process that
// ends takes the files with it: what was booked is booked, and the same file, sent again, goes on
// from there (flows/payments/import_bank_file.h).
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "flows/collections/take_in_bank_file.h"
#include "flows/payments/preview_bank_file.h"

namespace web {

inline constexpr std::size_t kBankUploadsMax = 12;  // Then the oldest one is forgotten.
inline constexpr std::int64_t kBankUploadMicros = 3600 * base::kMicrosPerSecond;

class BankUploads {
 public:
  enum class State { kLooked, kWaiting, kImporting, kDone, kFailed };
  using Import = std::function<base::Result<flows::TakenBankFile>(
      const flows::Snapshot& file, const flows::OnBankImportProgress& on_progress)>;

  struct Standing {
    State state = State::kLooked;
    std::shared_ptr<const flows::BankFilePreview> preview;
    std::int64_t entries_done = 0, payments = 0;
    std::optional<flows::TakenBankFile> taken = {};  // Of kDone.
    std::optional<base::Error> error = {};           // Of kFailed.
  };

  BankUploads() = default;
  // Waits for the import that is under way; those that wait are forgotten.
  ~BankUploads();
  BankUploads(const BankUploads&) = delete;
  BankUploads& operator=(const BankUploads&) = delete;

  // `id`: a secret of whoever sent it.
  void add(const std::string& id, const std::string& owner, std::shared_ptr<flows::Snapshot> file,
           flows::BankFilePreview preview, base::Instant now);
  // Errors: upload_gone.
  [[nodiscard]] base::Result<Standing> find(const std::string& id, const std::string& owner);
  // Once: where it was begun before, nothing more is done. Waits for it, but no longer than
  // `patience`. Errors: upload_gone.
  [[nodiscard]] base::Result<Standing> begin(const std::string& id, const std::string& owner,
                                             Import import, std::chrono::milliseconds patience);

 private:
  struct Entry {
    std::string owner;
    base::Instant came;
    std::shared_ptr<flows::Snapshot> file;
    Standing standing;
    Import import;
  };

  [[nodiscard]] std::shared_ptr<Entry> held(const std::string& id, const std::string& owner);
  void work();
  void run(Entry& entry, std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable news_, changed_;
  // Under mutex_.
  std::map<std::string, std::shared_ptr<Entry>> entries_;
  std::deque<std::shared_ptr<Entry>> waiting_;
  bool is_ending_ = false;
  std::thread worker_;
};

}  // namespace web
