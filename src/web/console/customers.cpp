// One customer: who it is, what is to pay and why, and behind tabs the bills, the money, the
// services and the choices; beside them what happened, in words.
#include <algorithm>

#include "flows/care/change_profile.h"
#include "flows/care/show_bill_page.h"
#include "flows/care/show_statement.h"
#include "ports/access.h"
#include "ports/credits.h"
#include "ports/desk.h"
#include "ports/mandates.h"
#include "ports/parties.h"
#include "web/api/bill_id.h"
#include "web/bill/bill_model.h"
#include "web/console/bill_rows.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/mandate_rows.h"
#include "web/console/moments.h"
#include "web/console/page.h"
#include "web/console/timeline.h"

namespace web::console {
namespace {

using base::Result;

constexpr std::string_view kTabs[] = {"bills", "money", "services", "choices"};
constexpr std::size_t kBillsShown = 100;

// A customer with the accounts that they pay.
struct Person {
  domain::Customer customer;
  std::vector<domain::Account> accounts;
};

Result<Person> load_person(const Call& call, ports::Transaction& transaction) {
  const auto id = TRY(call.id<domain::CustomerId>("id"));
  auto customers = TRY(transaction.parties().find_customers({&id, 1}));
  if (customers.empty()) {
    return base::fail("unknown_customer", "there is no such customer", id.to_string());
  }
  auto accounts = TRY(transaction.parties().accounts_of(id));
  return Person{std::move(customers.front()), std::move(accounts)};
}

Value tab_links(const Call& call, const std::string& id, std::string_view current) {
  Value tabs = Value::list();
  for (const std::string_view tab : kTabs) {
    std::string path = "/console/customers/" + id;
    if (tab != kTabs[0]) path += "/" + std::string(tab);
    tabs.push(Value::record()
                  .set("path", std::move(path))
                  .set("text", say(call, "console.customer.tab." + std::string(tab)))
                  .set("is_current", tab == current));
  }
  return tabs;
}

std::string address_text(const domain::PostalAddress& address) {
  std::string text;
  for (const std::string& line : address.lines) text += line + ", ";
  text += address.postal_code;
  if (!address.postal_code.empty()) text += " ";
  return text + address.city;
}

Result<Value> head(const Call& call, ports::Transaction& transaction, const Person& person) {
  const domain::Party& party = person.customer.party;
  Value sources = Value::list();
  for (const auto& source : TRY(transaction.parties().sources_of(person.customer.id))) {
    sources.push(Value::record().set("division", source.division).set("number", source.number));
  }
  return Value::record()
      .set("number", std::to_string(person.customer.number))
      .set("kind", say_word(call, "console.segment.", domain::to_text(person.customer.segment)))
      .set("language", say_word(call, "console.language.", person.customer.language))
      .set("email", party.email)
      .set("phone", party.phone)
      .set("address", address_text(party.address))
      .set("sources", std::move(sources));
}

// The bills of all accounts, newest first.
Result<std::vector<domain::Bill>> bills_of(ports::Transaction& transaction, const Person& person,
                                           base::Date today, std::size_t limit) {
  ports::BillSearch search;
  search.today = today;
  search.accounts.emplace();
  for (const domain::Account& account : person.accounts) search.accounts->push_back(account.id);
  return transaction.access().desk().find_bills(search, {}, 0, limit);
}

// The bill that a call is most likely about: what is late, else what is asked for, else the newest.
const domain::Bill* bill_to_answer(std::span<const domain::Bill> bills, base::Date today) {
  const auto rank = [&](const domain::Bill& bill) {
    const domain::BillView view = domain::view_bill(bill, today);
    if (view.face == domain::BillFace::kOverdue) return 2;
    return view.asked.minor() > 0 ? 1 : 0;
  };
  const auto best = std::ranges::max_element(bills, {}, rank);
  return best == bills.end() ? nullptr : &*best;
}

// What the customer's own page says at its top.
Result<Value> answer_card(const Call& call, std::span<const domain::Bill> bills, base::Date today) {
  const domain::Bill* bill = bill_to_answer(bills, today);
  if (bill == nullptr || !call.may(domain::Permission::kBillsRead)) return Value();
  const auto shown =
      TRY(flows::show_bill_page(call.web.store, call.web.clock, bill->account, bill->id));
  const Value values = bill::bill_values(
      shown, {.catalogue = call.web.texts, .language = call.language, .css = "", .page_url = ""});
  const Value* hero = values.find("hero");
  Value card = Value::record();
  card.set("id", api::write_bill_id(bill->account, bill->id))
      .set("number",
           say(call, "console.bill.title", {{"number", shown.invoices.front().full_number()}}))
      .set("state", say_word(call, "console.bill.state.", domain::to_text(shown.view.face)))
      .set("tag", Value::borrow(tag_of(shown.view.face)))
      .set("headline", std::string(hero->find("headline")->text()));
  if (const Value* why = values.find("why"); why != nullptr) card.set("why", *why);
  for (const auto& [name, value] : *hero->as_record()) {
    if (name == "sum") card.set("sum", std::string(value.text()));
    if (name == "by") card.set("by", std::string(value.text()));
    if (name == "left") card.set("left", std::string(value.text()));
    if (name != "notes") continue;
    Value notes = Value::list();
    for (const Value& note : *value.as_list()) {
      notes.push(Value::record().set("text", std::string(note.find("text")->text())));
    }
    card.set("notes", std::move(notes));
  }
  return card;
}

std::string posting_words(const Call& call, const std::string& kind) {
  return say_word(call, "console.posting.", kind);
}

Result<Value> money_tab(const Call& call, const Person& person) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Value accounts = Value::list();
  for (const domain::Account& account : person.accounts) {
    const auto shown = TRY(flows::show_statement(call.web.store, account.id.to_string(), {}, {}));
    Value rows = Value::list();
    for (const domain::StatementRow& row : shown.statement.rows) {
      const auto number = shown.numbers.find(row.source);
      rows.push(Value::record()
                    .set("day", write.date(row.day, locale::DateStyle::kNumeric))
                    .set("what", posting_words(call, row.kind))
                    .set("number", number == shown.numbers.end() ? "" : number->second)
                    .set("amount", write.money(row.amount, locale::MoneyStyle::kBare))
                    .set("balance", write.money(row.balance, locale::MoneyStyle::kBare)));
    }
    accounts.push(
        Value::record()
            .set("id", account.id.to_string())
            .set("currency", std::string(account.currency.code()))
            .set("rows", std::move(rows))
            .set("closing", write.money(shown.statement.closing, locale::MoneyStyle::kBare)));
  }
  return accounts;
}

Result<Value> service_rows(const Call& call, ports::Transaction& transaction,
                           const domain::Account& account) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const auto billing = TRY(flows::show_account(transaction, call.web.clock, account.id));
  Value rows = Value::list();
  for (const domain::Service& service : billing.services) {
    const auto day = [&](const std::optional<base::Date>& date) {
      return date ? write.date(*date, locale::DateStyle::kNumeric) : std::string();
    };
    const bool waits = service.starts > billing.today;
    const std::string_view state = service.paused ? "paused" : waits ? "waiting" : "active";
    rows.push(Value::record()
                  .set("division", service.division)
                  .set("number", service.source_number)
                  .set("label", service.label)
                  .set("plan", service.plan)
                  .set("campaign", service.campaign)
                  .set("starts", day(service.starts))
                  .set("ends", day(service.ends))
                  .set("state", say_word(call, "console.service.state.", state)));
  }
  return rows;
}

