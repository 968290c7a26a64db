// Bills: the list with its filters, one bill in the customer's own words, its papers, and a credit
// of it by preview, reason and deed.
#include <algorithm>
#include <charconv>
#include <memory>

#include "domain/party/search_words.h"
#include "flows/care/credit_bill.h"
#include "flows/care/find_people.h"
#include "flows/care/links.h"
#include "flows/care/show_bill.h"
#include "flows/care/show_bill_page.h"
#include "ports/access.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/desk.h"
#include "ports/parties.h"
#include "ports/payments.h"
#include "web/api/answer.h"
#include "web/api/bill_id.h"
#include "web/bill/bill_model.h"
#include "web/bill/bill_page.h"
#include "web/console/bill_rows.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/moments.h"
#include "web/console/page.h"
#include "web/console/plan_values.h"
#include "web/console/timeline.h"
#include "web/typed_amount.h"

namespace web::console {
namespace {

constexpr std::string_view kPath = "/console/bills";
constexpr std::string_view kExportPath = "/console/bills.csv";
constexpr std::string_view kFields[] = {"text",   "state",     "period",
                                        "amount", "reference", "invoice"};
constexpr std::size_t kPeopleMax = 200;
constexpr std::size_t kRowsAPiece = 500;

base::Result<base::Currency> currency_of(ports::Transaction& transaction) {
  const auto operators = TRY(transaction.catalogue().list_operators());
  if (operators.empty()) return base::fail("no_operator", "no operator is loaded");
  return operators.front().currency;
}

// The accounts of the customers whom a text finds.
base::Result<std::vector<domain::AccountId>> accounts_found(ports::Transaction& transaction,
                                                            std::string_view text) {
  std::vector<domain::AccountId> accounts;
  const auto found = TRY(flows::find_people(transaction, text, kPeopleMax));
  for (const auto& hit : found.people) {
    for (const auto& account : TRY(transaction.parties().accounts_of(hit.customer.id))) {
      accounts.push_back(account.id);
    }
  }
  for (const auto& hit : found.bills) accounts.push_back(hit.bill.account);
  return accounts;
}

// "A1000123". Nil where there is no such paper: nothing is found then.
base::Result<ports::Billing::BillKey> bill_of_invoice(ports::Transaction& transaction,
                                                      std::string_view text) {
  const std::size_t digits = std::min(text.find_first_of("0123456789"), text.size());
  std::int64_t number = 0;
  std::from_chars(text.data() + digits, text.data() + text.size(), number);
  const auto key = TRY(transaction.access().desk().find_document(text.substr(0, digits), number));
  return key.value_or(ports::Billing::BillKey{});
}

base::Result<ports::BillSearch> read_search(const Call& call, ports::Transaction& transaction,
                                            const Fields& filter) {
  ports::BillSearch search;
  search.today = TRY(today_of(call, transaction));
  // Who may see no customers cannot ask for them either.
  const bool may_ask = call.may(domain::Permission::kCustomersRead);
  if (const auto text = filter.text("text"); may_ask && !text.empty()) {
    search.accounts = TRY(accounts_found(transaction, text));
  }
  if (const auto state = filter.text("state"); !state.empty()) {
    search.face = TRY(parse_face(state));
  }
  if (const auto period = filter.text("period"); !period.empty()) {
    search.period = TRY(base::Month::parse(period));
  }
  if (const auto amount = filter.text("amount"); !amount.empty()) {
    search.amount_minor = TRY(typed_amount(amount, TRY(currency_of(transaction)))).minor();
  }
  search.reference = domain::fold_number(filter.text("reference"));
  if (const auto invoice = filter.text("invoice"); !invoice.empty()) {
    search.bill = TRY(bill_of_invoice(transaction, invoice));
  }
  return search;
}

void add_form(const Call& call, const Fields& filter, Value& values) {
  values.set("filter", Value::record()
                           .set("text", filter.text("text"))
                           .set("states", choices(call, "console.bill.state.", kBillFaces,
                                                  filter.text("state")))
                           .set("period", filter.text("period"))
                           .set("amount", filter.text("amount"))
                           .set("reference", filter.text("reference"))
                           .set("invoice", filter.text("invoice")));
}

// What a credit would do or did, and the form that it is asked with.
struct CreditForm {
  std::string amount, reason, problem;
  std::optional<flows::CreditOutcome> preview;
};

base::Result<flows::CreditRequest> read_credit(const Call& call, const api::BillAddress& address,
                                               base::Currency currency, const CreditForm& form) {
  flows::CreditRequest request;
  request.account = address.account;
  request.bill = address.bill;
  request.reason = form.reason;
  request.actor = call.who.actor();
  request.cut = domain::CreditWhole{};
  if (!form.amount.empty()) {
    domain::CreditAmount cut;
    cut.amount = TRY(typed_amount(form.amount, currency));
    request.cut = cut;
  }
  return request;
}

// Absent where the page has no such part.
Value part_of(const Value& values, std::string_view name) {
  const Value* part = values.find(name);
  return part == nullptr ? Value() : *part;
}

// What is paid on a bill, assignment by assignment.
base::Result<Value> payment_rows(const Call& call, ports::Transaction& transaction,
                                 const api::BillAddress& address) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const bool may_see = call.may(domain::Permission::kPaymentsRead);
  Value rows = Value::list();
  const auto allocations =
      TRY(transaction.payments().allocations_of(address.account, address.bill));
  for (const ports::Allocation& row : allocations) {
    rows.push(Value::record()
                  .set("payment", may_see ? row.payment.to_string() : std::string())
                  .set("date", write.date(row.effective, locale::DateStyle::kNumeric))
                  .set("rail", say_word(call, "console.payment.rail.", row.rail))
                  .set("by", say_word(call, "console.payment.by.", row.by))
                  .set("amount", write.money(row.amount)));
  }
  return rows;
}

base::Result<Value> paper_rows(const Call& call, const flows::ShownBill& shown,
                               const std::string& id) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value rows = Value::list();
  const auto add = [&](const domain::Invoice& paper) {
    const bool is_note = paper.kind == domain::DocumentKind::kCreditNote;
    rows.push(Value::record()
                  .set("path", "/console/bills/" + id + "/papers/" + paper.full_number())
                  .set("number", paper.full_number())
                  .set("kind", say(call, is_note ? "document.credit_note" : "document.invoice"))
                  .set("issued", write.date(paper.issued, locale::DateStyle::kNumeric))
                  .set("total", write.money(is_note ? -paper.total : paper.total)));
  };
  for (const auto& paper : shown.invoices) add(paper);
  for (const auto& paper : shown.credit_notes) add(paper);
  return rows;
}

