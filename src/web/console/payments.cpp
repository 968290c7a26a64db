// Payments: what is assigned, what stands in suspense and why, and a person's saying whose money it
// is, by preview, reason and deed.
#include <algorithm>
#include <memory>

#include "flows/care/find_people.h"
#include "flows/payments/assign_payment.h"
#include "flows/payments/payer_worklist.h"
#include "flows/payments/return_payment.h"
#include "flows/payments/undo_allocation.h"
#include "ports/access.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/desk.h"
#include "ports/parties.h"
#include "ports/payments.h"
#include "web/api/answer.h"
#include "web/api/bill_id.h"
#include "web/console/bank_rows.h"
#include "web/console/bill_rows.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/page.h"
#include "web/console/payer_words.h"
#include "web/typed_amount.h"

namespace web::console {
namespace {

using base::Money;
using base::Result;
using ports::IncomingPayment;

constexpr std::string_view kFields[] = {"state", "reason", "reference", "file",
                                        "from",  "to",     "amount"};
constexpr std::string_view kStates[] = {"suspense", "allocated", "returned"};
constexpr std::string_view kReasons[] = {
    "no_reference",       "unknown_reference",  "ambiguous_reference",
    "several_references", "negative_reference", "details_do_not_add_up",
    "other_currency",     "not_ours_any_more",  "return_not_found",
    "bank_charges",       "reversal",           "undone",
    "refund_rejected",    "refund_withdrawn",   "paid_twice",
    "refund_failed",      "another_payer",      "reference_of_paid_bill",
    "paid_too_much",      "was_stopped",        "paid_back_twice"};
constexpr std::size_t kCandidatesMax = 10;
constexpr std::string_view kReturn = "return";  // Instead of an assignment that is undone.
constexpr std::size_t kRowsAPiece = 500;

// What is written with the same hands on every row.
struct Rows {
  const Call& call;
  const locale::Formatter& write;
  base::Date today;

