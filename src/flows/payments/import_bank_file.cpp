#include "flows/payments/import_bank_file.h"

#include <algorithm>
#include <optional>

#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/payments/bank_batches.h"
#include "flows/payments/bank_plans.h"
#include "flows/payments/check_bank_file.h"
#include "flows/payments/match_payments.h"
#include "flows/payments/payment_rows.h"
#include "flows/payments/take_items.h"
#include "flows/reconcile/move_deposits.h"
#include "flows/reconcile/take_settlement.h"
#include "flows/refunds/follow_refunds.h"
#include "ports/work.h"
#include "support/observe/log.h"
#include "support/observe/metrics.h"

namespace flows {
namespace {

using base::Result;
using ports::BankFileRow;

BankFileRow new_file(const Snapshot& source, const BankImportRequest& request, base::Instant now) {
  const auto& sha256 = source.sha256();
  BankFileRow file;
  file.id = bank_file_id(source);
  file.name = source.name();
  file.sha256.assign(reinterpret_cast<const char*>(sha256.data()), sha256.size());
  file.size = source.size();
  file.state = "reading";
  file.imported_by = request.actor;
  file.recorded = now;
  return file;
}

// A statement that overlaps another, a notice before its statement, the same file written anew:
// the money counts once, and the file says so, once too, where the first of it stands.
Result<> tell_of_known(ports::Transaction& transaction, BankFileRow& file, std::int64_t line) {
  ++file.problems;
  constexpr std::string_view kCode = "entries_known";
  const auto told = TRY(transaction.payments().problems_of(file.id, kBankProblemsKeptMax + 1));
  if (std::ranges::find(told, kCode, &ports::BankFileProblem::code) != told.end()) return {};
  const ports::BankFileProblem known[] = {
      {line, "", std::string(kCode),
       "this entry stood in an earlier file, and perhaps others behind it; they count once"}};
  return transaction.payments().add_problems(file.id, known);
}

// One file on its way into the books.
class BankImport {
 public:
  BankImport(ports::Store& store, const base::Clock& clock, const Snapshot& source,
             const BankImportRequest& request, const OnBankImportProgress& on_progress)
      : store_(store),
        clock_(clock),
        source_(source),
        request_(request),
        on_progress_(on_progress) {}

  Result<BankImportReport> run();

 private:
  Result<> find_file();
  Result<> open_file();
  Result<BankImportReport> report_known();
  Result<> commit_batch(BankPlans& plans);
  // `plan`: nothing where it must be made on what the transaction reads; then it is made, and used
  // up in either case.
  Result<BankFileRow> store_batch(ports::Transaction& transaction, std::optional<TakePlan>& plan,
                                  bool hold_bills);
  [[nodiscard]] TakeContext take_context(const BankFileRow& file) const;
  void count(const BankFileRow& before) const;
  void add_up(const TakeOutcome& taken);

  ports::Store& store_;
  const base::Clock& clock_;
  const Snapshot& source_;
  const BankImportRequest& request_;
  const OnBankImportProgress& on_progress_;