Value credit_values(const Call& call, const CreditForm& form) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value credit = Value::record();
  credit.set("amount", form.amount)
      .set("reason", form.reason)
      .set("problem", form.problem)
      .set("key", form_key(call))
      .set("is_open", !form.problem.empty() || form.preview.has_value());
  if (form.preview) {
    credit.set("preview", Value::record()
                              .set("total", write.money(form.preview->note.total))
                              .set("vat", write.money(form.preview->note.vat_total))
                              .set("rest", write.money(form.preview->bill.rest()))
                              .set("to_account", form.preview->to_account.is_zero()
                                                     ? std::string()
                                                     : write.money(form.preview->to_account)));
  }
  return credit;
}

base::Result<Response> bill_page(const Call& call, const api::BillAddress& address,
                                 const CreditForm& form) {
  const flows::ShownBill shown =
      TRY(flows::show_bill_page(call.web.store, call.web.clock, address.account, address.bill));
  const std::string id = api::write_bill_id(address.account, address.bill);
  const domain::Invoice& invoice = shown.invoices.front();
  Page page{.name = "console/bill",
            .title = say(call, "console.bill.title", {{"number", invoice.full_number()}}),
            .status = form.problem.empty() ? 200 : 422};
  // The same values as the customer's own page has, in the language of who reads it here.
  page.values = bill::bill_values(
      shown, {.catalogue = call.web.texts, .language = call.language, .css = "", .page_url = ""});
  Value values = Value::record();
  values.set("hero", part_of(page.values, "hero"))
      .set("why", part_of(page.values, "why"))
      .set("papers", part_of(page.values, "papers"))
      .set("live", part_of(page.values, "live"))
      .set("days", part_of(page.values, "days"));
  page.values = std::move(values);
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const auto account = TRY(transaction->parties().find_account(address.account));
  if (!account) return base::fail("unknown_account", "there is no such account");
  page.values.set("id", id)
      .set("state", say_word(call, "console.bill.state.", domain::to_text(shown.view.face)))
      .set("tag", Value::borrow(tag_of(shown.view.face)))
      .set("reference", shown.bill.reference)
      .set("customer", account->customer.to_string())
      .set("name", invoice.buyer.name)
      .set("customer_number", std::to_string(invoice.buyer.customer_number))
      .set("may_see_customer", call.may(domain::Permission::kCustomersRead))
      .set("documents", TRY(paper_rows(call, shown, id)))
      .set("payments", TRY(payment_rows(call, *transaction, address)))
      .set("events", TRY(timeline(call, *transaction, address.account, address.bill)));
  TRY(add_plan(call, *transaction, shown.bill, page.values));
  if (call.web.link_key != nullptr && call.may(domain::Permission::kCustomersRead)) {
    page.values.set("link",
                    call.web.bill.public_url + "/b/" +
                        flows::link_token(*call.web.link_key, address.bill, flows::kIssueAttempt));
  }
  const bool may_credit = call.may(domain::Permission::kBillsCredit) &&
                          shown.bill.state != domain::BillState::kWrittenOff &&
                          shown.bill.state != domain::BillState::kCeded &&
                          shown.bill.state != domain::BillState::kCredited;
  if (may_credit) page.values.set("credit", credit_values(call, form));
  return render_page(call, std::move(page));
}