Result<Value> choice_rows(const Call& call, ports::Transaction& transaction,
                          const domain::Account& account) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const auto billing = TRY(flows::show_account(transaction, call.web.clock, account.id));
  Value rows = Value::list();
  const auto add = [&](std::string_view name, bool chosen, std::string now, std::string next) {
    Value row = Value::record();
    row.set("name", say_word(call, "console.choice.", name))
        .set("value", now)
        .set("by", say(call, chosen ? "console.choice.chosen" : "console.choice.default"));
    if (next != now && billing.next_from) {
      row.set("next",
              say(call, "console.choice.from", {{"value", next}, {"day", *billing.next_from}}));
    }
    rows.push(std::move(row));
  };
  const domain::BillingProfile& now = billing.now;
  const domain::BillingProfile& next = billing.next;
  const domain::ProfileChoice& chosen = billing.chosen;
  const auto word = [&](std::string_view of, const std::string& value) {
    return say_word(call, "console.choice." + std::string(of) + ".", value);
  };
  const auto least = [&](const domain::BillingProfile& profile) {
    return write.money({profile.minimum_minor, account.currency});
  };
  add("grouping", chosen.grouping.has_value(), word("grouping", now.grouping),
      word("grouping", next.grouping));
  add("frequency", chosen.frequency.has_value(), word("frequency", now.frequency),
      word("frequency", next.frequency));
  add("due_days", chosen.due_days.has_value(), std::to_string(now.due_days),
      std::to_string(next.due_days));
  add("due_day", chosen.due_day.has_value(), std::to_string(now.due_day),
      std::to_string(next.due_day));
  add("minimum", chosen.minimum_minor.has_value(), least(now), least(next));
  add("detail", chosen.detail.has_value(), word("detail", now.detail), word("detail", next.detail));
  add("delivery", chosen.delivery.has_value(), word("delivery", now.delivery),
      word("delivery", next.delivery));
  return rows;
}

