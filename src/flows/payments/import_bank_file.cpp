#include "flows/payments/import_bank_file.h"

#include <optional>

#include "domain/payment/money_item.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/payments/check_bank_file.h"
#include "flows/payments/match_payments.h"
#include "flows/payments/payment_rows.h"
#include "flows/payments/take_items.h"
#include "ports/work.h"
#include "support/observe/log.h"
#include "support/observe/metrics.h"

namespace flows {
namespace {

using base::Result;
using domain::MoneyItem;
using ports::BankFileRow;

domain::OwnAccounts own_accounts(const domain::Operator& seller) {
  std::vector<std::string> accounts = seller.bank_accounts;
  accounts.push_back(seller.payee.bankgiro);
  accounts.push_back(seller.payee.plusgiro);
  accounts.push_back(seller.payee.iban);
  return domain::OwnAccounts(std::move(accounts));
}

BankFileRow new_file(const Snapshot& source, const BankImportRequest& request,
                     base::Instant now) {
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

// One file on its way into the books.
class BankImport final : public formats::bank::BankFileSink {
 public:
  BankImport(ports::Store& store, const base::Clock& clock, const Snapshot& source,
             const BankImportRequest& request, const OnBankImportProgress& on_progress)
      : store_(store),
        clock_(clock),
        source_(source),
        request_(request),
        on_progress_(on_progress) {}

  Result<BankImportReport> run();

  bool statement_begins(const domain::BankStatement& statement) override {
    maker_->statement_begins();
    day_ = statement.to ? statement.to : statement.from;
    return true;
  }
  bool statement_ends(const domain::BankStatement&) override { return true; }
  bool entry(domain::BankEntry&& entry) override {
    failure_ = add(entry);
    return failure_.has_value();
  }
  bool mandate(domain::BankMandate&&) override { return true; }
  bool status(domain::BankStatus&&) override { return true; }
  bool problem(domain::BankProblem&&) override { return true; }

 private:
  struct Batch {
    std::vector<MoneyItem> items;
    std::map<std::string, std::int64_t> left_out;
    std::size_t entries = 0;
    std::int64_t first_entry = 0;
    std::int64_t next_entry = 0;
  };

  Result<> open_file();
  Result<> add(const domain::BankEntry& entry);
  Result<> commit_batch(bool last);
  Result<BankFileRow> store_batch(ports::Transaction& transaction, bool last);
  void count(const BankFileRow& before) const;
  void add_up(const TakeOutcome& taken);

  ports::Store& store_;
  const base::Clock& clock_;
  const Snapshot& source_;
  const BankImportRequest& request_;
  const OnBankImportProgress& on_progress_;

  domain::OwnAccounts own_;
  bool rf_references_ = false;
  std::int64_t write_off_minor_ = 0;
  const formats::bank::BankFormat* format_ = nullptr;
  std::optional<domain::ItemMaker> maker_;
  std::optional<base::Date> day_;
  BankFileRow file_;
  Batch batch_;
  std::optional<TakeOutcome> taken_;  // Of the batch that is being kept.
  BankImportReport report_;
  Result<> failure_;
};

Result<BankImportReport> BankImport::run() {
  format_ = TRY(recognise_file(source_));
  TRY(open_file());
  if (file_.state != "reading") {
    report_.was_imported = file_.state == "done";
    report_.file = file_;
    return report_;
  }
  observe::log(observe::Level::kInfo, "bank_import_started",
               {{"file", file_.id.to_string()}, {"format", file_.format}, {"size", file_.size}});
  maker_.emplace(format_->name);
  batch_.first_entry = batch_.next_entry = file_.next_entry;
  SnapshotSource bytes(source_);
  const auto read = format_->read(bytes, *this);
  if (!failure_) return std::unexpected(std::move(failure_).error());
  if (!read) return std::unexpected(read.error());
  TRY(commit_batch(true));
  observe::log(observe::Level::kInfo, "bank_import_finished",
               {{"file", file_.id.to_string()},
                {"payments", file_.payments},
                {"repeated", file_.repeated},
                {"left_out", file_.left_out},
                {"problems", file_.problems}});
  report_.file = file_;
  return report_;
}

// Finds the file, or looks at it as a whole and keeps that it came.
Result<> BankImport::open_file() {
  file_ = new_file(source_, request_, clock_.now());
  file_.format = format_->name;
  std::string before;
  {
    const auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
    const domain::Operator seller = TRY(load_seller(*transaction));
    own_ = own_accounts(seller);
    write_off_minor_ = seller.matching.write_off_minor;
    rf_references_ = seller.reference_scheme.contains("rf");
    auto found = TRY(transaction->payments().find_file(file_.id));
    if (found) before = found->state;
    if (found && (before == "reading" || !request_.take_anyway)) {
      file_ = *std::move(found);
      return {};
    }
  }
  const BankFileCheck check = TRY(check_bank_file(source_, *format_, own_));
  file_.problems = check.problem_count;
  file_.state = check.agrees || request_.take_anyway ? "reading" : "refused";
  TRY(ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kBankImportLock));
    auto found = TRY(transaction.payments().find_file(file_.id));
    if (found && found->state != before) {
      file_ = *std::move(found);
      return {};
    }
    // Read anew from the beginning: what is known stays as it is.
    if (found) file_.recorded = found->recorded;
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

Result<> BankImport::add(const domain::BankEntry& entry) {
  // Made though it is done already: equals are counted from the beginning.
  auto made = maker_->make(entry, day_);
  if (entry.ordinal < batch_.first_entry) return {};
  if (made.left_out.empty() &&
      own_.asks(entry.account) == domain::OwnAccounts::Answer::kForeign) {
    made = {{}, "foreign_account"};
  }
  if (!made.left_out.empty()) ++batch_.left_out[made.left_out];
  for (MoneyItem& item : made.items) batch_.items.push_back(std::move(item));
  batch_.next_entry = entry.ordinal + 1;
  if (++batch_.entries < request_.batch_entries_max) return {};
  return commit_batch(false);
}

Result<> BankImport::commit_batch(bool last) {
  BankFileRow after;
  TRY(ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
    taken_.reset();
    after = TRY(store_batch(transaction, last));
    return {};
  }));
  if (taken_) add_up(*taken_);
  const BankFileRow before = std::exchange(file_, std::move(after));
  count(before);
  batch_ = {};
  // What another process has done meanwhile is not read again.
  batch_.first_entry = batch_.next_entry = file_.next_entry;
  if (on_progress_) on_progress_({file_.name, file_.next_entry - 1, file_.payments});
  return {};
}

Result<BankFileRow> BankImport::store_batch(ports::Transaction& transaction, bool last) {
  TRY(transaction.work().lock(kBankImportLock));
  BankFileRow file = TRY(transaction.payments().find_file(file_.id)).value_or(file_);
  // Another process may be importing the same file: what it has done is done.
  if (file.state == "done" || file.next_entry != batch_.first_entry) return file;
  const TakeContext context{.file = file.id,
                            .actor = request_.actor,
                            .recorded = file.recorded,
                            .rf_references = rf_references_,
                            .write_off_minor = write_off_minor_};
  TakeOutcome taken = TRY(take_items(transaction, context, batch_.items));
  file.payments += taken.payments;
  file.repeated += taken.repeated;
  for (const auto& [reason, count] : batch_.left_out) file.left_out += count;
  file.entries = file.payments + file.repeated + file.left_out;
  file.next_entry = batch_.next_entry;
  if (last) file.state = "done";
  TRY(transaction.payments().update_file(file));
  taken_ = std::move(taken);
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
  for (const auto& [reason, count] : batch_.left_out) report_.left_out[reason] += count;
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
                                          const Snapshot& source,
                                          const BankImportRequest& request,
                                          const OnBankImportProgress& on_progress) {
  BankImportReport report = TRY(BankImport(store, clock, source, request, on_progress).run());
  if (report.file.state == "done") TRY(match_rest(store, clock, request.actor, report));
  return report;
}

}  // namespace flows