// What a person can mend is said at the form; anything else is an error page.
bool is_for_the_form(const base::Error& error) {
  constexpr std::string_view kCodes[] = {"missing_reason",         "bad_parameter",
                                         "credit_exceeds_invoice", "credit_not_positive",
                                         "nothing_to_credit",      "too_many_places"};
  return std::ranges::find(kCodes, error.code) != std::end(kCodes);
}

base::Result<api::OnceAnswer> do_credit(const Call& call, const flows::CreditRequest& request,
                                        const std::string& path) {
  return api::once(call, [&](ports::Transaction& transaction) -> base::Result<api::OnceAnswer> {
    TRY(flows::credit_bill(transaction, call.web.clock, request));
    return api::OnceAnswer{303, {}, path};
  });
}

}  // namespace

base::Result<Response> list_bills(const Call& call) {
  Page page{.name = "console/bills", .title = say(call, "console.nav.bills")};
  const Fields filter = filter_of(call, kFields);
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  ports::BillSearch search;
  if (auto read = read_search(call, *transaction, filter)) {
    search = *std::move(read);
  } else {
    // What cannot be read finds nothing, and is said.
    page.values.set("problem",
                    say(call, "console.error.bad_value", {{"reason", read.error().text}}));
    search.accounts.emplace();
    page.status = 422;
  }
  const auto sums = TRY(transaction->access().desk().sum_bills(search));
  const auto bills = TRY(transaction->access().desk().find_bills(
      search, {}, (page_of(call) - 1) * kRowsAPage, kRowsAPage));
  const auto operators = TRY(transaction->catalogue().list_operators());
  page.values.set("rows", TRY(bill_rows(call, *transaction, bills, true)));
  page.values.set("may_see_customers", call.may(domain::Permission::kCustomersRead));
  if (!operators.empty()) {
    const base::Currency currency = operators.front().currency;
    const locale::Formatter& write = call.web.texts.formatter(call.language);
    page.values.set("currency", std::string(currency.code()))
        .set("sums",
             Value::record()
                 .set("total", write.money({sums.total_minor, currency}, locale::MoneyStyle::kBare))
                 .set("rest", write.money({sums.rest_minor, currency}, locale::MoneyStyle::kBare)));
  } else {
    page.values.set("currency", "");
  }
  add_form(call, filter, page.values);
  add_pages(call,
            {.path = kPath,
             .export_path = call.may(domain::Permission::kCustomersRead) ? kExportPath : "",
             .filter = filter,
             .count = sums.count},
            page.values);
  return render_page(call, std::move(page));
}