  [[nodiscard]] std::string day(base::Date date) const {
    return write.date(date, locale::DateStyle::kNumeric);
  }
  [[nodiscard]] std::string bare(Money amount) const {
    return write.money(amount, locale::MoneyStyle::kBare);
  }
};

Result<Rows> rows_of(const Call& call, ports::Transaction& transaction) {
  return Rows{call, call.web.texts.formatter(call.language), TRY(today_of(call, transaction))};
}

Result<ports::PaymentFilter> read_filter(ports::Transaction& transaction, const Fields& fields) {
  ports::PaymentFilter filter;
  filter.state = fields.text("state");
  filter.reason = fields.text("reason");
  filter.reference = fields.text("reference");
  if (const auto file = fields.text("file"); !file.empty()) {
    filter.file = TRY(domain::BankFileId::parse(file));
  }
  if (const auto from = fields.text("from"); !from.empty()) {
    filter.booked_from = TRY(base::Date::parse(from));
  }
  if (const auto to = fields.text("to"); !to.empty()) {
    filter.booked_to = TRY(base::Date::parse(to));
  }
  if (const auto amount = fields.text("amount"); !amount.empty()) {
    const auto operators = TRY(transaction.catalogue().list_operators());
    if (operators.empty()) return base::fail("no_operator", "no operator is loaded");
    filter.amount = TRY(typed_amount(amount, operators.front().currency));
  }
  return filter;
}

Value payment_row(const Rows& rows, const IncomingPayment& payment) {
  const bool in_suspense = payment.state == "suspense";
  return Value::record()
      .set("id", payment.id.to_string())
      .set("booked", rows.day(payment.booked))
      .set("age", say(rows.call, "console.payment.age", {{"days", rows.today - payment.booked}}))
      .set("payer", payment.payer_name)
      .set("reference", payment.reference)
      .set("currency", std::string(payment.amount.currency().code()))
      .set("amount", rows.bare(payment.amount))
      .set("open", in_suspense ? rows.bare(payment.open()) : std::string())
      .set("state", say_word(rows.call, "console.payment.state.", payment.state))
      .set("tag", in_suspense                    ? " warn"
                  : payment.state == "allocated" ? " good"
                                                 : "")
      .set("reason", payment.reason.empty()
                         ? std::string()
                         : say_word(rows.call, "console.payment.reason.", payment.reason));
}

Result<IncomingPayment> load_payment(const Call& call, ports::Transaction& transaction) {
  const auto id = TRY(call.id<domain::PaymentId>("id"));
  auto payment = TRY(transaction.payments().find_payment(id));
  if (!payment) return base::fail("payment_not_found", "there is no such payment", id.to_string());
  return *std::move(payment);
}

// A bill that the money may be for, with a link that shows what assigning would do.
Result<Value> candidate_rows(const Call& call, ports::Transaction& transaction,
                             const IncomingPayment& payment, std::vector<domain::Bill> bills) {
  std::erase_if(bills, [&](const domain::Bill& bill) {
    return bill.state != domain::BillState::kOpen || bill.rest().minor() <= 0 ||
           bill.total.currency() != payment.amount.currency();
  });
  if (bills.size() > kCandidatesMax) bills.resize(kCandidatesMax);
  return bill_rows(call, transaction, bills, true);
}

Result<std::vector<domain::Bill>> bills_of_amount(ports::Transaction& transaction, Money open,
                                                  base::Date today) {
  ports::BillSearch search;
  search.today = today;
  search.amount_minor = open.minor();
  return transaction.access().desk().find_bills(search, {}, 0, kCandidatesMax * 5);
}

struct Looked {
  std::vector<domain::Bill> bills;
  Value accounts = Value::list();
};

// What somebody typed to find whose money it is.
Result<Looked> look_for(ports::Transaction& transaction, const std::string& text,
                        base::Date today) {
  Looked looked;
  const auto found = TRY(flows::find_people(transaction, text, kCandidatesMax));
  for (const auto& hit : found.bills) looked.bills.push_back(hit.bill);
  for (const auto& hit : found.people) {
    ports::BillSearch search;
    search.today = today;
    search.accounts.emplace();
    for (const auto& account : TRY(transaction.parties().accounts_of(hit.customer.id))) {
      search.accounts->push_back(account.id);
      looked.accounts.push(Value::record()
                               .set("id", account.id.to_string())
                               .set("name", hit.customer.party.name)
                               .set("number", std::to_string(hit.customer.number)));
    }
    for (auto& bill : TRY(transaction.access().desk().find_bills(search, {}, 0, kRowsAPage))) {
      looked.bills.push_back(std::move(bill));
    }
  }
  return looked;
}

// What an assignment to the chosen bill or account would do.
Result<Value> assign_preview(const Rows& rows, ports::Transaction& transaction,
                             const IncomingPayment& payment, const Fields& asked) {
  const Call& call = rows.call;
  Value preview = Value::record();
  preview.set("key", form_key(call)).set("reason", call.form.text("reason"));
  if (const auto text = asked.text("bill"); !text.empty()) {
    const auto address = TRY(api::read_bill_id(text));
    const auto bill = TRY(transaction.billing().find_bill(address.account, address.bill));
    if (!bill) return base::fail("bill_not_found", "there is no such bill", text);
    const auto numbers = TRY(transaction.access().desk().invoice_numbers({&*bill, 1}));
    const Money to_bill = std::min(payment.open(), bill->rest());
    const Money beyond = payment.open() - to_bill;
    preview.set("bill", text)
        .set("account", "")
        .set("target", say(call, "console.bill.title", {{"number", numbers.front()}}))
        .set("to_bill", rows.write.money(to_bill))
        .set("rest", rows.write.money(bill->rest() - to_bill))
        .set("beyond", beyond.is_zero() ? std::string() : rows.write.money(beyond));
    return preview;
  }
  const auto id = TRY(domain::AccountId::parse(asked.text("account")));
  const auto account = TRY(transaction.parties().find_account(id));
  if (!account) return base::fail("unknown_account", "there is no such account");
  const auto customers = TRY(transaction.parties().find_customers({&account->customer, 1}));
  preview.set("bill", "")
      .set("account", id.to_string())
      .set("target", customers.empty() ? std::string() : customers.front().party.name)
      .set("to_bill", "")
      .set("rest", "")
      .set("beyond", rows.write.money(payment.open()));
  return preview;
}

Result<Value> allocation_rows(const Rows& rows, ports::Transaction& transaction,
                              const IncomingPayment& payment) {
  const auto standing = TRY(flows::standing_allocations(transaction, payment.id));
  Value list = Value::list();
  for (const auto& row : TRY(transaction.payments().allocations_of_payment(payment.id))) {
    const bool stands = std::ranges::any_of(
        standing, [&](const ports::Allocation& one) { return one.id == row.id; });
    list.push(Value::record()
                  .set("id", row.id.to_string())
                  .set("bill", row.bill.is_nil() ? std::string()
                                                 : api::write_bill_id(row.account, row.bill))
                  .set("date", rows.day(row.effective))
                  .set("by", say_word(rows.call, "console.payment.by.", row.by))
                  .set("house", row.account.is_nil())
                  .set("amount", rows.write.money(row.amount))
                  .set("undo", stands && !row.account.is_nil() &&
                                       rows.call.may(domain::Permission::kPaymentsChange)
                                   ? row.id.to_string()
                                   : std::string()));
  }
  return list;
}

// What it may be for, as cards: how likely, why, and a button where the agent may.
Value suggestion_cards(const Rows& rows, const flows::WorklistRow& row) {
  const Call& call = rows.call;
  const locale::Catalogue& texts = call.web.texts;
  Value cards = Value::list();
  for (const flows::PayerSuggestion& each : row.suggestions) {
    Value reasons = Value::list();
    for (const auto& reason : each.reasons) {
      reasons.push(Value::record()
                       .set("text", reason_words(texts, call.language, reason))
                       .set("mark", reason.speaks_for ? "for" : "against"));
    }
    const std::string what = suggestion_words(texts, call.language, each);
    cards.push(Value::record()
                   .set("what", what)
                   .set("bill", each.bills.empty()
                                    ? std::string()
                                    : api::write_bill_id(each.account, each.bills.front().id))
                   .set("likely", probability_words(texts, call.language, each.millionths))
                   .set("candidate", each.code)
                   .set("payment_id", row.payment.id.to_string())
                   .set("key", form_key(call))
                   .set("token", call.who.csrf)
                   .set("accept_what", say(call, "console.payer.accept_what", {{"what", what}}))
                   .set("reasons", std::move(reasons)));
  }
  return cards;
}

Result<Value> suggestions_of(const Rows& rows, ports::Transaction& transaction,
                             domain::PaymentId payment) {
  const flows::Worklist list = TRY(flows::load_suggestions(transaction, payment));
  Value cards = suggestion_cards(rows, list.rows.front());
  const bool none = list.rows.front().suggestions.empty();
  return Value::record()
      .set("cards", std::move(cards))
      .set("none", none)
      .set("learned", say(rows.call, "console.payer.learned", {{"count", list.confirmed}}));
}

// What a return may have given back, as cards: why, and a form where the agent may.
Result<Value> returned_of(const Rows& rows, ports::Transaction& transaction,
                          const IncomingPayment& back) {
  const Call& call = rows.call;
  const auto form = [&] {
    return Value::record()
        .set("payment_id", back.id.to_string())
        .set("key", form_key(call))
        .set("token", call.who.csrf)
        .set("reason", call.form.text("reason"));
  };
  Value cards = Value::list();
  std::int64_t ordinal = 0;
  for (const auto& each : TRY(flows::suggest_returned(transaction, back))) {
    Value reasons = Value::list();
    for (const auto& reason : each.reasons) {
      reasons.push(Value::record()
                       .set("text", reason_words(call.web.texts, call.language, reason))
                       .set("mark", reason.speaks_for ? "for" : "against"));
    }
    const std::string what = say(call, "console.payment.title",
                                 {{"sum", each.payment.amount}, {"day", each.payment.booked}});
    cards.push(form()
                   .set("ordinal", std::to_string(++ordinal))
                   .set("of", each.payment.id.to_string())
                   .set("what", what)
                   .set("payer", each.payment.payer_name)
                   .set("state", say_word(call, "console.payment.state.", each.payment.state))
                   .set("choose_what", say(call, "console.return.choose_what", {{"what", what}}))
                   .set("reasons", std::move(reasons)));
  }
  return Value::record()
      .set("none", ordinal == 0)
      .set("cards", std::move(cards))
      .set("none_of_ours", form());
}

Value facts_of(const Rows& rows, const IncomingPayment& payment) {
  Value row = payment_row(rows, payment);
  row.set("sum", rows.write.money(payment.amount))
      .set("open_sum", rows.write.money(payment.open()))
      .set("value", rows.day(payment.value))
      .set("bank_account", payment.bank_account)
      .set("rail", say_word(rows.call, "console.payment.rail.", payment.rail))
      .set("bank_reference", payment.bank_reference)
      .set("end_to_end", payment.end_to_end_id)
      .set("payer_account", payment.payer_account)
      .set("remittance", payment.remittance)
      .set("charges",
           payment.charges_minor == 0 ? std::string() : rows.write.money(payment.charges()))
      .set("return_of", payment.return_of.is_nil() ? std::string() : payment.return_of.to_string())
      .set("file", payment.file.to_string())
      .set("in_suspense", payment.state == "suspense" && payment.open().minor() > 0);
  return row;
}

Result<Response> payment_page(const Call& call, const Fields& asked, std::string problem) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const IncomingPayment payment = TRY(load_payment(call, *transaction));
  const Rows rows = TRY(rows_of(call, *transaction));
  Page page{.name = "console/payment",
            .title = say(call, "console.payment.title",
                         {{"sum", payment.amount}, {"day", payment.booked}}),
            .status = problem.empty() ? 200 : 422};
  page.values.set("id", payment.id.to_string())
      .set("payment_id", payment.id.to_string())
      .set("payment", facts_of(rows, payment))
      .set("allocations", TRY(allocation_rows(rows, *transaction, payment)))
      .set("problem", std::move(problem))
      .set("text", asked.text("text"));
  const bool may_change = call.may(domain::Permission::kPaymentsChange);
  const bool can_assign = may_change && payment.state == "suspense" && payment.open().minor() > 0;
  if (can_assign) {
    Value assign = Value::record();
    page.values.set("suggestions", TRY(suggestions_of(rows, *transaction, payment.id)));
    if (asked.find("bill") != nullptr || asked.find("account") != nullptr) {
      assign.set("preview", TRY(assign_preview(rows, *transaction, payment, asked)));
    }
    const std::string text = asked.text("text");
    if (!text.empty()) {
      Looked looked = TRY(look_for(*transaction, text, rows.today));
      assign.set("accounts", std::move(looked.accounts))
          .set("candidates",
               TRY(candidate_rows(call, *transaction, payment, std::move(looked.bills))));
    } else {
      auto bills = TRY(bills_of_amount(*transaction, payment.open(), rows.today));
      assign.set("candidates", TRY(candidate_rows(call, *transaction, payment, std::move(bills))));
    }
    assign.set("looked", !text.empty());
    page.values.set("assign", std::move(assign));
  }
  if (may_change && flows::is_open_return(payment)) {
    page.values.set("returned", TRY(returned_of(rows, *transaction, payment)));
  }
  // Of what went back all that was said is undone at once.
  const bool is_settled = payment.amount.is_negative() && !flows::is_open_return(payment) &&
                          (!payment.return_of.is_nil() || payment.state == "allocated");
  page.values.set("undo_return", may_change && is_settled ? payment.id.to_string() : "");
  if (const auto undo = asked.text("undo"); may_change && !undo.empty()) {
    const std::string_view words = undo == kReturn ? "console.return." : "console.payment.";
    page.values.set("undoing", Value::record()
                                   .set("allocation", undo)
                                   .set("title", say_word(call, words, "undo_title"))
                                   .set("what", say_word(call, words, "undo_what"))
                                   .set("key", form_key(call))
                                   .set("reason", call.form.text("reason")));
  }
  return render_page(call, std::move(page));
}

bool is_for_the_form(const base::Error& error) {
  constexpr std::string_view kCodes[] = {
      "missing_reason",     "payment_not_open",  "amount_too_large",     "bad_amount",
      "bill_not_payable",   "other_currency",    "allocation_not_found", "credit_used",
      "candidate_gone",     "not_a_return",      "return_settled",       "already_returned",
      "original_is_return", "original_is_later", "return_of_other_sum",  "payment_paid_out",
      "return_is_charge"};
  return std::ranges::find(kCodes, error.code) != std::end(kCodes);
}

Result<Response> after_change(const Call& call, const Result<api::OnceAnswer>& done) {
  if (done) return see_other(done->location);
  if (!is_for_the_form(done.error())) return std::unexpected(done.error());
  // In the reader's language where it is known what is wrong.
  const std::string key = "console.return.error." + done.error().code;
  return payment_page(call, call.form,
                      call.web.texts.has(key) ? say(call, key) : done.error().text);
}

std::string payment_path(const Call& call) { return "/console/payments/" + call.value("id"); }

}  // namespace

