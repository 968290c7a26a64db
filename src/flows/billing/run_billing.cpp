#include "flows/billing/run_billing.h"

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "flows/billing/begin_run.h"
#include "flows/billing/issue_batch.h"
#include "flows/billing/load_setup.h"
#include "flows/billing/plan_batch.h"
#include "flows/care/time_zone.h"
#include "ports/catalogue.h"
#include "ports/credits.h"
#include "ports/events.h"
#include "ports/ledger.h"
#include "ports/parties.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using ports::BillingBatch;
using ports::BillingRun;
using ports::Transaction;

constexpr std::int64_t kFirstCreditNumber = 1;

// Of the batches that were counted, how many accounts and lines are kept planned until they are
// issued; the others are planned again. It bounds the memory of a run of any size.
constexpr std::size_t kAccountsKeptMax = 50'000;
constexpr std::size_t kLinesKeptMax = 400'000;

std::size_t lines_of(const BatchPlan& plan) {
  std::size_t lines = 0;
  for (const PlannedAccount& account : plan.accounts) {
    for (const domain::PlannedBill& bill : account.plan.bills) lines += bill.lines.size();
  }
  return lines;
}

void add(const RunTotals& part, RunTotals& sum) {
  sum.accounts += part.accounts;
  sum.billed += part.billed;
  sum.documents += part.documents;
  sum.credit_notes += part.credit_notes;
  sum.set_aside += part.set_aside;
  sum.net_minor += part.net_minor;
  sum.vat_minor += part.vat_minor;
  sum.total_minor += part.total_minor;
}

// Runs `work` for each batch on a number of threads; the first error stops the others.
Result<> for_each_batch(std::span<BillingBatch> batches, int workers,
                        const std::function<Result<>(BillingBatch&)>& work) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::mutex mutex;
  Result<> outcome;
  const auto worker = [&] {
    for (std::size_t at = next++; at < batches.size() && !stop; at = next++) {
      const auto done = work(batches[at]);
      if (done) continue;
      const std::lock_guard lock(mutex);
      if (!stop.exchange(true)) outcome = done;
    }
  };
  std::vector<std::jthread> threads;
  for (int extra = 1; extra < workers; ++extra) threads.emplace_back(worker);
  worker();
  threads.clear();
  return outcome;
}

class BillingRunner {
 public:
  BillingRunner(const BillingTools& tools, const RunRequest& request,
                const OnRunProgress& on_progress)
      : tools_(tools), request_(request), on_progress_(on_progress) {}

  Result<RunOutcome> run() {
    TRY(load_setup());
    outcome_.period = setup_.period();
    outcome_.dry_run = request_.dry_run;
    outcome_.issue_day = setup_.day;
    outcome_.currency = setup_.seller.currency;
    outcome_.series = setup_.seller.invoice_series;
    if (request_.dry_run) {
      TRY(count_without_trace());
      return std::move(outcome_);
    }
    TRY(check_period_is_over());
    const auto runs = TRY(runs_of_day());
    if (!runs.empty() && runs.front().state != "done") {
      run_ = runs.front();
      outcome_.resumed = true;
    } else {
      // Asked again for a closed period: begin only where something is left, so that a second
      // call leaves no trace.
      if (!runs.empty() && !TRY(anything_left())) {
        outcome_.cutoff = {runs.front().cutoff_epoch, runs.front().recorded};
        for (const BillingRun& run : runs) {
          outcome_.found_issued += run.documents + run.credit_notes;
        }
        return std::move(outcome_);
      }
      TRY(start(static_cast<std::int64_t>(runs.size()) + 1));
    }
    TRY(finish());
    return std::move(outcome_);
  }

 private:
  // A bill is dated the day after the period (D15): before that day it would be of the future,
  // and what still happens in the period would miss it. A dry run may look ahead.
  Result<> check_period_is_over() {
    const base::Date today = TRY(local_date(setup_.seller.time_zone, tools_.clock.now()));
    if (setup_.day <= today) return {};
    return base::fail(
        "period_not_over",
        "the period can be closed from " + setup_.day.to_string() + " on; until then use a dry run",
        setup_.period().to_string());
  }

  Result<> load_setup() {
    const auto transaction = TRY(tools_.store.begin(ports::TransactionKind::kRead));
    setup_ = TRY(flows::load_setup(*transaction, tools_.rules, request_.day));
    return {};
  }

