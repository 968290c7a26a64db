// Bills: the list by filters, and one with what it says today and its papers.
//
// A bill's address is its account's id and its own with a dot between them: bills are kept by
// account, so that neither alone would find one.
#include <charconv>

#include "flows/care/credit_bill.h"
#include "flows/care/show_bill.h"
#include "ports/billing.h"
#include "web/api/answer.h"
#include "web/api/bill_id.h"
#include "web/api/handlers.h"

namespace web::api {
namespace {

using base::Json;

Json bill_json(const domain::Bill& bill) {
  Json plan = Json::array();
  for (const domain::PlanRow& row : bill.plan) {
    plan.push(Json::object()
                  .set("due", row.due.to_string())
                  .set("amount", row.amount.to_decimal_string()));
  }
  Json json;
  json.set("id", write_bill_id(bill.account, bill.id)).set("account", bill.account.to_string());
  if (!bill.run.is_nil()) json.set("run", bill.run.to_string());
  return json.set("group", bill.group_key)
      .set("period", bill.period.to_string())
      .set("state", domain::to_text(bill.state))
      .set("currency", bill.total.currency().code())
      .set("total", bill.total.to_decimal_string())
      .set("fees", bill.fees.to_decimal_string())
      .set("paid", bill.paid.to_decimal_string())
      .set("credited", bill.credited.to_decimal_string())
      .set("rest", bill.rest().to_decimal_string())
      .set("issued", bill.issued.to_string())
      .set("due", bill.due.to_string())
      .set("reference_scheme", bill.reference_scheme)
      .set("reference", bill.reference)
      .set("plan", std::move(plan))
      .set("version", bill.version)
      .set("recorded", bill.recorded.to_string());
}

Json line_json(const domain::InvoiceLine& line) {
  return Json::object()
      .set("kind", domain::to_text(line.kind))
      .set("nature", domain::to_text(line.nature))
      .set("item", line.item)
      .set("name", line.name)
      .set("division", line.division)
      .set("from", line.period.from().to_string())
      .set("to", line.period.to().to_string())
      .set("quantity", line.quantity.to_string())
      .set("unit_price", line.unit_price.amount.to_string())
      .set("net", line.net.to_decimal_string())
      .set("vat_class", line.vat_class)
      .set("vat_rate", line.vat_rate.value.to_string());
}

Json invoice_json(const domain::Invoice& invoice) {
  Json lines = Json::array();
  for (const domain::InvoiceLine& line : invoice.lines) lines.push(line_json(line));
  Json vat = Json::array();
  for (const domain::VatSum& sum : invoice.vat) {
    vat.push(Json::object()
                 .set("vat_class", sum.vat_class)
                 .set("rate", sum.rate.value.to_string())
                 .set("net", sum.net.to_decimal_string())
                 .set("vat", sum.vat.to_decimal_string()));
  }
  return Json::object()
      .set("id", invoice.id.to_string())
      .set("number", invoice.full_number())
      .set("issued", invoice.issued.to_string())
      .set("due", invoice.due.to_string())
      .set("customer_number", invoice.buyer.customer_number)
      .set("lines", std::move(lines))
      .set("vat", std::move(vat))
      .set("net", invoice.net.to_decimal_string())
      .set("vat_total", invoice.vat_total.to_decimal_string())
      .set("rounding", invoice.rounding.to_decimal_string())
      .set("total", invoice.total.to_decimal_string());
}

base::Result<base::Currency> currency_of(ports::Transaction& transaction,
                                         const BillAddress& address) {
  const auto bill = TRY(transaction.billing().find_bill(address.account, address.bill));
  if (!bill) return base::fail("bill_not_found", "there is no such bill", address.bill.to_string());
  return bill->total.currency();
}

base::Result<domain::CreditCut> read_cut(const Json& body, base::Currency currency) {
  const auto* lines = body["lines"].as_array();
  const std::string service = body.text("service");
  const std::string amount = body.text("amount");
  const int named = (lines != nullptr) + !service.empty() + !amount.empty();
  if (named > 1) {
    return base::fail("bad_parameter", "credit lines, an amount or a service: name one of them");
  }
  if (!service.empty()) return domain::CreditService{service};
  if (!amount.empty()) {
    domain::CreditAmount cut;
    cut.amount = TRY(base::Money::parse(amount, currency));
    return cut;
  }
  if (lines == nullptr) return domain::CreditWhole{};
  domain::CreditLines cut;
  for (const Json& line : *lines) {
    const std::string text = line.as_string() == nullptr ? "" : *line.as_string();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
      return base::fail("unknown_line", "lines are numbers, counted from 1", text);
    }
    cut.lines.push_back(number);
  }
  return cut;
}

base::Result<ports::BillFilter> read_filter(const Fields& query) {
  ports::BillFilter filter;
  if (const std::string* period = query.find("period")) {
    filter.period = TRY(base::Month::parse(*period));
  }
  if (const std::string* account = query.find("account")) {
    filter.account = TRY(domain::AccountId::parse(*account));
  }
  filter.reference = query.text("reference");
  filter.state = query.text("state");
  if (!filter.state.empty() && !domain::parse_bill_state(filter.state)) {
    return base::fail("bad_parameter", "a bill is open, settled, credited, written_off or ceded",
                      "state");
  }
  if (const std::string* cursor = query.find(kCursor.name)) {
    const BillAddress after = TRY(read_bill_id(*cursor));
    filter.after_account = after.account;
    filter.after_bill = after.bill;
  }
  return filter;
}

}  // namespace

