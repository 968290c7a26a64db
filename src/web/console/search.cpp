// One box for whatever somebody has in hand, and the list of customers.
#include <charconv>

#include "flows/care/find_people.h"
#include "ports/parties.h"
#include "web/api/bill_id.h"
#include "web/console/bill_rows.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/page.h"

namespace web::console {
namespace {

constexpr std::size_t kHitsMax = 50;
constexpr std::size_t kExportMax = 10'000;

Value person_row(const Call& call, const domain::Customer& customer, std::string_view matched) {
  const domain::Party& party = customer.party;
  return Value::record()
      .set("id", customer.id.to_string())
      .set("name", party.name.empty() ? say(call, "console.customer.erased") : party.name)
      .set("number", std::to_string(customer.number))
      .set("segment", say_word(call, "console.segment.", domain::to_text(customer.segment)))
      .set("city", party.address.city)
      .set("matched",
           matched.empty() ? std::string() : say_word(call, "console.search.matched.", matched));
}

base::Result<flows::Findings> search(const Call& call, ports::Transaction& transaction,
                                     std::size_t limit) {
  return flows::find_people(transaction, call.query.text("text"), limit);
}

base::Result<Value> bill_hits(const Call& call, ports::Transaction& transaction,
                              const flows::Findings& found) {
  Value rows = Value::list();
  const base::Date today = TRY(today_of(call, transaction));
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  for (const flows::FoundBill& hit : found.bills) {
    const domain::BillView view = domain::view_bill(hit.bill, today);
    rows.push(Value::record()
                  .set("id", api::write_bill_id(hit.bill.account, hit.bill.id))
                  .set("number", hit.invoice_number)
                  .set("name", hit.customer.party.name)
                  .set("state", say_word(call, "console.bill.state.", domain::to_text(view.face)))
                  .set("tag", Value::borrow(tag_of(view.face)))
                  .set("total", write.money(hit.bill.total))
                  .set("matched", say_word(call, "console.search.matched.", hit.matched)));
  }
  return rows;
}

}  // namespace

base::Result<Response> show_search(const Call& call) {
  Page page{.name = "console/search", .title = say(call, "console.nav.search")};
  const std::string text = call.query.text("text");
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const flows::Findings found = TRY(search(call, *transaction, kHitsMax));
  Value people = Value::list();
  for (const auto& hit : found.people) people.push(person_row(call, hit.customer, hit.matched));
  page.values.set("text", text).set("people", std::move(people));
  if (call.may(domain::Permission::kBillsRead)) {
    page.values.set("bills", TRY(bill_hits(call, *transaction, found)));
  }
  const std::size_t hits = found.people.size() + found.bills.size();
  if (!text.empty()) {
    page.values.set("summary", hits == 0 ? say(call, "console.search.none", {{"query", text}})
                                         : say(call, "console.search.results", {{"count", hits}}));
  }
  if (found.is_tolerant) page.values.set("tolerant", say(call, "console.search.tolerant"));
  if (found.has_more) page.values.set("more", say(call, "console.search.more"));
  return render_page(call, std::move(page));
}

base::Result<Response> list_customers(const Call& call) {
  Page page{.name = "console/customers", .title = say(call, "console.nav.customers")};
  const std::string text = call.query.text("text");
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  Fields filter;
  if (!text.empty()) filter.set("text", text);
  Value rows = Value::list();
  if (!text.empty()) {
    for (const auto& hit : TRY(search(call, *transaction, kHitsMax)).people) {
      rows.push(person_row(call, hit.customer, hit.matched));
    }
  } else {
    domain::CustomerId after;
    if (const std::string place = call.query.text("after"); !place.empty()) {
      after = TRY(domain::CustomerId::parse(place));
    }
    auto customers = TRY(transaction->parties().list_customers(after, kRowsAPage + 1));
    const bool more = customers.size() > kRowsAPage;
    if (more) {
      customers.pop_back();
      Fields next;
      next.set("after", customers.back().id.to_string());
      page.values.set("next", link_to("/console/customers", next));
    }
    for (const auto& customer : customers) rows.push(person_row(call, customer, ""));
    if (!after.is_nil()) page.values.set("first", "/console/customers");
  }
  page.values.set("text", text)
      .set("rows", std::move(rows))
      .set("export", link_to("/console/customers.csv", filter));
  return render_page(call, std::move(page));
}

base::Result<Response> export_customers(const Call& call) {
  struct Place {
    domain::CustomerId after;
    bool done = false;
  };
  const auto place = std::make_shared<Place>();
  const std::string head =
      csv_line({"customer_number", "name", "segment", "language", "city", "customer"});
  const auto line = [](const domain::Customer& customer) {
    return csv_line({std::to_string(customer.number), customer.party.name,
                     std::string(domain::to_text(customer.segment)), customer.language,
                     customer.party.address.city, customer.id.to_string()});
  };
  ports::Store& store = call.web.store;
  const std::string text = call.query.text("text");
  return csv_stream("customers.csv", head,
                    [&store, place, text, line]() -> base::Result<std::string> {
                      std::string lines;
                      if (place->done) return lines;
                      const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
                      if (!text.empty()) {
                        place->done = true;
                        const auto found = TRY(flows::find_people(*transaction, text, kExportMax));
                        for (const auto& hit : found.people) lines += line(hit.customer);
                        return lines;
                      }
                      const auto customers =
                          TRY(transaction->parties().list_customers(place->after, kHitsMax * 10));
                      for (const auto& customer : customers) lines += line(customer);
                      if (!customers.empty()) place->after = customers.back().id;
                      return lines;
                    });
}

}  // namespace web::console
