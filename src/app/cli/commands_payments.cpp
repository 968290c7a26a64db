#include "app/cli/commands_payments.h"

#include <algorithm>
#include <filesystem>

#include "app/cli/acting.h"
#include "app/cli/find_bill.h"
#include "app/cli/output.h"
#include "flows/access/access.h"
#include "flows/care/find_account.h"
#include "flows/collections/take_in_bank_file.h"
#include "flows/operations/import_terms.h"
#include "flows/operations/snapshot.h"
#include "flows/payments/assign_payment.h"
#include "flows/payments/import_bank_file.h"
#include "flows/payments/payment_proof.h"
#include "flows/payments/return_payment.h"
#include "flows/payments/simulate_bank_file.h"
#include "flows/payments/undo_allocation.h"
#include "web/console/csv.h"

namespace app::cli {
namespace {

using base::Json;
using base::Money;
using base::Result;
using ports::BankFileRow;
using ports::IncomingPayment;

constexpr std::size_t kProblemsShown = 200;

Result<std::unique_ptr<ports::Transaction>> reading(const Context& context) {
  return context.workspace.store().begin(ports::TransactionKind::kRead);
}

std::string words(Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

Json file_json(const BankFileRow& file) {
  Json json;
  json.set("id", file.id.to_string())
      .set("name", file.name)
      .set("format", file.format)
      .set("size", file.size)
      .set("state", file.state)
      .set("entries", file.entries)
      .set("payments", file.payments)
      .set("repeated", file.repeated)
      .set("left_out", file.left_out)
      .set("problem_count", file.problems)
      .set("imported_by", file.imported_by)
      .set("recorded", file.recorded.to_string());
  return json;
}

Json problems_json(const std::vector<ports::BankFileProblem>& problems) {
  Json list = Json::array();
  for (const auto& problem : problems) {
    list.push(Json()
                  .set("line", problem.line)
                  .set("field", problem.field)
                  .set("code", problem.code)
                  .set("text", problem.text));
  }
  return list;
}

std::string count_of_problems(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " problem" : " problems");
}

// What an allocation is for. Money that went out again is no account's.
std::string target_of(const ports::Allocation& row) {
  if (!row.bill.is_nil()) return row.bill.to_string();
  if (!row.account.is_nil()) return "credit of " + row.account.to_string();
  if (row.by.starts_with("not_ours")) return "no payment of ours";
  if (row.by == "returned") return "went back by its provider";
  return row.by == "settlement" ? "payout" : "refund";
}

std::string problems_text(const std::vector<ports::BankFileProblem>& problems) {
  std::string text;
  for (const auto& problem : problems) {
    text += "  line " + std::to_string(problem.line) + " " + problem.field + ": " + problem.code +
            ": " + problem.text + "\n";
  }
  return text;
}

Json counts_json(const std::map<std::string, std::int64_t>& counts) {
  Json list = Json::array();
  for (const auto& [name, count] : counts) {
    list.push(Json().set("name", name).set("count", count));
  }
  return list;
}

// Money of ours in a file that is whole, all of it; what went out and what is only announced is not
// taken anyway.
bool is_all_taken(const flows::BankImportReport& report) {
  return report.file.state != "refused" && report.is_whole &&
         !report.left_out.contains("foreign_account") && !report.left_out.contains("no_date");
}

Json report_json(const flows::BankImportReport& report, const std::string& path) {
  Json json = file_json(report.file);
  Json sums = Json::array();
  for (const auto& [currency, sum] : report.sums) {
    sums.push(Json()
                  .set("currency", currency.code())
                  .set("came", sum.came.to_decimal_string())
                  .set("to_bills", sum.to_bills.to_decimal_string())
                  .set("to_credit", sum.to_credit.to_decimal_string())
                  .set("suspense", sum.suspense.to_decimal_string()));
  }
  json.set("file", path)
      .set("was_imported", report.was_imported)
      .set("matched", report.matched)
      .set("sums", std::move(sums))
      .set("suspense", counts_json(report.suspense))
      .set("left_out_reasons", counts_json(report.left_out));
  return json;
}

std::string report_text(const flows::BankImportReport& report) {
  const BankFileRow& file = report.file;
  std::string text = file.name + ": " + file.format;
  if (file.state == "refused") {
    if (!report.unreadable.empty()) {
      return text + ", refused: it may not be read (" + report.unreadable + "), " +
             count_of_problems(file.problems) + "; ask the bank for it without\n";
    }
    return text + ", refused: it contradicts itself, " + count_of_problems(file.problems) +
           "; look at them, then --take-anyway\n";
  }
  if (report.was_imported) text += ", imported before, nothing was done";
  text += "\n  " + std::to_string(file.payments) + " payments, " + std::to_string(file.repeated) +
          " known already, " + std::to_string(file.left_out) + " left out, " +
          count_of_problems(file.problems) + "\n";
  for (const auto& [reason, count] : report.left_out) {
    text += "  left out, " + reason + ": " + std::to_string(count) + "\n";
  }
  for (const auto& [currency, sum] : report.sums) {
    text += "  " + words(sum.came) + " came: " + sum.to_bills.to_decimal_string() + " to bills, " +
            sum.to_credit.to_decimal_string() + " to accounts' credit, " +
            sum.suspense.to_decimal_string() + " in suspense\n";
  }
  if (report.matched > 0) {
    text += "  " + std::to_string(report.matched) + " matched without an exact reference\n";
  }
  for (const auto& [reason, count] : report.suspense) {
    text += "  in suspense, " + reason + ": " + std::to_string(count) + "\n";
  }
  return text;
}

Result<flows::TakenBankFile> import_one(const Context& context, const std::string& path,
                                        const flows::BankImportRequest& request) {
  Workspace& workspace = context.workspace;
  const auto snapshot = TRY(flows::Snapshot::of_file(path, workspace.data_dir()));
  auto taken = flows::take_in_bank_file(
      workspace.store(), workspace.clock(), workspace.rules(), snapshot, request,
      [&](const flows::BankImportProgress& progress) {
        context.progress(std::string(progress.file_name) + " " +
                         std::to_string(progress.entries_done) + " entries, " +
                         std::to_string(progress.payments) + " payments");
      });
  context.progress("");
  if (!taken && taken.error().place.empty()) taken.error().place = path;
  return taken;
}

std::string debits_text(const flows::DebitFileReport& report) {
  std::string text;
  for (const auto& [answer, count] : report.debits) {
    text += "  debits " + answer + ": " + std::to_string(count) + "\n";
  }
  for (const auto& [state, count] : report.mandates) {
    text += "  mandates " + state + ": " + std::to_string(count) + "\n";
  }
  return text;
}

std::string field_of(const Json& value) {
  if (const auto* integer = value.as_integer()) return std::to_string(*integer);
  return value.as_string() ? *value.as_string() : "";
}

// The members of the rows, in their order, as a table's heading and lines.
std::string to_csv(const std::vector<IncomingPayment>& payments) {
  std::vector<std::string> fields;
  const Json head = payment_json({});
  for (const auto& [name, value] : *head.as_object()) fields.push_back(name);
  std::string text = web::console::csv_line(fields);
  for (const IncomingPayment& payment : payments) {
    fields.clear();
    const Json json = payment_json(payment);
    for (const auto& [name, value] : *json.as_object()) fields.push_back(field_of(value));
    text += web::console::csv_line(fields);
  }
  return text;
}

std::string to_table(const std::vector<IncomingPayment>& payments) {
  TextTable table(
      {"booked", "payment", "state", "reason", "reference", "payer", "amount>", "open>", ""});
  for (const IncomingPayment& payment : payments) {
    table.add({payment.booked.to_string(), payment.id.to_string(), payment.state, payment.reason,
               payment.reference, payment.payer_name, payment.amount.to_decimal_string(),
               payment.open().to_decimal_string(), std::string(payment.amount.currency().code())});
  }
  return table.to_text();
}

Result<Money> read_amount(ports::Transaction& transaction, const std::string& text) {
  const domain::Operator seller = TRY(flows::load_seller(transaction));
  return of_option("--amount", Money::parse(text, seller.currency));
}

Result<ports::PaymentFilter> read_filter(ports::Transaction& transaction,
                                         const PaymentListOptions& options) {
  ports::PaymentFilter filter;
  filter.state = options.state == "all" ? "" : options.state;
  filter.reason = options.reason;
  if (!options.file.empty()) {
    filter.file = TRY(of_option("--file", domain::BankFileId::parse(options.file)));
  }
  if (!options.from.empty()) {
    filter.booked_from = TRY(of_option("--from", base::Date::parse(options.from)));
  }
  if (!options.to.empty()) {
    filter.booked_to = TRY(of_option("--to", base::Date::parse(options.to)));
  }
  if (!options.amount.empty()) filter.amount = TRY(read_amount(transaction, options.amount));
  if (!options.search.empty()) {
    filter.reference = options.search;
    std::erase(filter.reference, ' ');
  }
  if (!options.after.empty()) {
    filter.after = TRY(of_option("--after", domain::PaymentId::parse(options.after)));
  }
  filter.limit = static_cast<std::size_t>(options.limit);
  return filter;
}

Json allocation_json(const ports::Allocation& row) {
  Json json;
  json.set("id", row.id.to_string())
      .set("account", row.account.to_string())
      .set("bill", row.bill.is_nil() ? Json() : Json(row.bill.to_string()))
      .set("amount", row.amount.to_decimal_string())
      .set("by", row.by)
      .set("effective", row.effective.to_string())
      .set("undoes", row.undoes.is_nil() ? Json() : Json(row.undoes.to_string()))
      .set("posting", row.posting.to_string());
  return json;
}

}  // namespace

Json payment_json(const IncomingPayment& payment) {
  Json json;
  json.set("id", payment.id.to_string())
      .set("state", payment.state)
      .set("reason", payment.reason)
      .set("bank_account", payment.bank_account)
      .set("rail", payment.rail)
      .set("booked", payment.booked.to_string())
      .set("value", payment.value.to_string())
      .set("currency", payment.amount.currency().code())
      .set("amount", payment.amount.to_decimal_string())
      .set("allocated", payment.allocated.to_decimal_string())
      .set("open", payment.open().to_decimal_string())
      .set("reference", payment.reference)
      .set("bank_reference", payment.bank_reference)
      .set("end_to_end_id", payment.end_to_end_id)
      .set("payer_name", payment.payer_name)
      .set("payer_account", payment.payer_account)
      .set("remittance", payment.remittance)
      .set("charges", payment.charges().to_decimal_string())
      .set("return_of", payment.return_of.is_nil() ? Json() : Json(payment.return_of.to_string()))
      .set("file", payment.file.to_string())
      .set("entry", payment.entry);
  return json;
}

Result<IncomingPayment> find_payment(ports::Transaction& transaction, const std::string& text) {
  const auto id = TRY(of_option("PAYMENT", domain::PaymentId::parse(text)));
  auto payment = TRY(transaction.payments().find_payment(id));
  if (!payment) return base::fail("payment_not_found", "there is no such payment", text);
  return *std::move(payment);
}

Outcome payment_changed(const Context& context, const IncomingPayment& payment) {
  const auto transaction = TRY(reading(context));
  Json rows = Json::array();
  for (const auto& row : TRY(transaction->payments().allocations_of_payment(payment.id))) {
    rows.push(allocation_json(row));
  }
  Json json = payment_json(payment);
  json.set("allocations", std::move(rows));
  return Answer{json, payment.id.to_string() + ": " + payment.state + ", " +
                          words(payment.allocated) + " assigned, " +
                          payment.open().to_decimal_string() + " open\n"};
}

Outcome bank_import(const Context& context, const BankImportOptions& options) {
  flows::BankImportRequest request;
  request.actor = TRY(actor_of(context, options.by, domain::Permission::kBankFilesTake));
  request.take_anyway = options.take_anyway;
  request.batch_entries_max = static_cast<std::size_t>(options.batch);
  Json files = Json::array(), errors = Json::array();
  std::string text;
  Exit exit = Exit::kDone;
  for (const std::string& path : options.files) {
    const auto imported = import_one(context, path, request);
    if (!imported) {
      errors.push(error_json(imported.error())["error"]);
      text += describe(imported.error()) + "\n";
      exit = std::max(exit, exit_of(imported.error()));
      continue;
    }
    const flows::BankImportReport* report = &imported->money;
    const auto transaction = TRY(reading(context));
    const auto problems = TRY(transaction->payments().problems_of(report->file.id, kProblemsShown));
    files.push(report_json(*report, path)
                   .set("debits", counts_json(imported->debits.debits))
                   .set("mandates", counts_json(imported->debits.mandates))
                   .set("problems", problems_json(problems)));
    text += report_text(*report) + debits_text(imported->debits) + problems_text(problems);
    if (!is_all_taken(*report)) exit = std::max(exit, Exit::kNegative);
  }
  Json json;
  json.set("files", std::move(files)).set("errors", std::move(errors));
  return Answer{json, text, exit};
}

Outcome bank_files(const Context& context, const BankFilesOptions& options) {
  const auto transaction = TRY(reading(context));
  Json files = Json::array();
  TextTable table({"file", "name", "format", "state", "payments>", "known>", "left out>",
                   "problems>", "imported"});
  for (const BankFileRow& file :
       TRY(transaction->payments().list_files(static_cast<std::size_t>(options.limit)))) {
    files.push(file_json(file));
    table.add({file.id.to_string(), file.name, file.format, file.state,
               std::to_string(file.payments), std::to_string(file.repeated),
               std::to_string(file.left_out), std::to_string(file.problems),
               file.recorded.to_string()});
  }
  return Answer{Json::object().set("files", std::move(files)), table.to_text()};
}

Outcome bank_file_show(const Context& context, const std::string& text) {
  const auto id = TRY(of_option("FILE", domain::BankFileId::parse(text)));
  const auto transaction = TRY(reading(context));
  const auto file = TRY(transaction->payments().find_file(id));
  if (!file) return base::fail("bank_file_not_found", "there is no such bank file", text);
  const auto problems = TRY(transaction->payments().problems_of(id, kProblemsShown));
  Json json = file_json(*file);
  json.set("problems", problems_json(problems));
  return Answer{json, file->name + ": " + file->format + ", " + file->state + "\n" +
                          std::to_string(file->payments) + " payments, " +
                          std::to_string(file->repeated) + " known already, " +
                          std::to_string(file->left_out) + " left out, " +
                          count_of_problems(file->problems) + "\n" + problems_text(problems)};
}

Outcome bank_simulate(const Context& context, const BankSimulateOptions& options) {
  flows::SimulateRequest request;
  request.format = options.format;
  request.seed = options.seed;
  request.now = context.workspace.clock().now();
  request.bills_max = static_cast<std::size_t>(options.bills);
  if (!options.day.empty()) {
    request.day = TRY(of_option("--day", base::Date::parse(options.day)));
  }
  const auto file = TRY(flows::simulate_bank_file(context.workspace.store(), request));
  TRY(write_output(options.output, file.bytes));
  if (options.output.empty() || options.output == "-") return Answer{};
  Json json;
  json.set("file", options.output)
      .set("format", options.format)
      .set("bytes", file.bytes.size())
      .set("entries", file.entries)
      .set("currency", file.sum.currency().code())
      .set("sum", file.sum.to_decimal_string())
      .set("kinds", counts_json(file.kinds));
  std::string text = "Written to " + options.output + ": " + std::to_string(file.entries) +
                     " entries, " + words(file.sum) + "\n";
  for (const auto& [kind, count] : file.kinds) {
    text += "  " + kind + ": " + std::to_string(count) + "\n";
  }
  return Answer{json, text};
}

Outcome payment_list(const Context& context, const PaymentListOptions& options) {
  const auto transaction = TRY(reading(context));
  std::vector<IncomingPayment> payments;
  bool has_more = false;
  if (const auto id = domain::PaymentId::parse(options.search); id) {
    auto one = TRY(transaction->payments().find_payment(*id));
    if (one) payments.push_back(*std::move(one));
  } else {
    auto filter = TRY(read_filter(*transaction, options));
    ++filter.limit;
    payments = TRY(transaction->payments().list_payments(filter));
    has_more = payments.size() == filter.limit;
    if (has_more) payments.pop_back();
  }
  Json rows = Json::array();
  for (const IncomingPayment& payment : payments) rows.push(payment_json(payment));
  std::string text;
  if (options.format == "csv") text = to_csv(payments);
  if (options.format == "json") text = rows.dump() + "\n";
  if (options.format == "table") text = to_table(payments);
  Json json;
  json.set("payments", std::move(rows))
      .set("next", has_more ? Json(payments.back().id.to_string()) : Json());
  return Answer{json, text};
}

Outcome payment_show(const Context& context, const std::string& text) {
  const auto transaction = TRY(reading(context));
  const IncomingPayment payment = TRY(find_payment(*transaction, text));
  Json rows = Json::array();
  TextTable table({"allocation", "for", "amount>", "by", "day"});
  for (const auto& row : TRY(transaction->payments().allocations_of_payment(payment.id))) {
    rows.push(allocation_json(row));
    table.add({row.id.to_string(), target_of(row), row.amount.to_decimal_string(), row.by,
               row.effective.to_string()});
  }
  Json json = payment_json(payment);
  json.set("allocations", std::move(rows));
  return Answer{json, to_table({payment}) + payment.remittance +
                          (payment.remittance.empty() ? "" : "\n") + table.to_text()};
}

Outcome payment_assign(const Context& context, const PaymentAssignOptions& options) {
  Workspace& workspace = context.workspace;
  flows::AssignRequest request;
  request.reason = options.reason;
  request.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  {
    const auto transaction = TRY(reading(context));
    const IncomingPayment payment = TRY(find_payment(*transaction, options.payment));
    request.payment = payment.id;
    if (!options.amount.empty()) {
      request.amount =
          TRY(of_option("--amount", Money::parse(options.amount, payment.amount.currency())));
    }
    if (options.bill.empty()) {
      request.account = TRY(flows::find_account(*transaction, options.account)).account.id;
    }
  }
  if (!options.bill.empty()) {
    const auto key = TRY(find_bill(workspace.store(), options.bill));
    request.account = key.account;
    request.bill = key.bill;
  }
  const auto payment = TRY(flows::assign_payment(workspace.store(), workspace.clock(), request));
  return payment_changed(context, payment);
}

Outcome payment_undo(const Context& context, const PaymentUndoOptions& options) {
  flows::UndoRequest request;
  request.reason = options.reason;
  request.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  request.payment = TRY(of_option("PAYMENT", domain::PaymentId::parse(options.payment)));
  if (!options.allocation.empty()) {
    request.allocation =
        TRY(of_option("--allocation", domain::AllocationId::parse(options.allocation)));
  }
  const auto payment =
      TRY(flows::undo_allocation(context.workspace.store(), context.workspace.clock(), request));
  return payment_changed(context, payment);
}

Outcome payment_return(const Context& context, const PaymentReturnOptions& options) {
  flows::ReturnRequest request;
  request.reason = options.reason;
  request.actor = TRY(actor_of(context, options.by, domain::Permission::kPaymentsChange));
  request.payment = TRY(of_option("PAYMENT", domain::PaymentId::parse(options.payment)));
  if (!options.of.empty()) {
    request.of = TRY(of_option("--of", domain::PaymentId::parse(options.of)));
  }
  const auto payment =
      TRY(flows::return_payment(context.workspace.store(), context.workspace.clock(), request));
  return payment_changed(context, payment);
}

Outcome payment_totals(const Context& context) {
  const auto transaction = TRY(reading(context));
  const flows::PaymentProof proof = TRY(flows::prove_payments(*transaction));
  Json accounts = Json::array(), suspense = Json::array();
  TextTable table({"bank account", "payments>", "came>", "assigned>", "open>", "ledger>", ""});
  for (const auto& row : proof.accounts) {
    const auto& sums = row.payments;
    accounts.push(Json()
                      .set("bank_account", sums.bank_account)
                      .set("currency", sums.came.currency().code())
                      .set("payments", sums.payments)
                      .set("open_payments", sums.open_payments)
                      .set("came", sums.came.to_decimal_string())
                      .set("allocated", sums.allocated.to_decimal_string())
                      .set("open", sums.open.to_decimal_string())
                      .set("opening", row.opening.to_decimal_string())
                      .set("other", row.other.to_decimal_string())
                      .set("ledger", row.ledger.to_decimal_string()));
    table.add({sums.bank_account, std::to_string(sums.payments), sums.came.to_decimal_string(),
               sums.allocated.to_decimal_string(), sums.open.to_decimal_string(),
               row.ledger.to_decimal_string(), std::string(sums.came.currency().code())});
  }
  std::string text = table.to_text();
  for (const auto& row : proof.suspense) {
    suspense.push(Json()
                      .set("currency", row.payments.currency().code())
                      .set("open", row.payments.to_decimal_string())
                      .set("ledger", row.ledger.to_decimal_string()));
    text += "In suspense " + words(row.payments) + ", in the ledger " + words(row.ledger) + "\n";
  }
  const auto problems = flows::proof_problems(proof);
  if (std::ranges::none_of(problems, [](const base::Error& problem) {
        return problem.code == "payment_gives_back_more";
      })) {
    text += "No payment gives back more than came\n";
  }
  for (const base::Error& problem : problems) text += describe(problem) + "\n";
  text += problems.empty() ? "The proof holds\n" : "The proof does not hold\n";
  Json json;
  json.set("accounts", std::move(accounts))
      .set("suspense", std::move(suspense))
      .set("holds", problems.empty());
  return Answer{json, text, problems.empty() ? Exit::kDone : Exit::kNegative};
}

}  // namespace app::cli
