// The till: who stands there is found by what they have in hand, what they owe is chosen and paid
// in cash or by card. One page for a counter and for a technician's telephone; without a script it
// does the same.
#include "web/console/till_page.h"

#include <algorithm>

#include "domain/plan/rows.h"
#include "flows/operations/import_terms.h"
#include "flows/tills/hold_till.h"
#include "flows/tills/take_card.h"
#include "ports/tills.h"
#include "web/api/bill_id.h"
#include "web/bill/pay_page.h"
#include "web/console/bill_rows.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/moments.h"
#include "web/console/page.h"
#include "web/typed_amount.h"

namespace web::console {
namespace {

using base::Money;
using base::Result;
using domain::IntentState;
using domain::TillEntry;
using domain::TillEntryKind;
using flows::DebtorAtTill;

// A page that waits for a terminal is asked for again.
constexpr std::string_view kLookAgainSeconds = "3";
constexpr std::size_t kEntriesShown = 30;

struct Hands {
  const Call& call;
  const locale::Formatter& write;
  const Moments& moments;

  [[nodiscard]] std::string sum(Money amount) const { return write.money(amount); }
};

std::string field(const Call& call, std::string_view name) {
  const std::string typed = call.form.text(name);
  return typed.empty() ? call.query.text(name) : typed;
}

// --- Who stands there.

Value live_rows(const Hands& hands, const flows::DebtAtTill& debt) {
  Value list = Value::list();
  for (const auto& stored : debt.live) {
    list.push(Value::record()
                  .set("text", say(hands.call, "console.till.live",
                                   {{"sum", stored.intent.amount},
                                    {"time", hands.moments.text(stored.intent.created)}}))
                  .set("intent", stored.intent.id.to_string()));
  }
  return list;
}

bool is_chosen(const Call& call, const DebtorAtTill& debtor, const flows::DebtAtTill& debt,
               const std::string& id) {
  if (call.form.find("bill") == nullptr) {
    return debtor.meant.is_nil() || debtor.meant == debt.bill.id;
  }
  return std::ranges::find(call.form.rows(), std::pair(std::string("bill"), id)) !=
         call.form.rows().end();
}

Value debt_rows(const Hands& hands, const DebtorAtTill& debtor) {
  const Call& call = hands.call;
  Value list = Value::list();
  for (const flows::DebtAtTill& debt : debtor.debts) {
    const std::string id = api::write_bill_id(debt.bill.account, debt.bill.id);
    const std::string typed = call.form.text("amount." + id);
    const bool can_pay = debt.free.minor() > 0;
    const base::Date due = domain::effective_due(debt.bill);
    list.push(Value::record()
                  .set("id", id)
                  .set("paper", debt.paper)
                  .set("due", say(call, "console.till.due", {{"due", due}}))
                  .set("rest", hands.sum(debt.bill.rest()))
                  .set("amount", typed.empty()
                                     ? hands.write.money(debt.free, locale::MoneyStyle::kBare)
                                     : typed)
                  .set("can_pay", can_pay)
                  .set("is_chosen", can_pay && is_chosen(call, debtor, debt, id))
                  .set("live", live_rows(hands, debt)));
  }
  return list;
}

Value debtor_values(const Hands& hands, const flows::TillView& view, const DebtorAtTill& debtor) {
  const Call& call = hands.call;
  std::vector<domain::TillWish> wishes;
  for (const auto& debt : debtor.debts) {
    const std::string id = api::write_bill_id(debt.bill.account, debt.bill.id);
    if (!is_chosen(call, debtor, debt, id) || debt.bill.total.currency() != view.drawer.currency) {
      continue;
    }
    wishes.push_back({.amount = debt.free, .rest = debt.bill.rest()});
  }
  Value values = Value::record();
  values.set("name", debtor.customer.party.name)
      .set("number", static_cast<std::int64_t>(debtor.customer.number))
      .set("customer", debtor.customer.id.to_string())
      .set("account", debtor.account.id.to_string())
      .set("debts", debt_rows(hands, debtor))
      .set("owes", !debtor.debts.empty())
      .set("key", form_key(call))
      .set("tendered", call.form.text("tendered"))
      .set("part", call.form.find("part") != nullptr)
      .set("credit", call.form.find("credit") != nullptr);
  const std::int64_t step =
      domain::cash_step(call.web.rules(), debtor.account.country, view.drawer.currency,
                        hands.moments.day(call.web.clock.now()));
  const Money asked = domain::asked_in_cash(wishes, step, view.drawer.currency);
  if (asked.minor() > 0) {
    values.set("asked", say(call, "console.till.asked", {{"sum", asked}}));
  }
  if (debtor.credit.minor() > 0) {
    values.set("has_credit", say(call, "console.till.has_credit", {{"sum", debtor.credit}}));
  }
  return values;
}

// Several people: somebody chooses.
Value people_rows(const Hands& hands, std::span<const DebtorAtTill> people) {
  Value list = Value::list();
  for (const DebtorAtTill& each : people) {
    Money owed(0, each.account.currency);
    for (const auto& debt : each.debts) {
      if (debt.bill.total.currency() == owed.currency()) owed += debt.bill.rest();
    }
    list.push(Value::record()
                  .set("account", each.account.id.to_string())
                  .set("name", each.customer.party.name)
                  .set("number", static_cast<std::int64_t>(each.customer.number))
                  .set("owed", hands.sum(owed)));
  }
  return list;
}

// A problem where looking was refused.
Result<std::optional<base::Error>> add_debtors(const Hands& hands, const flows::TillView& view,
                                               Value& values) {
  const Call& call = hands.call;
  std::vector<DebtorAtTill> found;
  const std::string text = call.query.text("find");
  const std::string account = field(call, "account");
  if (!account.empty()) {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    const auto id = TRY(domain::AccountId::parse(account));
    auto debtor = TRY(flows::load_debtor(*transaction, id));
    found.push_back(std::move(debtor));
  } else if (!text.empty()) {
    auto looked = flows::find_debtors(call.web.store, call.web.clock, {call.who.actor(), text});
    if (!looked && looked.error().code == "bill_code_tries") return std::optional(looked.error());
    found = TRY(std::move(looked));
    values.set("nobody", found.empty());
  }
  if (found.size() == 1) {
    values.set("debtor", debtor_values(hands, view, found.front()));
  } else if (!found.empty()) {
    values.set("people", people_rows(hands, found));
  }
  return std::optional<base::Error>();
}

// --- What was just done, and what is under way at the terminal.

const TillEntry* entry_named(const flows::TillView& view, const std::string& ordinal) {
  const auto entry = std::ranges::find_if(
      view.entries, [&](const TillEntry& each) { return std::to_string(each.ordinal) == ordinal; });
  return entry == view.entries.end() ? nullptr : &*entry;
}

void add_done(const Hands& hands, const flows::TillView& view, Value& values) {
  const TillEntry* entry = entry_named(view, hands.call.query.text("done"));
  if (entry == nullptr || entry->receipt == 0) return;
  const bool is_taking = entry->kind == TillEntryKind::kTaking;
  const Money out = is_taking ? entry->change() : -entry->cash;
  values.set(
      "done",
      Value::record()
          .set("label",
               say(hands.call, is_taking ? "console.till.change" : "console.till.hand_out"))
          .set("sum", hands.sum(out))
          .set("taken", is_taking ? say(hands.call, "console.till.taken", {{"sum", entry->cash}})
                                  : std::string())
          .set("receipt", entry->receipt));
}

std::string_view card_key(const domain::PaymentIntent& intent) {
  switch (intent.state) {
    case IntentState::kSettled: return "console.till.card.settled";
    case IntentState::kReversed: return "console.till.card.reversed";
    case IntentState::kFailed: return "console.till.card.declined";
    case IntentState::kCancelled: return "console.till.card.cancelled";
    case IntentState::kExpired: return "console.till.card.expired";
    case IntentState::kCreated:
    case IntentState::kPending:
    case IntentState::kAuthorised: break;
  }
  if (intent.stopping) return "console.till.card.stopping";
  return intent.asked > 0 ? "console.till.card.unknown" : "console.till.card.waiting";
}

std::string_view card_tag(IntentState state) {
  if (state == IntentState::kSettled) return "good";
  return domain::is_live(state) ? "" : "bad";
}

std::string card_ordinal(const flows::TillView& view, domain::IntentId intent) {
  const auto card = std::ranges::find_if(view.entries, [&](const TillEntry& each) {
    return each.kind == TillEntryKind::kCard && each.intent == intent;
  });
  return card == view.entries.end() ? std::string() : std::to_string(card->ordinal);
}

// The one that the address names; else one that is still under way.
void add_card(const Hands& hands, const flows::TillView& view, Page& page) {
  const TillEntry* named = entry_named(view, hands.call.query.text("card"));
  const auto shown = std::ranges::find_if(view.cards, [&](const ports::StoredIntent& each) {
    return named != nullptr ? each.intent.id == named->intent : domain::is_live(each.intent.state);
  });
  if (shown == view.cards.end()) return;
  const domain::PaymentIntent& intent = shown->intent;
  const bool is_live = domain::is_live(intent.state);
  if (is_live) page.refresh = kLookAgainSeconds;
  Value card = Value::record();
  const bool names_sum =
      intent.state == IntentState::kSettled || intent.state == IntentState::kReversed;
  card.set("text", names_sum ? say(hands.call, card_key(intent), {{"sum", intent.amount}})
                             : say(hands.call, card_key(intent)))
      .set("sum", hands.sum(intent.amount))
      .set("tag", Value::borrow(card_tag(intent.state)))
      .set("intent", is_live && !intent.stopping ? intent.id.to_string() : std::string())
      .set("account", is_live ? std::string() : intent.account.to_string())
      .set("practice", is_live ? intent.action_url : std::string())
      .set("receipt_of", names_sum ? card_ordinal(view, intent.id) : std::string());
  page.values.set("card", std::move(card));
}

// --- The session.

Value entry_rows(const Hands& hands, const flows::TillView& view) {
  const Call& call = hands.call;
  Value list = Value::list();
  std::size_t shown = 0;
  for (auto entry = view.entries.rbegin(); entry != view.entries.rend(); ++entry) {
    const bool is_receipt = entry->kind == TillEntryKind::kCardPaid;
    const bool is_card = is_receipt || entry->kind == TillEntryKind::kCard;
    // A card that has paid is one row: the one with its receipt.
    const auto is_its_receipt = [&](const domain::TillEntry& other) {
      return other.kind == TillEntryKind::kCardPaid && other.intent == entry->intent;
    };
    if (!is_receipt && is_card && std::ranges::any_of(view.entries, is_its_receipt)) continue;
    if (shown++ == kEntriesShown) break;
    // Who counts again does not see what was counted first.
    const bool is_count = entry->kind == TillEntryKind::kCount;
    const bool is_taking = entry->kind == TillEntryKind::kTaking &&
                           domain::find_taking(view.entries, entry->ordinal).has_value();
    std::string papers;
    Money sum(0, view.drawer.currency);
    for (const auto& part : entry->parts) {
      if (!part.paper.empty()) papers += (papers.empty() ? "" : ", ") + part.paper;
      sum += part.amount;
    }
    list.push(Value::record()
                  .set("ordinal", entry->ordinal)
                  .set("time", hands.write.time(entry->recorded, hands.moments.zone()))
                  .set("what", say_word(call, "console.till.kind.", domain::to_text(entry->kind)))
                  .set("papers", papers)
                  .set("sum", is_count ? std::string() : hands.sum(is_card ? sum : entry->cash))
                  .set("receipt", entry->receipt == 0 ? Value() : Value(entry->receipt))
                  .set("is_card", is_card)
                  .set("can_undo", is_taking));
  }
  return list;
}

Value session_values(const Hands& hands, const flows::TillView& view, const std::string& opener) {
  return Value::record()
      .set("number", view.session->number)
      .set("opened", say(hands.call, "console.till.opened",
                         {{"name", opener}, {"time", hands.moments.text(view.session->opened)}}))
      .set("takings", hands.write.integer(view.sums.takings + view.sums.cards))
      .set("key", form_key(hands.call))
      .set("entries", entry_rows(hands, view));
}

Value refund_rows(const Hands& hands, const flows::TillView& view) {
  Value list = Value::list();
  for (const domain::Refund& refund : view.refunds) {
    const bool is_ready = refund.state == domain::RefundState::kApproved;
    list.push(Value::record()
                  .set("id", refund.id.to_string())
                  .set("sum", hands.sum(refund.amount))
                  .set("name", refund.payee_name)
                  .set("reason", refund.reason)
                  .set("key", is_ready && view.session ? form_key(hands.call) : std::string()));
  }
  return list;
}

void add_undoing(const Hands& hands, const flows::TillView& view, Value& values) {
  const TillEntry* entry = entry_named(view, field(hands.call, "undo"));
  if (entry == nullptr) return;
  values.set("undoing",
             Value::record()
                 .set("ordinal", entry->ordinal)
                 .set("what", say(hands.call, "console.till.undo_what", {{"sum", entry->cash}}))
                 .set("reason", hands.call.form.text("reason"))
                 .set("key", form_key(hands.call)));
}

// Whether a first count of the open session was too far off.
Result<bool> was_counted(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const flows::TillView view = TRY(flows::show_till(*transaction, call.value("drawer")));
  return domain::standing_count(view.entries) != nullptr;
}

}  // namespace

std::string till_address(const Call& call, std::string_view query) {
  return std::string(kTillPath) + "/" + call.value("drawer") + std::string(query);
}

std::string till_problem(const Call& call, const base::Error& error) {
  const std::string key = "console.till.problem." + error.code;
  if (!call.web.texts.has(key)) return error.text;
  const bool names_sum = error.code == "tendered_too_little";
  return names_sum ? say(call, key, {{"place", error.place}}) : say(call, key);
}

Result<domain::Drawer> drawer_of(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  return flows::find_drawer(TRY(flows::load_seller(*transaction)), call.value("drawer"));
}

std::string pieces_field(std::int64_t denomination, base::Currency currency) {
  return "pieces." + Money(denomination, currency).to_decimal_string();
}

Result<domain::CashCount> read_pieces(const Call& call, base::Currency currency) {
  domain::CashCount count;
  for (const std::int64_t each : domain::denominations(currency)) {
    const std::string text = call.form.text(pieces_field(each, currency));
    if (text.empty()) continue;
    const bool is_number =
        text.size() < 8 && std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
    if (!is_number) return base::fail("bad_cash_count", "say how many there are", text);
    if (const std::int64_t pieces = std::stoll(text); pieces > 0) count.push_back({each, pieces});
  }
  if (const std::string sum = call.form.text("sum"); !sum.empty()) {
    count.push_back({1, TRY(typed_amount(sum, currency)).minor()});
  }
  TRY(domain::sum_of(count, currency));
  return count;
}

Value pieces_rows(const Call& call, base::Currency currency) {
  const auto& write = call.web.texts.formatter(call.language);
  Value list = Value::list();
  for (const std::int64_t each : domain::denominations(currency)) {
    const std::string name = pieces_field(each, currency);
    list.push(Value::record()
                  .set("field", name)
                  .set("worth", write.money(Money(each, currency), locale::MoneyStyle::kShort))
                  .set("pieces", call.form.text(name)));
  }
  return list;
}

Result<std::vector<flows::TakeCash::Chosen>> read_chosen(const Call& call,
                                                         base::Currency currency) {
  std::vector<flows::TakeCash::Chosen> chosen;
  for (const auto& [name, value] : call.form.rows()) {
    if (name != "bill") continue;
    const auto address = TRY(api::read_bill_id(value));
    flows::TakeCash::Chosen each{address.account, address.bill, {}};
    const std::string amount = call.form.text("amount." + value);
    if (!amount.empty()) each.amount = TRY(typed_amount(amount, currency));
    chosen.push_back(each);
  }
  return chosen;
}

Result<Response> till_page(const Call& call, const base::Error* problem) {
  Page page{.name = "console/till", .title = call.value("drawer")};
  std::optional<base::Error> refused;
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    const Moments moments = TRY(Moments::load(call, *transaction));
    const Hands hands{call, call.web.texts.formatter(call.language), moments};
    const flows::TillView view = TRY(flows::show_till(*transaction, call.value("drawer")));
    page.values.set("drawer", view.drawer.name)
        .set("place", view.drawer.place)
        .set("find", call.query.text("find"))
        .set("focus", field(call, "account").empty() && call.query.text("done").empty())
        .set("refunds", refund_rows(hands, view));
    if (view.session) {
      const std::string opener = TRY(actor_name(*transaction, view.session->opened_by));
      page.values.set("session", session_values(hands, view, opener));
      if (call.web.gateways != nullptr) {
        page.values.set("terminal",
                        !flows::terminal_gateway(*call.web.gateways, view.drawer).empty());
      }
      add_done(hands, view, page.values);
      add_card(hands, view, page);
      add_undoing(hands, view, page.values);
      refused = TRY(add_debtors(hands, view, page.values));
    } else {
      page.values.set("opening",
                      Value::record().set("key", form_key(call)).set("sum", call.form.text("sum")));
    }
  }
  if (problem == nullptr && refused) problem = &*refused;
  if (problem != nullptr) {
    page.status = 422;
    page.refresh.clear();
    page.values.set("problem", till_problem(call, *problem));
  }
  return render_page(call, std::move(page));
}

