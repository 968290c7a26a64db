#include "flows/calls/take_turn.h"

#include "flows/calls/link_message.h"
#include "flows/care/links.h"
#include "flows/compose/words.h"
#include "flows/intents/drive_intent.h"
#include "flows/intents/open_intent.h"
#include "flows/operations/derived_ids.h"
#include "flows/tills/bill_code.h"
#include "ports/calls.h"
#include "ports/events.h"
#include "ports/tills.h"
#include "ports/work.h"
#include "support/observe/log.h"

namespace flows {
namespace {

using base::Result;
using domain::Call;
using domain::CallDeed;
using domain::CallPayment;
using domain::CallTurn;
using domain::CodeFinding;
using domain::IntentState;
using ports::StoredIntent;

std::unexpected<base::Error> call_unknown() {
  return base::fail("call_unknown", "there is no such call, or it is over for long");
}

std::optional<domain::CallBill> bill_of(const std::optional<CallFacts>& facts) {
  return facts ? std::optional(facts->bill) : std::nullopt;
}

Result<std::optional<Call>> find_call(const CallTools& tools, domain::CallId id) {
  const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
  return transaction->tills().calls().find(id);
}

// What is kept besides the call, in its transaction.
using Besides = std::function<Result<>(ports::Transaction&)>;

// The call as it is kept afterwards: another request may have been quicker.
Result<Call> keep(const CallTools& tools, std::int64_t turn_before, Call call,
                  const Besides& besides) {
  call.changed = tools.clock.now();
  Call kept;
  TRY(ports::run_in_transaction(tools.store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock("call/" + call.id.to_string()));
    auto& calls = transaction.tills().calls();
    auto stored = TRY(calls.find(call.id));
    if (!stored && turn_before == 0) {
      kept = call;
      return calls.add(call);
    }
    if (!stored) return call_unknown();
    kept = *std::move(stored);
    if (kept.turn != turn_before || kept.step == domain::CallStep::kOver) return {};
    kept = call;
    TRY(calls.update(call));
    return besides ? besides(transaction) : Result<>();
  }));
  return kept;
}

Result<> add_event(ports::Transaction& transaction, const Call& call, std::string_view kind) {
  base::Json data;
  data.set("call", call.id.to_string()).set("bill", call.bill.to_string());
  if (kind == "call_ended") data.set("end", to_text(call.end));
  const ports::NewEvent event{.account = call.account,
                              .kind = std::string(kind),
                              .effective = base::TimeZone().local_date(call.changed),
                              .recorded = call.changed,
                              .actor = "customer",
                              .data = std::move(data),
                              .text = {}};
  return transaction.events().append({&event, 1});
}

// --- The deeds.

// Who says codes that are none is counted by number; those who hide theirs are counted as one.
Result<CodeFinding> find_bill(const CallTools& tools, Call& call, const std::string& code) {
  if (tools.may_try_code && !tools.may_try_code(code)) return CodeFinding::kTooMany;
  const CodeTry asked{.caller = "tel:" + (call.caller.empty() ? "hidden" : call.caller),
                      .spoken = code};
  const auto found = try_bill_code(tools.store, tools.clock, asked);
  if (!found && found.error().code == "bill_code_tries") return CodeFinding::kTooMany;
  if (!found && found.error().code == "bill_code_wrong") return CodeFinding::kWrong;
  const auto key = TRY(found);
  if (!key) return CodeFinding::kWrong;
  call.account = key->account;
  call.bill = key->bill;
  return CodeFinding::kFound;
}

CallPayment payment_of(const StoredIntent& stored) {
  const domain::PaymentIntent& intent = stored.intent;
  switch (intent.state) {
    case IntentState::kSettled:
      // It came, but for a bill that was paid meanwhile: it is on its way back.
      return intent.refund_asked.is_zero() ? CallPayment::kPaid : CallPayment::kElsewhere;
    case IntentState::kReversed: return CallPayment::kElsewhere;
    case IntentState::kFailed:
    case IntentState::kCancelled:
    case IntentState::kExpired: return CallPayment::kFailed;
    case IntentState::kCreated:
    case IntentState::kPending:
    case IntentState::kAuthorised: break;
  }
  return CallPayment::kWaiting;
}

