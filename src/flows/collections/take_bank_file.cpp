#include "flows/collections/take_bank_file.h"

#include <algorithm>

#include "domain/payment/money_item.h"
#include "flows/care/time_zone.h"
#include "flows/collections/apply_bank_mandates.h"
#include "flows/collections/apply_debit_words.h"
#include "flows/collections/compare_register.h"
#include "flows/collections/register_mandate.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/payments/check_bank_file.h"
#include "flows/payments/import_bank_file.h"
#include "flows/payments/payment_rows.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::BankEntry;
using domain::DebitAnswer;
using domain::MoneyItem;

constexpr std::size_t kProblemsKept = 10'000;

// The code by which money went back, of each of an entry's items in their order.
std::vector<domain::BankReturn> returns_of(const BankEntry& entry, std::size_t items) {
  std::vector<domain::BankReturn> all;
  for (const auto& detail : entry.details) {
    if (detail.amount && detail.amount->is_zero()) continue;
    const auto& said = detail.returned ? detail.returned : entry.returned;
    all.push_back(said.value_or(domain::BankReturn{}));
  }
  if (all.size() < items) all.resize(items, entry.returned.value_or(domain::BankReturn{}));
  return all;
}

// End-to-end ids of our debits are the ids of collections, whatever code a bank gives the entry.
bool is_our_id(std::string_view end_to_end_id) {
  return !end_to_end_id.empty() &&
         domain::CollectionId::parse("coll_" + std::string(end_to_end_id)).has_value();
}

// Autogiro and AvtaleGiro (type 15 of OCR giro) collect; elsewhere the code of the entry says so,
// or its name.
bool is_debit_of(std::string_view format, const BankEntry& entry) {
  if (format == "autogiro") return true;
  if (format == "ocrgiro") return entry.code == "15";
  const bool is_returned =
      entry.returned.has_value() || std::ranges::any_of(entry.details, [](const auto& detail) {
        return detail.returned.has_value();
      });
  return entry.code.contains("DDT") || is_returned || is_our_id(entry.end_to_end_id) ||
         std::ranges::any_of(entry.details,
                             [](const auto& detail) { return is_our_id(detail.end_to_end_id); });
}

class DebitFile final : public formats::bank::BankFileSink {
 public:
  DebitFile(ports::Store& store, const domain::RuleBook& rules, const Snapshot& source,
            const DebitFileRequest& request)
      : store_(store), rules_(rules), source_(source), request_(request) {}

  Result<DebitFileReport> run();

  bool statement_begins(const domain::BankStatement& statement) override {
    maker_->statement_begins();
    day_ = statement.to ? statement.to : statement.from;
    if (const auto created = base::Date::parse(statement.created)) extracted_ = *created;
    return true;
  }
  bool statement_ends(const domain::BankStatement&) override { return true; }
  bool entry(BankEntry&& entry) override;
  bool mandate(domain::BankMandate&& mandate) override;
  bool status(domain::BankStatus&& status) override;
  bool problem(domain::BankProblem&&) override { return true; }

 private:
  bool go_on();
  Result<> commit();
  Result<> apply(ports::Transaction& transaction, DebitFileReport& report);
  Result<> keep_problems(ports::Transaction& transaction,
                         std::span<const ports::BankFileProblem> problems);
  Result<> end_register();

  ports::Store& store_;
  const domain::RuleBook& rules_;
  const Snapshot& source_;
  const DebitFileRequest& request_;
  const formats::bank::BankFormat* format_ = nullptr;
  std::optional<domain::ItemMaker> maker_;
  std::optional<base::Date> day_;
  ports::BankFileRow file_;
  DebitContext context_;
  std::vector<DebitWord> words_;
  std::vector<domain::BankMandate> mandates_;
  RegisterComparison register_;
  std::optional<base::Date> extracted_;
  DebitFileReport report_;
  Result<> failure_;
};

bool DebitFile::entry(BankEntry&& entry) {
  const bool is_debit = is_debit_of(format_->name, entry);
  // Made of every entry: equals are counted from the beginning.
  auto made = maker_->make(entry, day_);
  if (entry.code.ends_with(domain::kWatchedMark)) {
    register_.add(entry);
    return go_on();
  }
  if (!is_debit) return true;
  const auto returned = returns_of(entry, made.items.size());
  for (std::size_t at = 0; at < made.items.size(); ++at) {
    const MoneyItem& item = made.items[at];
    if (item.reason == "bank_charges") continue;
    DebitWord word;
    word.answer = item.amount.is_negative() ? DebitAnswer::kReturned : DebitAnswer::kPaid;
    word.wire = item.end_to_end_id;
    word.other_wire = item.reference;
    if (word.wire.empty() && word.other_wire.empty()) continue;
    word.amount = item.amount.is_negative() ? -item.amount : item.amount;
    word.day = item.booked;
    word.code = returned[at].code;
    word.text = returned[at].text;
    word.payment = derived_id<domain::PaymentId>({"payment", item.identity});
    // Money that came may be for a debit of another system; a debit that goes back is ours to know.
    word.is_surely_ours =
        item.amount.is_negative() &&
        (format_->name == "autogiro" || entry.code.contains("DDT") || is_our_id(word.wire));
    word.line = item.line;
    words_.push_back(std::move(word));
  }
  return go_on();
}