  Result<std::vector<BillingRun>> runs_of_day() {
    const auto transaction = TRY(tools_.store.begin(ports::TransactionKind::kRead));
    return runs_of_day(*transaction);
  }

  // Of this day. Another day's run that was begun must be finished first: what this one
  // closes could no longer be billed there, and its numbers would be left over.
  Result<std::vector<BillingRun>> runs_of_day(Transaction& transaction) {
    auto runs = TRY(transaction.billing().list_runs(kRunsLookedAtMax));
    for (const BillingRun& run : runs) {
      if (run.issue_day == request_.day || run.state == "done") continue;
      return base::fail("run_unfinished",
                        "the run of " + run.issue_day.to_string() +
                            " was begun and not finished: run that day first",
                        run.id.to_string());
    }
    std::erase_if(runs, [&](const BillingRun& run) { return run.issue_day != request_.day; });
    return runs;
  }

  // What a run of this cutoff builds on: the facts up to it, and the runs before it.
  Result<> look_up_to(std::int64_t cutoff_epoch) {
    const auto transaction = TRY(tools_.store.begin(ports::TransactionKind::kRead));
    return flows::look_up_to(*transaction, cutoff_epoch, setup_);
  }

  // Plans everything that is there now, as a run begun now would see it.
  Result<> count_without_trace() {
    // Nothing has an epoch beyond the one that is open: all of it is seen.
    TRY(look_up_to(INT64_MAX));
    std::vector<BillingBatch> batches;
    {
      const auto transaction = TRY(tools_.store.begin(ports::TransactionKind::kRead));
      batches = TRY(make_batches(*transaction, setup_.cutoff_epoch, request_.batch_accounts));
    }
    progress_ = {"counting", 0, static_cast<std::int64_t>(batches.size()), 0};
    return for_each_batch(batches, request_.workers, [&](BillingBatch& batch) -> Result<> {
      const BatchPlan plan = TRY(plan_batch(tools_.store, setup_, batch.range, PlanFor::kCount));
      note(plan);
      return {};
    });
  }

  Result<bool> anything_left() {
    TRY(count_without_trace());
    const bool left = outcome_.totals.documents + outcome_.totals.credit_notes > 0;
    if (left) {
      outcome_.totals = {};
      outcome_.set_aside.clear();
    }
    return left;
  }

  // One transaction: the cutoff, the run and its batches.
  Result<> start(std::int64_t ordinal) {
    return ports::run_in_transaction(tools_.store, [&](Transaction& transaction) -> Result<> {
      TRY(transaction.work().lock("billing_run"));
      // Another process may have begun since we looked: then its run is the one to finish.
      const auto runs = TRY(runs_of_day(transaction));
      outcome_.resumed = static_cast<std::int64_t>(runs.size()) >= ordinal;
      if (outcome_.resumed) {
        run_ = runs.front();
        return {};
      }
      setup_.cutoff_epoch = TRY(transaction.work().advance_epoch());
      run_ = TRY(begin_run(transaction, setup_,
                           {.ordinal = ordinal,
                            .batch_accounts = request_.batch_accounts,
                            .actor = request_.actor,
                            .now = tools_.clock.now()}));
      return {};
    });
  }

  Result<> finish() {
    outcome_.cutoff = {run_.cutoff_epoch, run_.recorded};
    TRY(look_up_to(run_.cutoff_epoch));
    TRY(load_batches());
    if (run_.state == "counting") {
      TRY(for_each_batch(batches_, request_.workers,
                         [&](BillingBatch& batch) { return count(batch); }));
      TRY(take_numbers());
    }
    progress_ = {"issuing", 0, static_cast<std::int64_t>(batches_.size()), 0};
    TRY(for_each_batch(batches_, request_.workers,
                       [&](BillingBatch& batch) { return issue(batch); }));
    return close();
  }

  Result<> load_batches() {
    const auto transaction = TRY(tools_.store.begin(ports::TransactionKind::kRead));
    batches_ = TRY(transaction->billing().batches_of(run_.id));
    progress_ = {"counting", 0, static_cast<std::int64_t>(batches_.size()), 0};
    return {};
  }