bool is_of_the_database(const base::Error& error) {
  return error.code.starts_with("database_") || error.code == "disk_full";
}

// How a payment is that could not be begun, or not be asked for.
Result<CallPayment> payment_of(const Result<StoredIntent>& stored, CallPayment unanswered) {
  if (stored) return payment_of(*stored);
  const base::Error& error = stored.error();
  if (is_of_the_database(error)) return std::unexpected(error);
  const bool elsewhere = error.code == "already_being_paid" || error.code == "amount_too_large" ||
                         error.code == "bill_not_payable";
  if (elsewhere) return CallPayment::kElsewhere;
  observe::log(observe::Level::kWarning, "call_payment_failed",
               {{"code", error.code}, {"text", error.text}});
  return unanswered;
}

OpenIntent request_of(const CallTools& tools, const Call& call, const CallFacts& facts,
                      const CallRequest& asked) {
  const bool by_card = call.way == domain::CallWay::kCard;
  OpenIntent request{.account = call.account,
                     .parts = {{call.bill, call.account, *call.amount}},
                     .gateway = by_card ? tools.line.card_gateway : facts.kept->gateway,
                     .request_key = call.id.to_string() + "/" + std::to_string(asked.turn),
                     .order = {}};
  const auto language = locale::parse_language(call.language);
  const compose::Words words(tools.texts, language.value_or(locale::Language::kEnglish));
  const std::string page =
      tools.public_url + "/b/" + link_token(tools.link_key, call.bill, kIssueAttempt);
  ports::PaymentOrder& order = request.order;
  order.method = by_card ? "card" : facts.kept->method;
  order.channel = domain::PaymentChannel::kPhone;
  order.stored_method = by_card ? asked.card_token : facts.kept->token;
  order.description = words.say("bill.now.description", {{"number", facts.invoice_number}});
  order.return_url = page + "/pay";
  order.callback_url = tools.public_url + "/hooks/" + request.gateway;
  order.payer.reference = call.account.to_string();
  order.payer.country = facts.country;
  order.payer.language = call.language;
  return request;
}

Result<CallPayment> pay(const CallTools& tools, Call& call, const CallFacts& facts,
                        const CallRequest& asked) {
  // What was kept may have been forgotten since the caller was asked.
  if (call.way == domain::CallWay::kKept && !facts.kept) return CallPayment::kFailed;
  const OpenIntent request = request_of(tools, call, facts, asked);
  call.intent = intent_of_request(call.account, request.request_key);
  return payment_of(open_intent(tools.store, tools.clock, tools.gateways, request),
                    CallPayment::kFailed);
}

struct Done {
  Call call;
  Besides besides = {};
};

Result<Done> find(const CallTools& tools, CallTurn turn) {
  Call call = std::move(turn.call);
  const CodeFinding finding = TRY(find_bill(tools, call, turn.code));
  const auto facts = TRY(facts_of_call(tools, call));
  call = code_known(tools.line.terms(), std::move(call), finding, bill_of(facts));
  Done done{std::move(call)};
  if (finding == CodeFinding::kFound) {
    done.besides = [kept = done.call, at = tools.clock.now()](ports::Transaction& transaction) {
      Call began = kept;
      began.changed = at;
      return add_event(transaction, began, "call_began");
    };
  }
  return done;
}

Result<Done> send_link(const CallTools& tools, Call call, const CallFacts& facts) {
  const LinkMessage message{.call = call.id,
                            .account = call.account,
                            .bill = call.bill,
                            .to = call.caller,
                            .language = call.language,
                            .brand = facts.brand,
                            .sum = facts.bill.payable};
  if (message.to.empty()) return Done{link_known(std::move(call), false)};
  TRY(make_link(tools, message));
  Done done{link_known(std::move(call), true)};
  done.besides = [message, at = tools.clock.now()](ports::Transaction& transaction) {
    return queue_link(transaction, message, at);
  };
  return done;
}