Result<Response> list_payments(const Call& call) {
  Page page{.name = "console/payments", .title = say(call, "console.nav.payments")};
  const Fields fields = filter_of(call, kFields);
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Rows rows = TRY(rows_of(call, *transaction));
  ports::PaymentFilter filter = TRY(read_filter(*transaction, fields));
  filter.limit = kRowsAPage + 1;
  if (const auto after = call.query.text("after"); !after.empty()) {
    filter.after = TRY(domain::PaymentId::parse(after));
    page.values.set("first", link_to("/console/payments", fields));
  }
  auto payments = TRY(transaction->payments().list_payments(filter));
  if (api::drop_beyond(payments, kRowsAPage)) {
    Fields next = fields;
    next.set("after", payments.back().id.to_string());
    page.values.set("next", link_to("/console/payments", next));
  }
  Value list = Value::list();
  for (const IncomingPayment& payment : payments) list.push(payment_row(rows, payment));
  page.values.set("rows", std::move(list))
      .set("totals", TRY(bank_totals(call, *transaction)))
      .set("export", link_to("/console/payments.csv", fields))
      .set(
          "filter",
          Value::record()
              .set("states", choices(call, "console.payment.state.", kStates, fields.text("state")))
              .set("reasons",
                   choices(call, "console.payment.reason.", kReasons, fields.text("reason")))
              .set("reference", fields.text("reference"))
              .set("amount", fields.text("amount"))
              .set("from", fields.text("from"))
              .set("to", fields.text("to"))
              .set("file", fields.text("file")));
  if (!fields.encode().empty()) page.values.set("clear", "/console/payments");
  return render_page(call, std::move(page));
}