Result<Value> per_account(const Call& call, ports::Transaction& transaction, const Person& person,
                          Result<Value> (*rows)(const Call&, ports::Transaction&,
                                                const domain::Account&)) {
  Value accounts = Value::list();
  for (const domain::Account& account : person.accounts) {
    Value of_account = TRY(rows(call, transaction, account));
    accounts.push(
        Value::record().set("id", account.id.to_string()).set("rows", std::move(of_account)));
  }
  return accounts;
}

// The mandates that are not over; or, where there is none, where to register one.
Result<> add_mandates(const Call& call, ports::Transaction& transaction, const Person& person,
                      Value& head) {
  std::vector<domain::Mandate> standing;
  for (const domain::Account& account : person.accounts) {
    for (auto& mandate : TRY(transaction.mandates().list({.account = account.id}))) {
      const bool is_over = mandate.state == domain::MandateState::kCancelled ||
                           mandate.state == domain::MandateState::kRejected;
      if (!is_over) standing.push_back(std::move(mandate));
    }
  }
  head.set("mandates", TRY(mandate_rows(call, transaction, standing)));
  const bool may_add =
      standing.empty() && !person.accounts.empty() && call.may(domain::Permission::kAccountsChange);
  if (may_add) head.set("sign_up", person.accounts.front().id.to_string());
  return {};
}

Result<Response> person_page(const Call& call, std::string_view tab) {
  if (std::ranges::find(kTabs, tab) == std::end(kTabs)) {
    return base::fail("route_not_found", "there is nothing here");
  }
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Person person = TRY(load_person(call, *transaction));
  const std::string id = person.customer.id.to_string();
  const std::string name = person.customer.party.name.empty() ? say(call, "console.customer.erased")
                                                              : person.customer.party.name;
  Page page{.name = "console/customer", .title = name};
  const base::Date today = TRY(today_of(call, *transaction));
  const auto bills = TRY(bills_of(*transaction, person, today, kBillsShown));
  Value facts = TRY(head(call, *transaction, person));
  TRY(add_mandates(call, *transaction, person, facts));
  page.values.set("head", std::move(facts))
      .set("tabs", tab_links(call, id, tab))
      .set("tab_title", say(call, "console.customer.tab." + std::string(tab)))
      .set("answer", TRY(answer_card(call, bills, today)));
  if (tab == "bills" && call.may(domain::Permission::kBillsRead)) {
    page.values.set("bills",
                    Value::record().set("rows", TRY(bill_rows(call, *transaction, bills, false))));
  } else if (tab == "money" && call.may(domain::Permission::kBillsRead)) {
    page.values.set("money", TRY(money_tab(call, person)));
  } else if (tab == "services") {
    page.values.set("services", TRY(per_account(call, *transaction, person, service_rows)));
  } else if (tab == "choices") {
    page.values.set("choices", TRY(per_account(call, *transaction, person, choice_rows)));
  }
  Value events = Value::list();
  for (const domain::Account& account : person.accounts) {
    const Value of_account = TRY(timeline(call, *transaction, account.id));
    for (const Value& row : *of_account.as_list()) events.push(row);
  }
  page.values.set("events", std::move(events));
  return render_page(call, std::move(page));
}

}  // namespace

Result<Response> show_customer(const Call& call) { return person_page(call, kTabs[0]); }

Result<Response> show_customer_tab(const Call& call) {
  return person_page(call, call.value("tab"));
}

}  // namespace web::console