base::Result<Response> export_bills(const Call& call) {
  const Fields filter = filter_of(call, kFields);
  struct State {
    ports::BillSearch search;
    std::optional<ports::BillPlace> after;
  };
  const auto state = std::make_shared<State>();
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    state->search = TRY(read_search(call, *transaction, filter));
  }
  const std::vector<std::string> head(std::begin(kBillCsvHead), std::end(kBillCsvHead));
  const Dependencies& web = call.web;
  const auto language = call.language;
  Guards& guards = call.guards;
  return csv_stream(
      "bills.csv", csv_line(head), [state, &web, &guards, language]() -> base::Result<std::string> {
        const Request none;
        const Call later{.request = none,
                         .web = web,
                         .guards = guards,
                         .request_id = "",
                         .peer = "",
                         .language = language};
        const auto transaction = TRY(web.store.begin(ports::TransactionKind::kRead));
        const auto bills = TRY(
            transaction->access().desk().find_bills(state->search, state->after, 0, kRowsAPiece));
        if (!bills.empty()) {
          const domain::Bill& last = bills.back();
          state->after = {last.period, last.account, last.id};
        }
        return bill_csv(later, *transaction, bills);
      });
}

base::Result<Response> show_bill(const Call& call) {
  return bill_page(call, TRY(api::read_bill_id(call.value("id"))), {});
}

base::Result<Response> show_bill_paper(const Call& call) {
  const api::BillAddress address = TRY(api::read_bill_id(call.value("id")));
  const flows::ShownBill shown =
      TRY(flows::show_bill(call.web.store, call.web.clock, address.account, address.bill));
  for (const auto* papers : {&shown.invoices, &shown.credit_notes}) {
    for (const domain::Invoice& paper : *papers) {
      if (paper.full_number() != call.value("number")) continue;
      Response response =
          html_response(200, TRY(bill::render_paper(call.web.templates, call.web.texts,
                                                    call.web.bill.style.css, paper)));
      response.headers.set("Content-Security-Policy", call.web.bill.style.policy);
      return response;
    }
  }
  return base::fail("bill_not_found", "the bill has no such paper", call.value("number"));
}

base::Result<Response> credit_bill(const Call& call) {
  const api::BillAddress address = TRY(api::read_bill_id(call.value("id")));
  CreditForm form{.amount = call.form.text("amount"),
                  .reason = call.form.text("reason"),
                  .problem = {},
                  .preview = {}};
  base::Currency currency;
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    currency = TRY(currency_of(*transaction));
  }
  const std::string path = "/console/bills/" + call.value("id");
  const auto request = read_credit(call, address, currency, form);
  base::Result<> outcome;
  if (!request) {
    outcome = std::unexpected(request.error());
  } else if (call.form.text("step") == "do") {
    const auto done = do_credit(call, *request, path);
    if (done) return see_other(done->location);
    outcome = std::unexpected(done.error());
  } else {
    auto preview = flows::preview_credit(call.web.store, call.web.clock, *request);
    if (preview) {
      form.preview = *std::move(preview);
    } else {
      outcome = std::unexpected(preview.error());
    }
  }
  if (!outcome) {
    if (!is_for_the_form(outcome.error())) return std::unexpected(outcome.error());
    form.problem = outcome.error().text;
  }
  return bill_page(call, address, form);
}

}  // namespace web::console