  domain::OwnAccounts own_;
  bool rf_references_ = false;
  base::Date today_;
  std::int64_t write_off_minor_ = 0;
  bool bears_charges_ = false;
  const formats::bank::BankFormat* format_ = nullptr;
  BankFileRow file_;
  std::string before_;  // The state in which the file was found, if it was.
  PlannedBatch planned_;
  bool as_planned_ = false;
  std::optional<TakeOutcome> taken_;  // Of the batch that is being kept.
  BankImportReport report_;
};

Result<BankImportReport> BankImport::run() {
  format_ = TRY(recognise_file(source_));
  TRY(find_file());
  const bool is_known = !before_.empty() && (before_ == "reading" || !request_.take_anyway);
  if (is_known && file_.state != "reading") return report_known();
  BankBatches batches(source_, *format_, own_,
                      {.first_entry = file_.next_entry,
                       .entries_max = request_.batch_entries_max,
                       .rf_references = rf_references_});
  // What is read and planned while the file is looked at as a whole is not kept if it is refused.
  BankPlans plans(store_, batches, take_context(file_));
  if (!is_known) TRY(open_file());
  if (file_.state != "reading") return report_known();
  observe::log(observe::Level::kInfo, "bank_import_started",
               {{"file", file_.id.to_string()}, {"format", file_.format}, {"size", file_.size}});
  while (!planned_.batch.is_last) {
    planned_ = TRY(plans.next());
    TRY(commit_batch(plans));
    plans.free(std::move(planned_.batch.items));
  }
  observe::log(observe::Level::kInfo, "bank_import_finished",
               {{"file", file_.id.to_string()},
                {"payments", file_.payments},
                {"repeated", file_.repeated},
                {"left_out", file_.left_out},
                {"problems", file_.problems}});
  report_.file = file_;
  return report_;
}

Result<BankImportReport> BankImport::report_known() {
  report_.was_imported = file_.state == "done";
  report_.file = file_;
  if (file_.state != "refused") return report_;
  const auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
  const auto told = TRY(transaction->payments().problems_of(file_.id, kBankProblemsKeptMax));
  const auto found = std::ranges::find_if(told, forbids_reading, &ports::BankFileProblem::code);
  if (found != told.end()) report_.unreadable = found->code;
  return report_;
}

// The file as it is known, or as it comes for the first time.
Result<> BankImport::find_file() {
  file_ = new_file(source_, request_, clock_.now());
  file_.format = format_->name;
  const auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
  const domain::Operator seller = TRY(load_seller(*transaction));
  own_ = own_accounts_of(seller);
  write_off_minor_ = seller.matching.write_off_minor;
  bears_charges_ = seller.matching.bears_charges;
  rf_references_ = seller.reference_scheme.contains("rf");
  today_ = TRY(local_date(seller.time_zone, file_.recorded));
  auto found = TRY(transaction->payments().find_file(file_.id));
  if (!found) return {};
  before_ = found->state;
  if (before_ == "reading" || !request_.take_anyway) {
    file_ = *std::move(found);
  } else {
    file_.recorded = found->recorded;
  }
  return {};
}

// Looks at it as a whole, and keeps that it came.
Result<> BankImport::open_file() {
  const BankFileCheck check = TRY(check_bank_file(source_, *format_, own_));
  file_.problems = check.problem_count;
  report_.is_whole = check.agrees;
  const bool may_be_taken = check.agrees || request_.take_anyway;
  file_.state = may_be_taken && check.readable ? "reading" : "refused";
  TRY(ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kBankImportLock));
    auto found = TRY(transaction.payments().find_file(file_.id));
    if (found && found->state != before_) {
      file_ = *std::move(found);
      return {};
    }
    // Read anew from the beginning: what is known stays as it is.
    if (found) return transaction.payments().update_file(file_);
    TRY(transaction.payments().add_file(file_));
    return transaction.payments().add_problems(file_.id, check.problems);
  }));
  if (file_.state == "refused") {
    observe::log(observe::Level::kWarning, "bank_file_refused",
                 {{"file", file_.id.to_string()}, {"problems", file_.problems}});
    observe::metrics().count(observe::Metric::kBankFiles, {"refused"});
  }
  return {};
}

TakeContext BankImport::take_context(const BankFileRow& file) const {
  return {.file = file.id,
          .actor = request_.actor,
          .recorded = file.recorded,
          .write_off_minor = write_off_minor_,
          .bears_charges = bears_charges_};
}

Result<> BankImport::commit_batch(BankPlans& plans) {
  BankFileRow after;
  std::optional<TakePlan> plan;
  if (plans.is_current(planned_)) plan = std::exchange(planned_.plan, std::nullopt);
  bool met_another = false;
  TRY(ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
    taken_.reset();
    as_planned_ = false;
    std::optional<TakePlan> used = std::exchange(plan, std::nullopt);
    after = TRY(store_batch(transaction, used, std::exchange(met_another, true)));
    plans.free(std::move(used));  // While it is committed.
    return {};
  }));
  plans.settle(as_planned_ ? BankPlans::Outcome::kAsPlanned : BankPlans::Outcome::kOtherwise);
  if (taken_) add_up(*taken_);
  const BankFileRow before = std::exchange(file_, std::move(after));
  count(before);
  if (on_progress_) on_progress_({file_.name, file_.next_entry - 1, file_.payments});
  return {};
}