  Result<> lock_batch(Transaction& transaction, const BillingBatch& batch) const {
    return transaction.work().lock("billing_batch:" + run_.id.to_string() + ":" +
                                   std::to_string(batch.batch));
  }

  Result<> count(BillingBatch& batch) {
    if (batch.state != "waiting") {
      step(batch.documents);
      return {};
    }
    const PlanFor use = may_keep() ? PlanFor::kIssue : PlanFor::kCount;
    BatchPlan plan = TRY(plan_batch(tools_.store, setup_, batch.range, use));
    BillingBatch counted = batch;
    counted.state = "counted";
    counted.accounts = plan.totals.accounts;
    counted.documents = plan.totals.documents;
    counted.credit_notes = plan.totals.credit_notes;
    counted.set_aside = plan.totals.set_aside;
    counted.net_minor = plan.totals.net_minor;
    counted.vat_minor = plan.totals.vat_minor;
    counted.total_minor = plan.totals.total_minor;
    TRY(ports::run_in_transaction(tools_.store, [&](Transaction& transaction) -> Result<> {
      TRY(lock_batch(transaction, batch));
      // What another process counted holds: it may have given the batch numbers and issued it,
      // and then our plan finds nothing left to bill.
      const auto current = TRY(transaction.billing().find_batch(run_.id, batch.batch));
      if (current && current->state != "waiting") {
        counted = *current;
        return {};
      }
      return transaction.billing().update_batch(run_.id, counted);
    }));
    batch = counted;
    if (use == PlanFor::kIssue) keep(batch.batch, std::move(plan));
    step(batch.documents);
    return {};
  }

  // One transaction: the block of numbers, each batch's first by prefix sum, and the new state.
  Result<> take_numbers() {
    return ports::run_in_transaction(tools_.store, [&](Transaction& transaction) -> Result<> {
      auto& billing = transaction.billing();
      TRY(transaction.work().lock("billing_run"));
      const auto current = TRY(billing.find_run(run_.id));
      if (!current || current->state != "counting") {
        // Another process came first; what it took is what holds.
        if (current) run_ = *current;
        batches_ = TRY(billing.batches_of(run_.id));
        return {};
      }
      BillingRun run = *current;
      for (const BillingBatch& batch : batches_) {
        run.accounts += batch.accounts;
        run.documents += batch.documents;
        run.credit_notes += batch.credit_notes;
        run.set_aside += batch.set_aside;
      }
      run.first_number = TRY(billing.take_invoice_numbers(
          run.series, setup_.seller.first_invoice_number, run.documents));
      if (run.credit_notes > 0) {
        run.first_credit_number = TRY(billing.take_invoice_numbers(
            setup_.seller.credit_series, kFirstCreditNumber, run.credit_notes));
      }
      std::int64_t next = run.first_number, next_credit = run.first_credit_number;
      for (BillingBatch& batch : batches_) {
        batch.first_number = next;
        batch.first_credit_number = next_credit;
        next += batch.documents;
        next_credit += batch.credit_notes;
        TRY(billing.update_batch(run.id, batch));
      }
      run.state = "issuing";
      run_ = run;
      return billing.update_run(run);
    });
  }

  Result<> issue(BillingBatch& batch) {
    if (batch.state == "issued") {
      note(batch);
      return {};
    }
    // Planned outside of the writing transaction: the cutoff makes the facts stand still, and
    // writers are scarce.
    const BatchPlan plan = TRY(planned(batch));
    BatchRows rows = TRY(make_batch_rows(
        run_, setup_, plan, {batch.first_number, batch.first_credit_number}, tools_.link_key));
    {
      const auto transaction = TRY(tools_.store.begin(ports::TransactionKind::kRead));
      TRY(transaction->billing().seal_documents(rows.documents));
    }
    bool issued_by_another = false;
    TRY(ports::run_in_transaction(tools_.store, [&](Transaction& transaction) -> Result<> {
      auto& billing = transaction.billing();
      TRY(lock_batch(transaction, batch));
      const auto current = TRY(billing.find_batch(run_.id, batch.batch));
      issued_by_another = current && current->state == "issued";
      if (issued_by_another) {
        batch = *current;
        return {};
      }
      if (plan.totals.documents != batch.documents ||
          plan.totals.credit_notes != batch.credit_notes ||
          plan.totals.total_minor != batch.total_minor) {
        return base::fail("run_inputs_changed",
                          "the batch no longer gives the bills that were counted",
                          run_.id.to_string() + " batch " + std::to_string(batch.batch));
      }
      return write(transaction, batch, rows, plan.set_aside);
    }));
    if (issued_by_another) {
      note(batch);
    } else {
      batch.state = "issued";
      note(plan);
    }
    return {};
  }

