#include "flows/payments/bank_plans.h"

#include <utility>

#include "base/result/check.h"

namespace flows {

using base::Result;

BankPlans::BankPlans(ports::Store& store, BankBatches& batches, TakeContext context)
    : store_(store), batches_(batches), context_(std::move(context)) {
  planning_ = std::async(std::launch::async, [this] { return run(); });
}

BankPlans::~BankPlans() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  if (planning_.valid()) planning_.wait();
}

Result<PlannedBatch> BankPlans::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.has_value() || finished_; });
  if (!waiting_) {
    // Only what went wrong ends without a last batch.
    lock.unlock();
    auto outcome = planning_.get();
    CHECK(!outcome);
    return std::unexpected(std::move(outcome).error());
  }
  PlannedBatch planned = *std::exchange(waiting_, std::nullopt);
  lock.unlock();
  changed_.notify_all();
  return planned;
}

bool BankPlans::is_current(const PlannedBatch& planned) {
  const std::lock_guard lock(mutex_);
  return planned.plan && planned.round == round_;
}

void BankPlans::settle(Outcome outcome) {
  {
    const std::lock_guard lock(mutex_);
    --open_;
    if (outcome == Outcome::kOtherwise) ++round_;
  }
  changed_.notify_all();
}

Result<> BankPlans::run() {
  // Whatever happens, who waits is told.
  struct Finish {
    BankPlans& plans;
    ~Finish() {
      const std::lock_guard lock(plans.mutex_);
      plans.finished_ = true;
      plans.changed_.notify_all();
    }
  } finish{*this};
  for (bool is_last = false; !is_last;) {
    PlannedBatch planned;
    planned.batch = TRY(batches_.next());
    is_last = planned.batch.is_last;
    if (!may_plan()) return {};
    planned.round = planned_round_;
    planned.plan = plan(planned.batch);
    if (planned.plan) ahead_.add(*planned.plan);
    if (!hand_over(std::move(planned))) return {};
  }
  ahead_ = {};  // While the last one is written.
  return {};
}

// What goes wrong here goes wrong again for who writes, and is told there.
std::optional<TakePlan> BankPlans::plan(const BankBatch& batch) {
  auto transaction = store_.begin(ports::TransactionKind::kRead);
  if (!transaction) return std::nullopt;
  auto planned = plan_items(**transaction, context_, batch.items, ahead_, commons_);
  if (!planned) return std::nullopt;
  return *std::move(planned);
}

bool BankPlans::may_plan() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopped_ || planned_round_ == round_ || open_ == 0; });
  if (stopped_) return false;
  if (planned_round_ != round_) ahead_ = {};
  planned_round_ = round_;
  return true;
}

bool BankPlans::hand_over(PlannedBatch planned) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !waiting_ || stopped_; });
  if (stopped_) return false;
  // What comes next knows nothing of this one.
  if (!planned.plan) ++round_;
  waiting_ = std::move(planned);
  ++open_;
  lock.unlock();
  changed_.notify_all();
  return true;
}

}  // namespace flows