Result<Response> export_payments(const Call& call) {
  struct State {
    ports::PaymentFilter filter;
    bool done = false;
  };
  const auto state = std::make_shared<State>();
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    state->filter = TRY(read_filter(*transaction, filter_of(call, kFields)));
    state->filter.limit = kRowsAPiece;
  }
  ports::Store& store = call.web.store;
  return csv_stream(
      "payments.csv",
      csv_line({"payment", "bank_account", "booked", "rail", "currency", "amount", "allocated",
                "open", "state", "reason", "reference", "payer", "payer_account", "text"}),
      [state, &store]() -> Result<std::string> {
        std::string lines;
        if (state->done) return lines;
        const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
        const auto page = TRY(transaction->payments().list_payments(state->filter));
        for (const IncomingPayment& row : page) {
          lines += csv_line({row.id.to_string(), row.bank_account, row.booked.to_string(), row.rail,
                             std::string(row.amount.currency().code()),
                             row.amount.to_decimal_string(), row.allocated.to_decimal_string(),
                             row.open().to_decimal_string(), row.state, row.reason, row.reference,
                             row.payer_name, row.payer_account, row.remittance});
        }
        state->done = page.size() < kRowsAPiece;
        if (!page.empty()) state->filter.after = page.back().id;
        return lines;
      });
}