base::Result<Response> list_bills(const Call& call) {
  const std::size_t limit = TRY(page_limit(call));
  ports::BillFilter filter = TRY(read_filter(call.query));
  filter.limit = limit + 1;
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  auto bills = TRY(transaction->billing().list_bills(filter));
  const bool more = drop_beyond(bills, limit);
  Json items = Json::array();
  for (const domain::Bill& bill : bills) items.push(bill_json(bill));
  return page_response(std::move(items),
                       more ? write_bill_id(bills.back().account, bills.back().id) : "");
}

base::Result<Response> show_bill(const Call& call) {
  const BillAddress address = TRY(read_bill_id(call.value("id")));
  const flows::ShownBill shown =
      TRY(flows::show_bill(call.web.store, call.web.clock, address.account, address.bill));
  Json invoices = Json::array();
  for (const domain::Invoice& invoice : shown.invoices) invoices.push(invoice_json(invoice));
  Json notes = Json::array();
  for (const domain::Invoice& note : shown.credit_notes) notes.push(invoice_json(note));
  return json_response(200, Json::object()
                                .set("bill", bill_json(shown.bill))
                                .set("face", domain::to_text(shown.view.face))
                                .set("asked", shown.view.asked.to_decimal_string())
                                .set("asked_by", shown.view.asked_by.to_string())
                                .set("invoices", std::move(invoices))
                                .set("credit_notes", std::move(notes))
                                .set("to_account", shown.to_account.to_decimal_string()));
}

base::Result<Response> credit_bill(const Call& call) {
  const BillAddress address = TRY(read_bill_id(call.value("id")));
  const OnceAnswer answer =
      TRY(once(call, [&](ports::Transaction& transaction) -> base::Result<OnceAnswer> {
        flows::CreditRequest request;
        request.account = address.account;
        request.bill = address.bill;
        request.reason = call.body.text("reason");
        request.actor = call.who.actor();
        request.cut = TRY(read_cut(call.body, TRY(currency_of(transaction, address))));
        const auto outcome = TRY(flows::credit_bill(transaction, call.web.clock, request));
        return OnceAnswer{201,
                          Json::object()
                              .set("credit_note", invoice_json(outcome.note))
                              .set("credits", outcome.note.credits->number)
                              .set("to_account", outcome.to_account.to_decimal_string())
                              .set("bill", bill_json(outcome.bill)),
                          ""};
      }));
  return to_response(answer);
}

}  // namespace web::api