Result<Done> act(const CallTools& tools, CallTurn turn, const std::optional<CallFacts>& facts,
                 const CallRequest& asked) {
  const domain::CallTerms terms = tools.line.terms();
  switch (turn.deed) {
    case CallDeed::kNone: return Done{std::move(turn.call)};
    case CallDeed::kFindBill: return find(tools, std::move(turn));
    case CallDeed::kSendLink: return send_link(tools, std::move(turn.call), *facts);
    case CallDeed::kPay: {
      const CallPayment payment = TRY(pay(tools, turn.call, *facts, asked));
      return Done{payment_known(terms, std::move(turn.call), payment)};
    }
    case CallDeed::kLook: {
      const CallPayment payment =
          TRY(payment_of(drive_intent(tools.store, tools.clock, tools.gateways, turn.call.intent),
                         CallPayment::kWaiting));
      return Done{payment_known(terms, std::move(turn.call), payment)};
    }
  }
  __builtin_unreachable();
}

Result<CallAnswer> answer_of(const CallTools& tools, Call call) {
  auto facts = TRY(facts_of_call(tools, call));
  return CallAnswer{std::move(call), std::move(facts)};
}

Result<CallAnswer> begin(const CallTools& tools, const CallRequest& request) {
  const auto number = tools.line.numbers.find(request.called);
  const std::string language =
      number == tools.line.numbers.end() ? std::string() : number->second.language;
  const domain::CallTerms terms = tools.line.terms();
  Call call = begin_call(terms, request.call, language, tools.clock.now());
  call.platform = request.platform;
  call.caller = request.caller;
  call.called = request.called;
  if (request.is_too_often) {
    if (call.language.empty()) call.language = terms.languages.front();
    call = lead_to_agent(terms, std::move(call));
  }
  Call kept = TRY(keep(tools, 0, std::move(call), {}));
  return answer_of(tools, std::move(kept));
}

}  // namespace

domain::CallId call_of(std::string_view platform, std::string_view name) {
  return derived_id<domain::CallId>({"call", platform, name});
}

Result<CallAnswer> take_turn(const CallTools& tools, const CallRequest& request) {
  auto stored = TRY(find_call(tools, request.call));
  const bool begins = request.turn == 0 && request.heard.sign != domain::CallSign::kHungUp;
  if (!stored && begins) return begin(tools, request);
  if (!stored || tools.clock.now() - stored->began > kCallMicrosMax) return call_unknown();
  if (stored->platform != request.platform) return call_unknown();
  const std::int64_t before = stored->turn;
  const bool hung_up = request.heard.sign == domain::CallSign::kHungUp;
  if (request.turn > before) return call_unknown();
  // The same request again, or one that was overtaken: where the call is now.
  const bool is_over = stored->step == domain::CallStep::kOver;
  if (is_over || (request.turn < before && !hung_up)) return answer_of(tools, *std::move(stored));

  const auto facts = TRY(facts_of_call(tools, *stored));
  CallTurn turn = hear(tools.line.terms(), *std::move(stored), request.heard, bill_of(facts));
  Done done = TRY(act(tools, std::move(turn), facts, request));
  const auto besides = [&](ports::Transaction& transaction) -> Result<> {
    if (done.besides) TRY(done.besides(transaction));
    const bool ended = done.call.step == domain::CallStep::kOver && !done.call.bill.is_nil();
    if (!ended) return {};
    Call last = done.call;
    last.changed = tools.clock.now();
    return add_event(transaction, last, "call_ended");
  };
  Call kept = TRY(keep(tools, before, done.call, besides));
  return answer_of(tools, std::move(kept));
}

}  // namespace flows
