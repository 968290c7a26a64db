#include "web/bill/pay_page.h"

#include <algorithm>
#include <array>
#include <optional>

#include "flows/care/links.h"
#include "flows/care/show_bill.h"
#include "flows/collections/pending.h"
#include "flows/intents/drive_intent.h"
#include "flows/intents/offered_for.h"
#include "flows/intents/open_intent.h"
#include "flows/plans/keep_method.h"
#include "formats/document/qr/qr_code.h"
#include "web/bill/beside.h"
#include "web/bill/bill_page.h"
#include "web/bill/choice_page.h"
#include "web/bill/parts.h"
#include "web/template/template.h"
#include "web/typed_amount.h"

namespace web::bill {
namespace {

using base::Money;
using base::Result;
using domain::IntentState;
using domain::PaymentIntent;
using flows::OfferedMethod;
using ports::StoredIntent;

// What a waiting page loads itself again after.
constexpr std::string_view kLookAgainSeconds = "5";
// Of the address: which payment, whether to go on to its provider, and what was wrong with a form.
constexpr std::string_view kIntent = "intent";
constexpr std::string_view kGo = "go";
constexpr std::string_view kWrong = "wrong";

struct MethodName {
  std::string_view method, name;
};
// Names are the same in each language; the other methods have words.
constexpr MethodName kNames[] = {
    {"applepay", "Apple Pay"},  {"googlepay", "Google Pay"}, {"klarna", "Klarna"},
    {"mobilepay", "MobilePay"}, {"paypal", "PayPal"},        {"swish", "Swish"},
    {"vipps", "Vipps"},
};
// Their providers can keep them, where the customer agrees.
constexpr std::string_view kKeepable[] = {"card",  "applepay",  "googlepay", "paypal",
                                          "vipps", "mobilepay", "practice"};
constexpr std::array<std::string_view, 3> kWorded = {"card", "paybybank", "practice"};

// The page of one request: whose bill, what of it is being paid, in which language.
struct Page {
  flows::ShownBill shown;
  std::vector<StoredIntent> live;          // With a part of this bill, oldest first.
  std::optional<StoredIntent> intent;      // That the address names.
  Money free;                              // What of the bill nobody is paying yet.
  std::vector<flows::ComingDebit> debits;  // Of this bill, told to its payer.
  std::vector<OfferedMethod> methods;
  locale::Language language;
  std::string path, query;  // Of the bill; "?l=sv" where a language was asked for.

