// What keeping a bank's batches will do, worked out ahead in a thread of its own: while one batch
// is being written, the next is looked up, matched and made into rows.
//
// A batch is planned on what the database holds and on what the batches before it will have
// changed. Where it came otherwise (another writer was there first), what was planned after it is
// not used any more, and planning goes on once everything before is written: rows are those that
// one thread would have made.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <future>
#include <mutex>
#include <optional>

#include "flows/payments/bank_batches.h"
#include "flows/payments/take_items.h"
#include "ports/store.h"

namespace flows {

struct PlannedBatch {
  BankBatch batch;
  std::optional<TakePlan> plan;  // Nothing where it could not be planned ahead.
  std::int64_t round = 0;
};

class BankPlans {
 public:
  // The store and the batches must outlive it.
  BankPlans(ports::Store& store, BankBatches& batches, TakeContext context);
  ~BankPlans();
  BankPlans(const BankPlans&) = delete;
  BankPlans& operator=(const BankPlans&) = delete;

  // In order, as BankBatches gives them. Errors: those of reading the file.
  [[nodiscard]] base::Result<PlannedBatch> next();
  // Whether everything before it was kept as it was planned.
  [[nodiscard]] bool is_current(const PlannedBatch& planned);
  // What became of the batch that next() gave.
  enum class Outcome { kAsPlanned, kOtherwise };
  void settle(Outcome outcome);
  // Frees what was used up, in a thread of its own: its many pieces are not to hold up who writes.
  template <class Used>
  void free(Used used) {
    if (freeing_.valid()) freeing_.wait();
    freeing_ = std::async(std::launch::async, [used = std::move(used)]() mutable {
      const Used freed = std::move(used);
    });
  }

 private:
  [[nodiscard]] base::Result<> run();
  [[nodiscard]] std::optional<TakePlan> plan(const BankBatch& batch);
  // Waits until a batch can be planned, and forgets what does not hold. False: nobody wants more.
  [[nodiscard]] bool may_plan();
  [[nodiscard]] bool hand_over(PlannedBatch planned);

  ports::Store& store_;
  BankBatches& batches_;
  TakeContext context_;
  TakenAhead ahead_;  // Of the planning thread, with the next two.
  PayerCommons commons_;
  std::int64_t planned_round_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<PlannedBatch> waiting_;
  std::int64_t round_ = 0;  // Grows whenever plans that were made do not hold.
  std::int64_t open_ = 0;   // Batches handed over and not settled.
  bool stopped_ = false;    // Nobody wants more.
  bool finished_ = false;   // No more will come.
  std::future<base::Result<>> planning_;
  std::future<void> freeing_;  // Of who writes.
};

}  // namespace flows
