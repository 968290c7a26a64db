// What is done at a till, each by one form with a key: sent twice, it is done once. A form that
// cannot be done comes back as it was typed, with the reason in the reader's words.
#include <algorithm>

#include "flows/intents/drive_intent.h"
#include "flows/tills/give_receipt.h"
#include "flows/tills/pay_out.h"
#include "flows/tills/run_session.h"
#include "flows/tills/take_card.h"
#include "support/observe/log.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/page.h"
#include "web/console/till_page.h"
#include "web/typed_amount.h"

namespace web::console {
namespace {

using base::Result;

// What a person at the counter can mend; anything else is answered as everywhere.
constexpr std::string_view kForTheForm[] = {"already_being_paid",  "already_undone",
                                            "amount_not_positive", "amount_too_large",
                                            "bad_cash_count",      "bad_parameter",
                                            "bill_not_payable",    "bill_twice",
                                            "card_not_paid",       "unknown_denomination",
                                            "cash_not_in_coins",   "credit_not_enough",
                                            "credit_used",         "drawer_too_little",
                                            "missing_reason",      "no_terminal",
                                            "not_a_taking",        "nothing_to_take",
                                            "other_currency",      "refund_above_maximum",
                                            "refund_not_ready",    "request_key_reused",
                                            "run_unfinished",      "several_accounts_at_terminal",
                                            "tendered_too_little", "terminal_busy",
                                            "till_closed",         "till_open",
                                            "intent_is_empty",     "intent_amount_not_positive"};

bool is_for_the_form(const base::Error& error) {
  return std::ranges::find(kForTheForm, error.code) != std::end(kForTheForm);
}

// The form's key, by which a flow knows it again.
Result<std::string> key_of(const Call& call) {
  const std::string key = call.form.text("idempotency_key");
  if (!key.empty() && key.size() <= 100) return key;
  return base::fail("idempotency_key_missing", "the form has lost its key; load the page again");
}

Result<std::int64_t> ordinal_of(const std::string& text) {
  std::int64_t ordinal = 0;
  for (const char c : text.substr(0, 9)) {
    if (c < '0' || c > '9') return base::fail("bad_parameter", "the form names no entry");
    ordinal = ordinal * 10 + (c - '0');
  }
  return ordinal;
}

// Where the work leads, or the page again with what was wrong.
template <class Work>
Result<Response> do_form(const Call& call, const Work& work) {
  const Result<std::string> location = work();
  if (location) return see_other(*location);
  if (!is_for_the_form(location.error())) return std::unexpected(location.error());
  return till_page(call, &location.error());
}

std::string done(const Call& call, const domain::TillEntry& entry) {
  return till_address(call, "?done=" + std::to_string(entry.ordinal));
}

Result<std::string> take_cash_of(const Call& call) {
  const domain::Drawer drawer = TRY(drawer_of(call));
  flows::TakeCash request;
  request.drawer = drawer.name;
  request.bills = TRY(read_chosen(call, drawer.currency));
  request.part_is_fine = call.form.find("part") != nullptr;
  request.rest_to_credit = call.form.find("credit") != nullptr;
  request.actor = call.who.actor();
  request.request_key = TRY(key_of(call));
  if (const std::string tendered = call.form.text("tendered"); !tendered.empty()) {
    request.tendered = TRY(typed_amount(tendered, drawer.currency));
  }
  const auto taken =
      TRY(flows::take_cash(call.web.store, call.web.clock, call.web.rules(), request));
  return done(call, taken.entry);
}

// The terminal is asked behind the page's back where there is somebody to do it, and before the
// answer where not. What it says is found in the payment either way.
void drive(const Call& call, domain::IntentId id) {
  if (call.web.drive_later) return call.web.drive_later(id);
  const auto driven = flows::drive_intent(call.web.store, call.web.clock, *call.web.gateways, id);
  if (driven) return;
  observe::log(observe::Level::kWarning, "terminal_not_asked",
               {{"code", driven.error().code}, {"intent", id.to_string()}});
}

Result<std::string> take_card_of(const Call& call) {
  const domain::Drawer drawer = TRY(drawer_of(call));
  if (call.web.gateways == nullptr) {
    return base::fail("no_terminal", "no terminal is set up", drawer.name);
  }
  flows::TakeCard request;
  request.drawer = drawer.name;
  request.bills = TRY(read_chosen(call, drawer.currency));
  request.language = locale::code(call.language);
  request.return_url = call.web.settings.public_url + till_address(call);
  request.actor = call.who.actor();
  request.request_key = TRY(key_of(call));
  const auto kept =
      TRY(flows::keep_card(call.web.store, call.web.clock, *call.web.gateways, request));
  drive(call, kept.entry.intent);
  return till_address(call, "?card=" + std::to_string(kept.entry.ordinal));
}

}  // namespace

Result<Response> open_till(const Call& call) {
  return do_form(call, [&]() -> Result<std::string> {
    const domain::Drawer drawer = TRY(drawer_of(call));
    flows::OpenTill request;
    request.drawer = drawer.name;
    request.count = TRY(read_pieces(call, drawer.currency));
    request.actor = call.who.actor();
    request.request_key = TRY(key_of(call));
    TRY(flows::open_till(call.web.store, call.web.clock, request));
    return till_address(call);
  });
}

Result<Response> take_at_till(const Call& call) {
  return do_form(call, [&] {
    return call.form.text("way") == "card" ? take_card_of(call) : take_cash_of(call);
  });
}

Result<Response> stop_at_till(const Call& call) {
  return do_form(call, [&]() -> Result<std::string> {
    const auto intent = TRY(domain::IntentId::parse(call.form.text("intent")));
    if (call.web.gateways == nullptr) {
      return base::fail("no_terminal", "no payment provider is set up");
    }
    TRY(flows::stop_intent(call.web.store, call.web.clock, *call.web.gateways, intent));
    const std::string account = call.form.text("account");
    return till_address(call, account.empty() ? "" : "?account=" + account);
  });
}

Result<Response> give_till_receipt(const Call& call) {
  return do_form(call, [&]() -> Result<std::string> {
    flows::GiveReceipt request;
    request.drawer = call.value("drawer");
    request.ordinal = TRY(ordinal_of(call.form.text("card")));
    request.actor = call.who.actor();
    const auto given = TRY(flows::give_receipt(call.web.store, call.web.clock, request));
    return till_address(call, "/receipts/" + std::to_string(given.entry.receipt));
  });
}

Result<Response> undo_at_till(const Call& call) {
  return do_form(call, [&]() -> Result<std::string> {
    flows::UndoTaking request;
    request.drawer = call.value("drawer");
    request.ordinal = TRY(ordinal_of(call.form.text("undo")));
    request.reason = call.form.text("reason");
    request.actor = call.who.actor();
    request.request_key = TRY(key_of(call));
    const auto undone = TRY(flows::undo_taking(call.web.store, call.web.clock, request));
    return done(call, undone.entry);
  });
}

Result<Response> move_at_till(const Call& call) {
  return do_form(call, [&]() -> Result<std::string> {
    const domain::Drawer drawer = TRY(drawer_of(call));
    flows::MoveCash request;
    request.drawer = drawer.name;
    request.kind = call.form.text("way") == "in" ? domain::TillEntryKind::kPayIn
                                                 : domain::TillEntryKind::kDrop;
    request.amount = TRY(typed_amount(call.form.text("moved"), drawer.currency));
    request.actor = call.who.actor();
    request.request_key = TRY(key_of(call));
    TRY(flows::move_cash(call.web.store, call.web.clock, request));
    return till_address(call);
  });
}

Result<Response> pay_out_at_till(const Call& call) {
  return do_form(call, [&]() -> Result<std::string> {
    const domain::Drawer drawer = TRY(drawer_of(call));
    flows::PaidOut paid;
    if (const std::string refund = call.form.text("refund"); !refund.empty()) {
      flows::PayOutApproved request;
      request.drawer = drawer.name;
      request.refund = TRY(domain::RefundId::parse(refund));
      request.actor = call.who.actor();
      request.request_key = TRY(key_of(call));
      paid =
          TRY(flows::pay_out_approved(call.web.store, call.web.clock, call.web.rules(), request));
    } else {
      flows::PayOut request;
      request.drawer = drawer.name;
      request.account = TRY(domain::AccountId::parse(call.form.text("account")));
      const std::string amount = call.form.text("back");
      if (!amount.empty()) request.amount = TRY(typed_amount(amount, drawer.currency));
      request.reason = call.form.text("reason");
      request.actor = call.who.actor();
      request.request_key = TRY(key_of(call));
      paid = TRY(flows::pay_out(call.web.store, call.web.clock, call.web.rules(), request));
    }
    return paid.till ? done(call, paid.till->entry) : till_address(call, "#refunds");
  });
}

Result<Response> close_till(const Call& call) {
  const auto closed = [&]() -> Result<domain::TillSession> {
    const domain::Drawer drawer = TRY(drawer_of(call));
    flows::CloseTill request;
    request.drawer = drawer.name;
    request.count = TRY(read_pieces(call, drawer.currency));
    request.reason = call.form.text("reason");
    request.actor = call.who.actor();
    request.request_key = TRY(key_of(call));
    request.recount_above = call.web.settings.till_recount_above;
    return flows::close_till(call.web.store, call.web.clock, request);
  }();
  // A first count that is too far off is counted again, on a fresh page.
  if (closed && !closed->closing) return see_other(till_address(call, "/close"));
  if (closed) return see_other(till_address(call, "/sessions/" + std::to_string(closed->number)));
  if (!is_for_the_form(closed.error())) return std::unexpected(closed.error());
  return closing_page(call, &closed.error());
}

}  // namespace web::console