  Result<> write(Transaction& transaction, const BillingBatch& batch, const BatchRows& rows,
                 std::span<const ports::SetAside> set_aside) {
    auto& billing = transaction.billing();
    TRY(keep_batch_rows(transaction, rows));
    TRY(billing.add_set_aside(run_.id, set_aside));
    BillingBatch issued = batch;
    issued.state = "issued";
    return billing.update_batch(run_.id, issued);
  }

  Result<> close() {
    TRY(ports::run_in_transaction(tools_.store, [&](Transaction& transaction) -> Result<> {
      BillingRun done = run_;
      done.state = "done";
      TRY(transaction.billing().update_run(done));
      outcome_.set_aside = TRY(transaction.billing().set_aside_of(run_.id, kSetAsideShownMax));
      return {};
    }));
    outcome_.run = run_.id;
    if (run_.documents > 0) {
      outcome_.first_number = run_.first_number;
      outcome_.last_number = run_.first_number + run_.documents - 1;
    }
    return {};
  }

  // --- Plans that are kept from the count to the issue.

  [[nodiscard]] bool may_keep() {
    const std::lock_guard lock(mutex_);
    return accounts_kept_ < kAccountsKeptMax && lines_kept_ < kLinesKeptMax;
  }

  void keep(std::int64_t batch, BatchPlan plan) {
    const std::size_t lines = lines_of(plan);
    const std::lock_guard lock(mutex_);
    if (lines_kept_ + lines > kLinesKeptMax) return;
    accounts_kept_ += plan.accounts.size();
    lines_kept_ += lines;
    kept_.emplace(batch, std::move(plan));
  }

  // The cutoff makes the facts stand still: what was counted is what would be planned now.
  Result<BatchPlan> planned(const BillingBatch& batch) {
    {
      const std::lock_guard lock(mutex_);
      if (auto kept = kept_.extract(batch.batch)) return std::move(kept.mapped());
    }
    return plan_batch(tools_.store, setup_, batch.range, PlanFor::kIssue);
  }

  // --- Progress and totals, from any worker.

  void step(std::int64_t documents) {
    const std::lock_guard lock(mutex_);
    advance(documents);
  }

  void advance(std::int64_t documents) {
    ++progress_.batches_done;
    progress_.documents += documents;
    if (on_progress_) on_progress_(progress_);
  }

  void note(const BatchPlan& plan) {
    const std::lock_guard lock(mutex_);
    add(plan.totals, outcome_.totals);
    for (const auto& account : plan.set_aside) {
      if (outcome_.set_aside.size() < kSetAsideShownMax) outcome_.set_aside.push_back(account);
    }
    advance(plan.totals.documents);
  }

  // A batch that was issued before this call: its accounts with bills are no longer told apart.
  void note(const BillingBatch& batch) {
    const std::lock_guard lock(mutex_);
    add({.accounts = batch.accounts,
         .billed = 0,
         .documents = batch.documents,
         .credit_notes = batch.credit_notes,
         .set_aside = batch.set_aside,
         .net_minor = batch.net_minor,
         .vat_minor = batch.vat_minor,
         .total_minor = batch.total_minor},
        outcome_.totals);
    outcome_.found_issued += batch.documents + batch.credit_notes;
    advance(batch.documents);
  }

  const BillingTools& tools_;
  const RunRequest& request_;
  const OnRunProgress& on_progress_;
  BillingSetup setup_;
  BillingRun run_;
  std::vector<BillingBatch> batches_;
  std::mutex mutex_;  // Guards what stands below it while workers run.
  std::map<std::int64_t, BatchPlan> kept_;
  std::size_t accounts_kept_ = 0, lines_kept_ = 0;
  RunOutcome outcome_;
  RunProgress progress_;
};

}  // namespace

Result<RunOutcome> run_billing(const BillingTools& tools, const RunRequest& request,
                               const OnRunProgress& on_progress) {
  return BillingRunner(tools, request, on_progress).run();
}

}  // namespace flows
