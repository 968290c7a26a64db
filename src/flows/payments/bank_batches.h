// A bank's file as batches of money, read in a thread of its own: while one batch is kept, the next
// is being made. Never more than one waits, so that memory does not grow with the file.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "domain/payment/money_item.h"
#include "flows/operations/snapshot.h"
#include "flows/payments/take_items.h"
#include "formats/bank/bank_format.h"

namespace flows {

struct BankBatch {
  std::int64_t first_entry = 0;  // Ordinals in the file: from here,
  std::int64_t next_entry = 0;   // to before this one.
  std::vector<TakenItem> items;
  std::map<std::string, std::vector<std::int64_t>> left_out;  // Ordinals by reason.
  bool is_last = false;

  // Without what comes before this entry: somebody else has done it.
  void forget_before(std::int64_t entry);
};

struct BankBatchRequest {
  std::int64_t first_entry = 1;
  std::size_t entries_max = 0;
  bool rf_references = false;
};

class BankBatches {
 public:
  // The source, the format and the accounts must outlive it.
  BankBatches(const Snapshot& source, const formats::bank::BankFormat& format,
              const domain::OwnAccounts& own, const BankBatchRequest& request);
  ~BankBatches();
  BankBatches(const BankBatches&) = delete;
  BankBatches& operator=(const BankBatches&) = delete;

  // In order; the last one, which may be empty, says so. Errors: those of reading the file.
  [[nodiscard]] base::Result<BankBatch> next();

 private:
  class Reader;

  [[nodiscard]] base::Result<> read();
  // Waits until there is room. False: nobody wants more.
  [[nodiscard]] bool hand_over(BankBatch batch);

  const Snapshot& source_;
  const formats::bank::BankFormat& format_;
  const domain::OwnAccounts& own_;
  BankBatchRequest request_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<BankBatch> waiting_;
  bool stopped_ = false;   // Nobody wants more.
  bool finished_ = false;  // No more will come.
  std::future<base::Result<>> reading_;
};

}  // namespace flows