Result<BankFileRow> BankImport::store_batch(ports::Transaction& transaction,
                                            std::optional<TakePlan>& plan, bool hold_bills) {
  BankBatch& batch = planned_.batch;
  TRY(transaction.work().lock(kBankImportLock));
  BankFileRow file = TRY(transaction.payments().find_file(file_.id)).value_or(file_);
  // Another process may be importing the same file: what it has done is done.
  const bool is_done = file.state == "done" || file.next_entry > batch.next_entry ||
                       (file.next_entry == batch.next_entry && !batch.is_last);
  // It began anew, and is where we were: it takes the file to its end.
  const bool is_behind = file.next_entry < batch.first_entry;
  if (is_done || is_behind) return file;
  const bool fits =
      plan && file.next_entry == batch.first_entry && file.recorded == plan->context.recorded;
  batch.forget_before(file.next_entry);
  TakeContext context = take_context(file);
  context.hold_bills = hold_bills;
  const RefundContext house{file.recorded, today_, request_.actor};
  TRY(keep_bank_side(transaction, file.id, batch.side, house));
  if (!fits) {
    PayerCommons commons;
    plan = TRY(plan_items(transaction, context, batch.items, {}, commons));
  }
  TakeOutcome taken = TRY(keep_items(transaction, *plan, batch.items));
  for (const TakenItem& item : batch.items) {
    TRY(follow_return(transaction, item.money, house));
  }
  if (batch.is_last) TRY(match_payouts(transaction, house));
  if (batch.is_last) TRY(move_deposits(transaction, house));
  file.payments += taken.payments;
  file.repeated += taken.repeated;
  for (const auto& [reason, entries] : batch.left_out) {
    file.left_out += static_cast<std::int64_t>(entries.size());
  }
  file.entries = file.payments + file.repeated + file.left_out;
  file.next_entry = batch.next_entry;
  if (batch.is_last) file.state = "done";
  if (taken.repeated > 0 && file.repeated == taken.repeated) {
    TRY(tell_of_known(transaction, file, taken.first_repeated_line));
  }
  TRY(transaction.payments().update_file(file));
  taken_ = std::move(taken);
  as_planned_ = fits;
  return file;
}

void BankImport::add_up(const TakeOutcome& taken) {
  for (const auto& [currency, sums] : taken.sums) {
    const auto [all, added] = report_.sums.emplace(currency, sums);
    if (added) continue;
    all->second.came += sums.came;
    all->second.to_bills += sums.to_bills;
    all->second.to_credit += sums.to_credit;
    all->second.suspense += sums.suspense;
  }
  for (const auto& [reason, count] : taken.suspense) report_.suspense[reason] += count;
  for (const auto& [reason, entries] : planned_.batch.left_out) {
    if (!entries.empty()) {
      report_.left_out[reason] += static_cast<std::int64_t>(entries.size());
    }
  }
}

void BankImport::count(const BankFileRow& before) const {
  auto& metrics = observe::metrics();
  using observe::Metric;
  if (!taken_) return;
  metrics.count(Metric::kBankPayments, {"new"}, file_.payments - before.payments);
  metrics.count(Metric::kBankPayments, {"repeated"}, file_.repeated - before.repeated);
  metrics.count(Metric::kBankPayments, {"left_out"}, file_.left_out - before.left_out);
  if (file_.state == "done") metrics.count(Metric::kBankFiles, {"done"});
}

// What no exact reference assigned is matched, once the whole file is there.
Result<> match_rest(ports::Store& store, const base::Clock& clock, const std::string& actor,
                    BankImportReport& report) {
  const MatchReport matched =
      TRY(match_payments(store, clock, {report.file.id, actor, report.file.recorded}));
  report.matched = matched.matched;
  for (const auto& [currency, more] : matched.sums) {
    const auto sums = report.sums.find(currency);
    if (sums == report.sums.end()) continue;
    sums->second.to_bills += more.to_bills;
    sums->second.to_credit += more.to_credit;
    sums->second.suspense -= more.to_bills + more.to_credit;
  }
  for (const auto& [reason, count] : matched.reasons) {
    const auto waiting = report.suspense.find(reason);
    if (waiting == report.suspense.end()) continue;
    waiting->second -= count;
    if (waiting->second <= 0) report.suspense.erase(waiting);
  }
  return {};
}

}  // namespace

domain::BankFileId bank_file_id(const Snapshot& source) {
  return derived_id<domain::BankFileId>({"bank_file", crypto::to_hex(source.sha256())});
}

Result<BankImportReport> import_bank_file(ports::Store& store, const base::Clock& clock,
                                          const Snapshot& source, const BankImportRequest& request,
                                          const OnBankImportProgress& on_progress) {
  BankImportReport report = TRY(BankImport(store, clock, source, request, on_progress).run());
  if (report.file.state == "done") TRY(match_rest(store, clock, request.actor, report));
  return report;
}

}  // namespace flows
