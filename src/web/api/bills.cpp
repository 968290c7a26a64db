// Bills: the list by filters, and one with what it says today and its papers.
//
// A bill's address is its account's id and its own with a dot between them: bills are kept by
// account, so that neither alone would find one.
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
  return Json::object()
      .set("id", write_bill_id(bill.account, bill.id))
      .set("account", bill.account.to_string())
      .set("run", bill.run.to_string())
      .set("group", bill.group_key)
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
  return json_response(200, Json::object()
                                .set("bill", bill_json(shown.bill))
                                .set("face", domain::to_text(shown.view.face))
                                .set("asked", shown.view.asked.to_decimal_string())
                                .set("asked_by", shown.view.asked_by.to_string())
                                .set("invoices", std::move(invoices)));
}

}  // namespace web::api