  [[nodiscard]] std::string action() const { return path + "/pay" + query; }
  [[nodiscard]] std::string address(std::string_view name, std::string_view value) const {
    return action() + (query.empty() ? "?" : "&") + std::string(name) + "=" + std::string(value);
  }
  [[nodiscard]] bool can_pay() const {
    return !methods.empty() && free > Money(0, free.currency());
  }
};

bool pays(const StoredIntent& stored, const domain::Bill& bill) {
  return stored.intent.account == bill.account &&
         std::ranges::find(stored.intent.parts, bill.id, &domain::IntentPart::bill) !=
             stored.intent.parts.end();
}

// Errors: link_unknown where the payment is not one of this bill, whoever's it is.
Result<StoredIntent> find_intent(ports::Transaction& transaction, const domain::Bill& bill,
                                 const std::string& text) {
  const auto unknown = base::fail("link_unknown", "this link does not open such a payment");
  const auto id = domain::IntentId::parse(text);
  if (!id) return unknown;
  auto stored = TRY(transaction.intents().find(*id));
  if (!stored || !pays(*stored, bill)) return unknown;
  return *std::move(stored);
}

Result<Page> open_page(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const std::string& token = call.value("token");
  Page page;
  page.shown = TRY(flows::show_bill_by_link(*transaction, call.web.clock, token));
  const domain::Bill& bill = page.shown.bill;
  page.free = Money(0, bill.total.currency());
  if (bill.state == domain::BillState::kOpen) page.free = std::max(page.free, bill.rest());
  page.debits = TRY(flows::coming_debits(*transaction, bill));
  for (const flows::ComingDebit& debit : page.debits) {
    // What a bank has been told to debit is not asked for a second time.
    if (debit.is_ordered) page.free -= debit.amount;
  }
  page.free = std::max(page.free, Money(0, page.free.currency()));
  for (StoredIntent& stored : TRY(transaction->intents().live_of(bill.account))) {
    if (!pays(stored, bill)) continue;
    page.free = std::max(page.free - domain::held_for(stored.intent, bill.id),
                         Money(0, page.free.currency()));
    page.live.push_back(std::move(stored));
  }
  if (const std::string* named = call.query.find(kIntent)) {
    page.intent = TRY(find_intent(*transaction, bill, *named));
  }
  if (call.web.gateways != nullptr) {
    page.methods =
        TRY(flows::offered_for(*transaction, *call.web.gateways, bill.account, page.free));
  }
  const auto asked = asked_language(call.request);
  const auto own = locale::parse_language(page.shown.invoices.front().buyer.language);
  page.language = asked.value_or(own.value_or(locale::Language::kEnglish));
  if (asked) page.query = "?l=" + std::string(locale::code(page.language));
  page.path = "/b/" + token;
  return page;
}

// --- What the page says.

std::string_view failure_key(const PaymentIntent& intent) {
  switch (intent.decline) {
    case domain::Decline::kNone:
    case domain::Decline::kRetryLater: return "bill.now.failed.later";
    case domain::Decline::kNeedsCustomer: return "bill.now.failed.customer";
    case domain::Decline::kStop: return "bill.now.failed.stop";
    case domain::Decline::kOurMistake: return "bill.now.failed.ours";
  }
  return {};
}

bool can_be_kept(std::string_view method) {
  return std::ranges::find(kKeepable, method) != std::end(kKeepable);
}

// Of what came: what stays, and what goes back because it was stopped, or was not needed.
std::string settled_words(const PaymentIntent& intent, const std::string& method,
                          const Words& words) {
  const Money back = std::max(intent.refund_asked, intent.refunded);
  const Money stays = intent.captured - back;
  if (stays > Money(0, stays.currency())) {
    const std::string thanks = words.say("bill.now.settled", {{"sum", stays}, {"method", method}});
    return back.is_zero() ? thanks
                          : thanks + " " + words.say("bill.now.rest_goes_back", {{"sum", back}});
  }
  return words.say(intent.unwanted ? "bill.now.stopped_goes_back" : "bill.now.goes_back",
                   {{"sum", intent.captured}, {"method", method}});
}

// How a payment ended; empty while it is under way.
std::string ended_words(const PaymentIntent& intent, const Words& words) {
  const std::string method = method_words(intent.method, words);
  const auto say = [&](std::string_view key) { return words.say(key, {{"method", method}}); };
  switch (intent.state) {
    case IntentState::kSettled: return settled_words(intent, method, words);
    case IntentState::kReversed:
      return words.say("bill.now.reversed", {{"sum", intent.refunded}, {"method", method}});
    case IntentState::kFailed: return say(failure_key(intent));
    case IntentState::kCancelled: return say("bill.now.cancelled");
    case IntentState::kExpired: return say("bill.now.expired");
    case IntentState::kCreated:
    case IntentState::kPending:
    case IntentState::kAuthorised: return {};
  }
  return {};
}

// Somebody stands at a till with it: it is gone on with and stopped there.
bool is_at_till(const PaymentIntent& intent) {
  return intent.channel == domain::PaymentChannel::kInPerson;
}

// The customer has to do something, and can.
bool waits_for_customer(const PaymentIntent& intent) {
  return intent.state == IntentState::kPending && !intent.stopping && !is_at_till(intent) &&
         !(intent.action_url.empty() && intent.action_qr.empty());
}

Value code_to_scan(const PaymentIntent& intent, const Words& words) {
  if (intent.action_qr.empty()) return {};
  const auto code = formats::document::QrCode::encode(intent.action_qr);
  if (!code) return {};
  return Value::record()
      .set("drawing", SafeHtml::trusted(code->to_svg()))
      .set("label", words.say("bill.now.qr.alt"))
      .set("use", words.say("bill.now.qr"));
}

Value under_way_values(const PaymentIntent& intent, const Words& words) {
  const std::string method = method_words(intent.method, words);
  const bool waits = waits_for_customer(intent);
  const std::string_view key = intent.stopping ? "bill.now.stopping"
                               : waits         ? "bill.now.waiting"
                                               : "bill.now.checking";
  Value row = Value::record();
  if (is_at_till(intent)) {
    return row.set("text", words.say("bill.now.at_till", {{"sum", intent.amount}}));
  }
  row.set("text", words.say(key, {{"sum", intent.amount}, {"method", method}}));
  if (waits && !intent.action_url.empty()) {
    row.set("link", intent.action_url)
        .set("go_on", words.say("bill.now.continue", {{"method", method}}));
  }
  if (waits) row.set("qr", code_to_scan(intent, words));
  if (!intent.stopping) row.set("stop", intent.id.to_string());
  return row;
}

// All that can be paid now is going to be drawn anyway: paying is a second thought.
bool is_drawn_anyway(const Page& page) {
  Money planned(0, page.free.currency());
  for (const flows::ComingDebit& debit : page.debits) {
    if (!debit.is_ordered) planned += debit.amount;
  }
  return planned >= page.free;
}

Value amount_values(const Page& page, const Words& words) {
  Value amounts = Value::list();
  const auto add = [&](Money sum, std::string text) {
    amounts.push(Value::record()
                     .set("value", sum.to_decimal_string())
                     .set("text", std::move(text))
                     .set("is_first", !amounts.is_shown()));
  };
  const Money asked = std::min(page.shown.view.asked, page.free);
  const bool has_part = asked > Money(0, asked.currency()) && asked < page.free;
  if (has_part) {
    add(asked,
        words.say("bill.now.amount.asked", {{"sum", asked}, {"due", page.shown.view.asked_by}}));
  }
  add(page.free,
      words.say(has_part ? "bill.now.amount.all" : "bill.now.amount.rest", {{"sum", page.free}}));
  return amounts;
}

Value form_values(const Call& call, const Page& page, const Words& words) {
  Value methods = Value::list();
  bool is_first = true;
  for (const OfferedMethod& offered : page.methods) {
    const std::string method = method_words(offered.method, words);
    methods.push(Value::record()
                     .set("value", offered.gateway + ":" + offered.method)
                     .set("is_first", is_first)
                     .set("text", words.say("bill.pay.button_with", {{"method", method}})));
    is_first = false;
  }
  return Value::record()
      .set("key", new_form_key(call))
      .set("is_instead", is_drawn_anyway(page))
      .set("amounts", amount_values(page, words))
      .set("most", words.say("bill.now.amount.own.most", {{"sum", page.free}}))
      .set("can_keep", std::ranges::any_of(page.methods,
                                           [](const OfferedMethod& offered) {
                                             return can_be_kept(offered.method);
                                           }))
      .set("methods", std::move(methods));
}

// Why nothing can be begun here.
std::string closed_words(const Page& page, const Words& words) {
  if (page.shown.bill.state != domain::BillState::kOpen ||
      page.shown.bill.rest() <= Money(0, page.free.currency())) {
    return words.say("bill.now.nothing");
  }
  if (page.methods.empty()) return words.say("bill.now.no_method");
  return words.say("bill.now.all_under_way");
}

void add_notice(const Call& call, const Page& page, const Words& words, Value& values) {
  if (page.intent && !domain::is_live(page.intent->intent.state)) {
    const PaymentIntent& ended = page.intent->intent;
    const bool good = ended.state == IntentState::kSettled && ended.refund_asked < ended.captured;
    values.set("notice", ended_words(page.intent->intent, words)).set("is_good", good);
    return;
  }
  const std::string* wrong = call.query.find(kWrong);
  if (wrong == nullptr) return;
  values.set("is_good", false)
      .set("notice", *wrong == "method" ? words.say("bill.now.wrong.method")
                                        : words.say("bill.now.wrong.amount", {{"sum", page.free}}));
}

bool opens_in_browser(std::string_view address) {
  return address.starts_with("https://") || address.starts_with("http://");
}

// Where the page leads by itself: on to the provider once, else to itself while it waits.
void add_refresh(const Call& call, const Page& page, Response& response) {
  if (page.intent && call.query.find(kGo) != nullptr) {
    const PaymentIntent& intent = page.intent->intent;
    if (waits_for_customer(intent) && opens_in_browser(harmless_url(intent.action_url))) {
      response.headers.set("Refresh", "0;url=" + intent.action_url);
      return;
    }
  }
  // Not under the fingers of somebody who fills in a form.
  if (page.live.empty() || page.can_pay()) return;
  std::string look_again(kLookAgainSeconds);
  if (page.intent) {
    look_again += ";url=" + page.address(kIntent, page.intent->intent.id.to_string());
  }
  response.headers.set("Refresh", look_again);
}

Result<Response> pay_page(const Call& call) {
  const Page page = TRY(open_page(call));
  const Deps& deps = call.web.bill;
  const Words words(deps.catalogue, page.language);
  Value values = beside_frame(deps, page.shown.invoices.front().seller, words, "bill.now.title",
                              page.path + page.query);
  values.set("action", page.action());
  add_notice(call, page, words, values);
  Value under_way = Value::list();
  for (const StoredIntent& stored : page.live) {
    under_way.push(under_way_values(stored.intent, words));
  }
  for (const flows::ComingDebit& debit : page.debits) {
    under_way.push(Value::record().set("text", coming_words(debit, words)));
  }
  const bool is_under_way = !page.live.empty() || !page.debits.empty();
  values.set("is_under_way", is_under_way).set("under_way", std::move(under_way));
  if (page.can_pay()) {
    values.set("form", form_values(call, page, words));
  } else if (!(page.intent && page.intent->intent.state == IntentState::kSettled)) {
    values.set("closed", closed_words(page, words));
  }
  std::string body = TRY(deps.templates.render("bill/pay", locale::code(page.language), values));
  Response response = page_response(deps, 200, std::move(body), page.language);
  response.headers.set("Cache-Control", "no-store");
  add_refresh(call, page, response);
  return response;
}

// --- What is sent.

flows::OpenIntent request_of(const Call& call, const Page& page, const OfferedMethod& method,
                             Money amount, const std::string& key) {
  const Deps& deps = call.web.bill;
  const domain::Bill& bill = page.shown.bill;
  const domain::Invoice& invoice = page.shown.invoices.front();
  const Words words(deps.catalogue, page.language);
  const std::string id = flows::intent_of_request(bill.account, key).to_string();
  flows::OpenIntent request{.account = bill.account,
                            .parts = {{bill.id, bill.account, amount}},
                            .gateway = method.gateway,
                            .request_key = key,
                            .order = {}};
  ports::PaymentOrder& order = request.order;
  order.method = method.method;
  order.description = words.say("bill.now.description", {{"number", invoice.full_number()}});
  order.return_url = deps.public_url + page.path + "/pay/back" + page.query +
                     (page.query.empty() ? "?" : "&") + std::string(kIntent) + "=" + id;
  order.callback_url = deps.public_url + "/hooks/" + method.gateway;
  // Nothing of who they are: the provider asks for what it needs.
  order.payer = {.reference = bill.account.to_string(),
                 .email = {},
                 .phone = {},
                 .country = invoice.buyer.address.country,
                 .language = std::string(locale::code(page.language)),
                 .ip = call.peer};
  return request;
}

bool is_of_the_database(const base::Error& error) {
  return error.code.starts_with("database_") || error.code == "disk_full";
}

// Where a payment that could not be begun leads; nothing where nothing is known of it.
std::optional<std::string> way_on(const Page& page, const base::Error& error,
                                  const std::string& key) {
  const std::string_view code = error.code;
  if (code == "already_being_paid") {
    // Another payment, or a debit, which has no page.
    const bool is_intent = domain::IntentId::parse(error.place).has_value();
    return is_intent ? page.address(kIntent, error.place) : page.action();
  }
  if (code == "amount_too_large" || code == "intent_amount_not_positive") {
    return page.address(kWrong, "amount");
  }
  if (code == "gateway_unknown") return page.address(kWrong, "method");
  if (code == "bill_not_payable") return page.action();
  if (is_of_the_database(error)) return std::nullopt;
  // The key has made a payment already, or one that our own settings do not allow: it is kept.
  const auto id = flows::intent_of_request(page.shown.bill.account, key);
  return page.address(kIntent, id.to_string());
}

// What the customer ticked: the words that were shown are kept as the proof, before the payment
// that brings the method.
Result<> keep_consent(const Call& call, const Page& page, const Fields& form,
                      flows::OpenIntent& request) {
  if (form.text("keep") != "1" || !can_be_kept(request.order.method)) return {};
  request.order.keep_method = true;
  const Words words(call.web.bill.catalogue, page.language);
  const bool for_bills = form.text("for_bills") == "1";
  std::string text = words.say("bill.keep.method");
  if (for_bills) text += "\n" + words.say("bill.keep.for_bills");
  return flows::note_consent(
      call.web.store, call.web.clock,
      {.account = request.account,
       .intent = flows::intent_of_request(request.account, request.request_key),
       .gateway = request.gateway,
       .method = request.order.method,
       .for_bills = for_bills,
       .text = std::move(text),
       .ip = call.peer});
}

Result<std::string> begin(const Call& call, const Page& page, const Fields& form) {
  const std::string key = form.text("key"), chosen = form.text("method");
  if (!is_form_key(key)) return page.action();
  const auto method = std::ranges::find_if(page.methods, [&](const OfferedMethod& offered) {
    return offered.gateway + ":" + offered.method == chosen;
  });
  if (method == page.methods.end()) return page.address(kWrong, "method");
  const std::string own = form.text("own");
  const auto amount = typed_amount(own.empty() ? form.text("amount") : own, page.free.currency());
  if (!amount) return page.address(kWrong, "amount");
  flows::OpenIntent request = request_of(call, page, *method, *amount, key);
  TRY(keep_consent(call, page, form, request));
  const auto stored =
      flows::open_intent(call.web.store, call.web.clock, *call.web.gateways, request);
  if (!stored) {
    auto elsewhere = way_on(page, stored.error(), key);
    if (!elsewhere) return std::unexpected(stored.error());
    return *std::move(elsewhere);
  }
  return page.address(kIntent, stored->intent.id.to_string()) + "&" + std::string(kGo) + "=1";
}

Result<std::string> stop(const Call& call, const Page& page, const std::string& text) {
  StoredIntent stored;
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    stored = TRY(find_intent(*transaction, page.shown.bill, text));
  }
  const domain::IntentId id = stored.intent.id;
  if (is_at_till(stored.intent)) return page.address(kIntent, id.to_string());
  // A provider that cannot be asked now is asked again later; the wish is kept.
  const auto stopped = flows::stop_intent(call.web.store, call.web.clock, *call.web.gateways, id);
  if (!stopped && is_of_the_database(stopped.error())) return std::unexpected(stopped.error());
  return page.address(kIntent, id.to_string());
}

Result<Response> take_form(const Call& call) {
  const Fields form = TRY(call.request.form());
  const Page page = TRY(open_page(call));
  if (call.web.gateways == nullptr) return see_other(page.action());
  if (const std::string* intent = form.find("stop")) {
    return see_other(TRY(stop(call, page, *intent)));
  }
  return see_other(TRY(begin(call, page, form)));
}

Result<Response> ask_and_show(const Call& call, bool may_ask) {
  const Page page = TRY(open_page(call));
  if (!page.intent) return see_other(page.action());
  const domain::IntentId id = page.intent->intent.id;
  if (may_ask && !is_at_till(page.intent->intent) && call.web.gateways != nullptr) {
    std::map<std::string, std::string> details;
    for (const auto& [name, value] : call.query.rows()) {
      if (name != kIntent && name != "l") details.emplace(name, value);
    }
    // What cannot be asked now is asked again later, and the page says so meanwhile.
    const auto asked =
        flows::confirm_intent(call.web.store, call.web.clock, *call.web.gateways, id, details);
    if (!asked && call.web.bill.report) call.web.bill.report(asked.error());
  }
  return see_other(page.address(kIntent, id.to_string()));
}

Response answer(const Call& call, Result<Response> response) {
  if (response) return *std::move(response);
  const std::string& code = response.error().code;
  if (code == "not_a_form" || code == "bad_url_encoding" || code == "too_many_fields") {
    return see_other("/b/" + call.value("token") + "/pay");
  }
  return failure_page(call.web.bill, call.request, response.error());
}

std::int64_t seconds_to_wait(const Call& call) {
  const std::string key = flows::link_token_hash(call.value("token"));
  return call.guards.payments_of_link.take(key, call.web.clock.now());
}

}  // namespace

std::string_view method_name(std::string_view method) {
  const auto named = std::ranges::find(kNames, method, &MethodName::method);
  return named != std::end(kNames) ? named->name : std::string_view();
}

std::string method_words(std::string_view method, const Words& words) {
  if (const auto name = method_name(method); !name.empty()) return std::string(name);
  const bool worded = std::ranges::find(kWorded, method) != kWorded.end();
  return worded ? words.say("bill.now.method." + std::string(method)) : std::string(method);
}

std::vector<OfferedMethod> methods_for(const flows::Gateways* gateways, base::Currency currency) {
  std::vector<OfferedMethod> offered;
  if (gateways == nullptr) return offered;
  for (const OfferedMethod& method : gateways->methods()) {
    if (method.currency.empty() || method.currency == currency.code()) offered.push_back(method);
  }
  return offered;
}

Response show_pay(const Call& call) { return answer(call, pay_page(call)); }

Response take_pay(const Call& call) {
  const std::int64_t wait = seconds_to_wait(call);
  return wait > 0 ? too_many_tries(call, wait) : answer(call, take_form(call));
}

Response come_back(const Call& call) {
  return answer(call, ask_and_show(call, seconds_to_wait(call) == 0));
}

}  // namespace web::bill