bool DebitFile::status(domain::BankStatus&& status) {
  DebitWord word;
  word.answer = status.state == "accepted"   ? DebitAnswer::kAccepted
                : status.state == "rejected" ? DebitAnswer::kRefused
                                             : DebitAnswer::kPending;
  // Part of it: what became of each stands in words of their own.
  if (status.state == "partly") return true;
  word.wire = status.end_to_end_id;
  word.message = status.message_id;
  word.batch = status.batch_id;
  word.amount = status.amount;
  word.day = status.day.value_or(context_.day);
  word.says_day = status.day.has_value();
  word.code = status.code;
  word.text = status.text;
  word.line = status.line;
  words_.push_back(std::move(word));
  return go_on();
}

bool DebitFile::mandate(domain::BankMandate&& mandate) {
  if (mandate.state == domain::kRegistered) {
    register_.add(std::move(mandate));
  } else {
    mandates_.push_back(std::move(mandate));
  }
  return go_on();
}

bool DebitFile::go_on() {
  const std::size_t waiting = words_.size() + mandates_.size() + register_.size();
  if (waiting >= request_.words_per_batch) failure_ = commit();
  return failure_.has_value();
}

Result<> DebitFile::apply(ports::Transaction& transaction, DebitFileReport& report) {
  TRY(transaction.work().lock(kBankImportLock));
  TRY(transaction.work().lock(kMandateLock));
  DebitTerms terms = TRY(DebitTerms::load(transaction, rules_, context_.day));
  if (!words_.empty()) {
    auto done = TRY(apply_debit_words(transaction, terms, context_, words_));
    report.debits = std::move(done.answers);
    report.repeated = done.repeated;
    report.problems = std::move(done.problems);
  }
  if (!mandates_.empty()) {
    const auto scheme = format_->name == "autogiro" ? domain::MandateScheme::kAutogiro
                                                    : domain::MandateScheme::kAvtalegiro;
    auto done = TRY(apply_bank_mandates(transaction, terms, context_, scheme, mandates_));
    report.mandates = std::move(done.states);
    report.repeated += done.repeated;
    std::ranges::move(done.problems, std::back_inserter(report.problems));
  }
  if (register_.size() > 0) {
    auto differ = TRY(
        register_.compare(transaction, TRY(terms.only_creditor(domain::MandateScheme::kAutogiro))));
    std::ranges::move(differ, std::back_inserter(report.problems));
  }
  return keep_problems(transaction, report.problems);
}

// Only the whole extract says what is not in it.
Result<> DebitFile::end_register() {
  if (!register_.was_seen()) return {};
  return ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kBankImportLock));
    const DebitTerms terms = TRY(DebitTerms::load(transaction, rules_, context_.day));
    auto missing = TRY(
        register_.only_here(transaction, TRY(terms.only_creditor(domain::MandateScheme::kAutogiro)),
                            extracted_.value_or(context_.day)));
    TRY(keep_problems(transaction, missing));
    std::ranges::move(missing, std::back_inserter(report_.problems));
    return {};
  });
}

// Those that the file has not been charged with before.
Result<> DebitFile::keep_problems(ports::Transaction& transaction,
                                  std::span<const ports::BankFileProblem> problems) {
  if (problems.empty()) return {};
  const auto known = TRY(transaction.payments().problems_of(file_.id, kProblemsKept));
  std::vector<ports::BankFileProblem> fresh;
  for (const auto& problem : problems) {
    const bool is_known = std::ranges::any_of(known, [&](const auto& each) {
      return each.line == problem.line && each.code == problem.code;
    });
    if (!is_known) fresh.push_back(problem);
  }
  auto file = TRY(transaction.payments().find_file(file_.id));
  if (!file || fresh.empty()) return {};
  file->problems += static_cast<std::int64_t>(fresh.size());
  TRY(transaction.payments().update_file(*file));
  return transaction.payments().add_problems(file_.id, fresh);
}

Result<> DebitFile::commit() {
  if (words_.empty() && mandates_.empty() && register_.size() == 0) return {};
  DebitFileReport report;
  TRY(ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
    report = {};
    return apply(transaction, report);
  }));
  words_.clear();
  mandates_.clear();
  register_.forget_batch();
  for (const auto& [name, count] : report.debits) report_.debits[name] += count;
  for (const auto& [name, count] : report.mandates) report_.mandates[name] += count;
  report_.repeated += report.repeated;
  std::ranges::move(report.problems, std::back_inserter(report_.problems));
  return {};
}

Result<DebitFileReport> DebitFile::run() {
  {
    const auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
    const domain::Operator seller = TRY(load_seller(*transaction));
    if (seller.debit_agreements.empty()) return report_;
    const auto found = TRY(transaction->payments().find_file(bank_file_id(source_)));
    if (!found) {
      return base::fail("bank_file_not_found", "import the file's money first", source_.name());
    }
    file_ = *found;
    const base::Date day = TRY(local_date(seller.time_zone, file_.recorded));
    context_ = {day, file_.recorded, request_.actor};
  }
  if (file_.state != "done") return report_;
  format_ = TRY(recognise_file(source_));
  maker_.emplace(format_->name);
  SnapshotSource bytes(source_);
  const auto read = format_->read(bytes, *this);
  if (!failure_) return std::unexpected(std::move(failure_).error());
  if (!read) return std::unexpected(read.error());
  TRY(commit());
  TRY(end_register());
  return report_;
}

}  // namespace

Result<DebitFileReport> take_debits_of_file(ports::Store& store, const domain::RuleBook& rules,
                                            const Snapshot& source,
                                            const DebitFileRequest& request) {
  return DebitFile(store, rules, source, request).run();
}

}  // namespace flows
