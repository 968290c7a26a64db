// Payments and the bank files that brought them.
#include "ports/payments.h"

#include "flows/collections/take_in_bank_file.h"
#include "web/api/answer.h"
#include "web/api/bill_id.h"
#include "web/api/handlers.h"

namespace web::api {
namespace {

using base::Json;

constexpr std::size_t kProblemsTold = 200;
constexpr std::string_view kNamelessFile = "api";

Json payment_json(const ports::IncomingPayment& payment) {
  Json json;
  json.set("id", payment.id.to_string())
      .set("file", payment.file.to_string())
      .set("bank_account", payment.bank_account)
      .set("rail", payment.rail)
      .set("currency", payment.amount.currency().code())
      .set("amount", payment.amount.to_decimal_string())
      .set("allocated", payment.allocated.to_decimal_string())
      .set("open", payment.open().to_decimal_string())
      .set("booked", payment.booked.to_string())
      .set("state", payment.state)
      .set("reason", payment.reason)
      .set("reference", payment.reference)
      .set("payer", payment.payer_name)
      .set("payer_account", payment.payer_account)
      .set("text", payment.remittance)
      .set("charges", payment.charges().to_decimal_string())
      .set("recorded", payment.recorded.to_string());
  if (!payment.return_of.is_nil()) json.set("return_of", payment.return_of.to_string());
  return json;
}

Json file_json(const ports::BankFileRow& file) {
  Json json;
  json.set("id", file.id.to_string())
      .set("name", file.name)
      .set("format", file.format)
      .set("state", file.state)
      .set("entries", file.entries)
      .set("payments", file.payments)
      .set("repeated", file.repeated)
      .set("left_out", file.left_out)
      .set("problems", file.problems)
      .set("recorded", file.recorded.to_string());
  return json;
}

base::Result<ports::PaymentFilter> read_filter(const Fields& query) {
  ports::PaymentFilter filter;
  filter.state = query.text("state");
  filter.reason = query.text("reason");
  filter.reference = query.text("reference");
  if (const std::string* file = query.find("file")) {
    filter.file = TRY(domain::BankFileId::parse(*file));
  }
  if (const std::string* from = query.find("from")) {
    filter.booked_from = TRY(base::Date::parse(*from));
  }
  if (const std::string* to = query.find("to")) filter.booked_to = TRY(base::Date::parse(*to));
  if (const std::string* cursor = query.find(kCursor.name)) {
    filter.after = TRY(domain::PaymentId::parse(*cursor));
  }
  return filter;
}

}  // namespace

base::Result<Response> list_payments(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  ports::PaymentFilter filter = TRY(read_filter(call.query));
  filter.limit = limit + 1;
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  auto payments = TRY(transaction->payments().list_payments(filter));
  const bool more = drop_beyond(payments, limit);
  Json items = Json::array();
  for (const auto& payment : payments) items.push(payment_json(payment));
  return page_response(std::move(items), more ? payments.back().id.to_string() : "");
}

base::Result<Response> show_payment(const Call& call) {
  const auto id = TRY(call.id<domain::PaymentId>("id"));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto payment = TRY(transaction->payments().find_payment(id));
  if (!payment) return base::fail("payment_not_found", "there is no such payment", id.to_string());
  Json allocations = Json::array();
  for (const auto& row : TRY(transaction->payments().allocations_of_payment(id))) {
    Json json;
    json.set("id", row.id.to_string()).set("account", row.account.to_string());
    if (!row.bill.is_nil()) json.set("bill", write_bill_id(row.account, row.bill));
    json.set("amount", row.amount.to_decimal_string())
        .set("effective", row.effective.to_string())
        .set("by", row.by);
    if (!row.undoes.is_nil()) json.set("undoes", row.undoes.to_string());
    allocations.push(std::move(json));
  }
  return json_response(200, Json::object()
                                .set("payment", payment_json(*payment))
                                .set("allocations", std::move(allocations)));
}

base::Result<Response> list_bank_files(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  Json items = Json::array();
  for (const auto& file : TRY(transaction->payments().list_files(limit))) {
    items.push(file_json(file));
  }
  return page_response(std::move(items), "");
}

base::Result<Response> take_bank_file(const Call& call) {
  return to_response(TRY(once_with_own_transactions(call, [&]() -> base::Result<OnceAnswer> {
    const flows::Snapshot file =
        std::move(*call.file).named(call.query.text("name", kNamelessFile));
    flows::BankImportRequest request;
    request.actor = call.who.actor();
    request.take_anyway = call.query.text("take_anyway") == "true";
    const auto taken = TRY(
        flows::take_in_bank_file(call.web.store, call.web.clock, call.web.rules(), file, request));
    const ports::BankFileRow& row = taken.money.file;
    if (row.state == "refused") {
      if (!taken.money.unreadable.empty()) {
        return base::fail("bank_file_refused",
                          "the file may not be read: " + taken.money.unreadable +
                              ". Ask the bank for it without; take_anyway changes nothing",
                          row.id.to_string());
      }
      return base::fail("bank_file_refused",
                        "the file contradicts itself; nothing of it was booked. Look at its "
                        "problems, then send it with take_anyway=true",
                        row.id.to_string());
    }
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    Json problems = Json::array();
    for (const auto& problem : TRY(transaction->payments().problems_of(row.id, kProblemsTold))) {
      problems.push(Json::object()
                        .set("line", problem.line)
                        .set("field", problem.field)
                        .set("code", problem.code)
                        .set("text", problem.text));
    }
    Json json;
    json.set("file", file_json(row))
        .set("was_imported", taken.money.was_imported)
        .set("matched", taken.money.matched)
        .set("problems", std::move(problems));
    return OnceAnswer{201, std::move(json), {}};
  })));
}

}  // namespace web::api