Result<Response> closing_page(const Call& call, const base::Error* problem) {
  const domain::Drawer drawer = TRY(drawer_of(call));
  Page page{.name = "console/till-close",
            .title = say(call, "console.till.close_title", {{"drawer", drawer.name}})};
  const std::string typed = call.form.text("idempotency_key");
  page.values.set("drawer", drawer.name)
      .set("rows", pieces_rows(call, drawer.currency))
      .set("sum", call.form.text("sum"))
      .set("reason", call.form.text("reason"))
      .set("key", typed.empty() ? form_key(call) : typed)
      .set("is_again", TRY(was_counted(call)));
  if (problem != nullptr) {
    page.status = 422;
    page.values.set("problem", till_problem(call, *problem));
  }
  return render_page(call, std::move(page));
}

Result<Response> list_tills(const Call& call) {
  Page page{.name = "console/tills", .title = say(call, "console.nav.till")};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  const auto& write = call.web.texts.formatter(call.language);
  const domain::Operator seller = TRY(flows::load_seller(*transaction));
  Value drawers = Value::list();
  for (const domain::Drawer& drawer : seller.drawers) {
    const auto view = TRY(flows::show_till(*transaction, drawer.name));
    drawers.push(Value::record()
                     .set("name", drawer.name)
                     .set("place", drawer.place)
                     .set("terminal", drawer.terminal)
                     .set("is_open", view.session.has_value())
                     .set("by", view.session
                                    ? TRY(actor_name(*transaction, view.session->opened_by))
                                    : std::string()));
  }
  Value sessions = Value::list();
  for (const auto& session : TRY(transaction->tills().list_sessions({}, kRowsAPage))) {
    if (!session.closing) continue;
    const Money difference = session.closing->difference();
    sessions.push(Value::record()
                      .set("drawer", session.name)
                      .set("number", session.number)
                      .set("opened", moments.text(session.opened))
                      .set("closed", moments.text(session.closing->at))
                      .set("by", TRY(actor_name(*transaction, session.closing->by)))
                      .set("counted", write.money(session.closing->counted))
                      .set("difference", write.money(difference, locale::MoneyStyle::kSigned))
                      .set("warn", !difference.is_zero()));
  }
  page.values.set("drawers", std::move(drawers)).set("sessions", std::move(sessions));
  return render_page(call, std::move(page));
}

Result<Response> show_till(const Call& call) { return till_page(call, nullptr); }
Result<Response> show_till_closing(const Call& call) { return closing_page(call, nullptr); }

}  // namespace web::console