Result<Response> show_payment(const Call& call) { return payment_page(call, call.query, ""); }

Result<Response> assign_payment(const Call& call) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    flows::AssignRequest request;
    request.payment = TRY(call.id<domain::PaymentId>("id"));
    request.reason = call.form.text("reason");
    request.actor = call.who.actor();
    if (const auto text = call.form.text("bill"); !text.empty()) {
      const auto address = TRY(api::read_bill_id(text));
      request.account = address.account;
      request.bill = address.bill;
    } else {
      request.account = TRY(domain::AccountId::parse(call.form.text("account")));
    }
    TRY(flows::assign_payment(call.web.store, call.web.clock, request));
    return api::OnceAnswer{303, {}, payment_path(call)};
  });
  return after_change(call, done);
}

Result<Response> accept_payment(const Call& call) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    flows::AcceptRequest request;
    request.payment = TRY(call.id<domain::PaymentId>("id"));
    request.candidate = call.form.text("candidate");
    request.actor = call.who.actor();
    TRY(flows::accept_candidate(call.web.store, call.web.clock, request));
    return api::OnceAnswer{303, {}, payment_path(call)};
  });
  return after_change(call, done);
}

Result<Response> settle_return(const Call& call) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    flows::ReturnRequest request;
    request.payment = TRY(call.id<domain::PaymentId>("id"));
    // Without one it gave back none of ours.
    if (const auto of = call.form.text("of"); !of.empty()) {
      request.of = TRY(domain::PaymentId::parse(of));
    }
    request.reason = call.form.text("reason");
    request.actor = call.who.actor();
    TRY(flows::return_payment(call.web.store, call.web.clock, request));
    return api::OnceAnswer{303, {}, payment_path(call)};
  });
  return after_change(call, done);
}

Result<Response> undo_payment(const Call& call) {
  const auto done = api::once_with_own_transactions(call, [&]() -> Result<api::OnceAnswer> {
    flows::UndoRequest request;
    request.payment = TRY(call.id<domain::PaymentId>("id"));
    const std::string what = call.form.text("undo");
    if (what != kReturn) request.allocation = TRY(domain::AllocationId::parse(what));
    request.reason = call.form.text("reason");
    request.actor = call.who.actor();
    TRY(flows::undo_allocation(call.web.store, call.web.clock, request));
    return api::OnceAnswer{303, {}, payment_path(call)};
  });
  return after_change(call, done);
}

}  // namespace web::console
