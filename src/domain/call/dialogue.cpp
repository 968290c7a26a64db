#include "domain/call/dialogue.h"

#include <algorithm>
#include <utility>

namespace domain {
namespace {

using base::Money;
using enum CallPhrase;

void say(Call& call, std::vector<CallPhrase> phrases) { call.says = std::move(phrases); }

void go_to(Call& call, CallStep step) {
  call.step = step;
  call.misses = 0;
}

Call over(Call call, CallEnd end, std::vector<CallPhrase> phrases) {
  go_to(call, CallStep::kOver);
  call.end = end;
  say(call, std::move(phrases));
  return call;
}

// Asked again twice; then a person.
Call missed(const CallTerms& terms, Call call, CallPhrase why) {
  ++call.misses;
  if (call.misses > kCallMissesMax) return lead_to_agent(terms, std::move(call), {why});
  say(call, {why});
  return call;
}

std::vector<CallPhrase> phrases_of(const CallBill& bill) {
  std::vector<CallPhrase> phrases = {bill.is_overdue ? kBillOverdue : kBill};
  if (!bill.under_way.is_zero()) phrases.push_back(kUnderWay);
  if (bill.debit_day) phrases.push_back(kDebit);
  return phrases;
}

Call to_menu(Call call, std::vector<CallPhrase> phrases) {
  go_to(call, CallStep::kMenu);
  call.way = CallWay::kNone;
  call.amount.reset();
  say(call, std::move(phrases));
  return call;
}

Call to_confirm(Call call, CallWay way, Money amount) {
  go_to(call, CallStep::kConfirm);
  call.way = way;
  call.amount = amount;
  say(call, {});
  return call;
}

bool pays_in_call(const CallBill& bill) {
  return bill.can_pay() && (bill.has_kept || bill.takes_card);
}

// --- What is heard at each step.

CallTurn hear_language(const CallTerms& terms, Call call, const std::string& keys) {
  const std::size_t chosen = keys.size() == 1 ? static_cast<std::size_t>(keys[0] - '1') : 99;
  if (chosen >= terms.languages.size()) return {missed(terms, std::move(call), kUnclear)};
  call.language = terms.languages[chosen];
  go_to(call, CallStep::kCode);
  say(call, {kWelcome});
  return {std::move(call)};
}

CallTurn hear_code(const CallTerms& terms, Call call, const std::string& keys) {
  if (keys == "0") return {lead_to_agent(terms, std::move(call))};
  return {std::move(call), CallDeed::kFindBill, keys};
}

CallTurn hear_choice(const CallTerms& terms, Call call, const std::string& keys,
                     const CallBill& bill) {
  if (keys == "0") return {lead_to_agent(terms, std::move(call))};
  if (keys == "1" && bill.can_pay()) {
    return {to_confirm(std::move(call), bill.way(), bill.payable)};
  }
  if (keys == "2" && pays_in_call(bill)) {
    go_to(call, CallStep::kAmount);
    say(call, {});
    return {std::move(call)};
  }
  if (keys == "3" && bill.takes_link) return {std::move(call), CallDeed::kSendLink};
  if (keys == "4") return {to_menu(std::move(call), phrases_of(bill))};
  return {missed(terms, std::move(call), kUnclear)};
}

CallTurn hear_amount(const CallTerms& terms, Call call, const std::string& keys,
                     const CallBill& bill) {
  const auto amount = keyed_amount(keys, bill.payable.currency());
  if (!amount) return {missed(terms, std::move(call), kAmountWrong)};
  if (*amount > bill.payable) return {missed(terms, std::move(call), kAmountTooLarge)};
  return {to_confirm(std::move(call), bill.way(), *amount)};
}

CallTurn hear_answer(const CallTerms& terms, Call call, const std::string& keys,
                     const CallBill& bill) {
  if (keys == "0") return {lead_to_agent(terms, std::move(call))};
  if (keys == "2") return {to_menu(std::move(call), phrases_of(bill))};
  if (keys != "1") return {missed(terms, std::move(call), kUnclear)};
  if (call.way == CallWay::kLink) return {std::move(call), CallDeed::kSendLink};
  if (call.payments >= kCallPaymentsMax) return {lead_to_agent(terms, std::move(call))};
  if (call.way == CallWay::kCard) {
    go_to(call, CallStep::kCard);
    say(call, {});
    return {std::move(call)};
  }
  ++call.payments;
  return {std::move(call), CallDeed::kPay};
}

CallTurn hear_card(Call call, CallSign sign) {
  if (sign != CallSign::kCard) return {to_menu(std::move(call), {kCardNotTaken})};
  ++call.payments;
  return {std::move(call), CallDeed::kPay};
}

// Whether a step listens for an answer, so that nothing is a miss.
bool listens(CallStep step) {
  return step != CallStep::kCard && step != CallStep::kChecking && step != CallStep::kOver;
}

template <class Value>
struct Named {
  Value value;
  std::string_view text;
};

constexpr Named<CallStep> kSteps[] = {
    {CallStep::kLanguage, "language"}, {CallStep::kCode, "code"},       {CallStep::kMenu, "menu"},
    {CallStep::kAmount, "amount"},     {CallStep::kConfirm, "confirm"}, {CallStep::kCard, "card"},
    {CallStep::kChecking, "checking"}, {CallStep::kOver, "over"},
};
constexpr Named<CallWay> kWays[] = {
    {CallWay::kNone, "none"},
    {CallWay::kKept, "kept"},
    {CallWay::kCard, "card"},
    {CallWay::kLink, "link"},
};
constexpr Named<CallEnd> kEnds[] = {
    {CallEnd::kNone, "none"},         {CallEnd::kPaid, "paid"},
    {CallEnd::kChecking, "checking"}, {CallEnd::kLinkSent, "link_sent"},
    {CallEnd::kGoodbye, "goodbye"},   {CallEnd::kAgent, "agent"},
    {CallEnd::kHungUp, "hung_up"},
};
constexpr Named<CallPhrase> kPhrases[] = {
    {kWelcome, "welcome"},
    {kSilence, "silence"},
    {kUnclear, "unclear"},
    {kCodeWrong, "code_wrong"},
    {kBill, "bill"},
    {kBillOverdue, "bill_overdue"},
    {kUnderWay, "under_way"},
    {kDebit, "debit"},
    {kNothingOwed, "nothing_owed"},
    {kAmountWrong, "amount_wrong"},
    {kAmountTooLarge, "amount_too_large"},
    {kElsewhere, "elsewhere"},
    {kPaid, "paid"},
    {kMoment, "moment"},
    {kStillChecking, "still_checking"},
    {kFailed, "failed"},
    {kCardNotTaken, "card_not_taken"},
    {kLinkSent, "link_sent"},
    {kLinkFailed, "link_failed"},
    {kAgent, "agent"},
    {kCallUs, "call_us"},
    {kGoodbye, "goodbye"},
    {kAskLanguage, "ask_language"},
    {kAskCode, "ask_code"},
    {kMenuPay, "menu_pay"},
    {kMenuAmount, "menu_amount"},
    {kMenuLink, "menu_link"},
    {kMenuAgain, "menu_again"},
    {kMenuAgent, "menu_agent"},
    {kAskAmount, "ask_amount"},
    {kConfirmKept, "confirm_kept"},
    {kConfirmCard, "confirm_card"},
    {kConfirmLink, "confirm_link"},
};

template <class Value, std::size_t kSize>
std::string_view text_of(const Named<Value> (&table)[kSize], Value value) {
  const auto found = std::ranges::find(table, value, &Named<Value>::value);
  CHECK(found != std::end(table));
  return found->text;
}

template <class Value, std::size_t kSize>
base::Result<Value> value_of(const Named<Value> (&table)[kSize], std::string_view text) {
  const auto found = std::ranges::find(table, text, &Named<Value>::text);
  if (found != std::end(table)) return found->value;
  return base::fail("unknown_value", "no call has this", std::string(text));
}

}  // namespace

std::string_view to_text(CallStep step) { return text_of(kSteps, step); }
std::string_view to_text(CallWay way) { return text_of(kWays, way); }
std::string_view to_text(CallEnd end) { return text_of(kEnds, end); }
std::string_view to_text(CallPhrase phrase) { return text_of(kPhrases, phrase); }
base::Result<CallStep> parse_call_step(std::string_view text) { return value_of(kSteps, text); }
base::Result<CallWay> parse_call_way(std::string_view text) { return value_of(kWays, text); }
base::Result<CallEnd> parse_call_end(std::string_view text) { return value_of(kEnds, text); }
base::Result<CallPhrase> parse_call_phrase(std::string_view text) {
  return value_of(kPhrases, text);
}

CallWay CallBill::way() const {
  if (has_kept) return CallWay::kKept;
  if (takes_card) return CallWay::kCard;
  return takes_link ? CallWay::kLink : CallWay::kNone;
}

bool CallBill::can_pay() const {
  return way() != CallWay::kNone && payable > Money(0, payable.currency());
}

Call begin_call(const CallTerms& terms, CallId id, std::string_view language, base::Instant now) {
  Call call;
  call.id = id;
  call.began = call.changed = now;
  call.language = language;
  if (language.empty() && terms.languages.size() == 1) call.language = terms.languages.front();
  if (!call.language.empty()) {
    call.step = CallStep::kCode;
    say(call, {kWelcome});
  }
  call.turn = 1;
  return call;
}

CallTurn hear(const CallTerms& terms, Call call, const CallHeard& heard,
              const std::optional<CallBill>& bill) {
  if (call.step == CallStep::kOver) return {std::move(call)};
  if (heard.sign == CallSign::kHungUp) {
    return {over(std::move(call), CallEnd::kHungUp, {kGoodbye})};
  }
  ++call.turn;
  if (call.turn > kCallTurnsMax) return {lead_to_agent(terms, std::move(call))};
  if (listens(call.step) && heard.sign != CallSign::kKeys) {
    const bool unclear = heard.sign == CallSign::kUnclear;
    return {missed(terms, std::move(call), unclear ? kUnclear : kSilence)};
  }
  if (call.step == CallStep::kLanguage) return hear_language(terms, std::move(call), heard.keys);
  if (call.step == CallStep::kCode) return hear_code(terms, std::move(call), heard.keys);
  CHECK(bill.has_value());
  switch (call.step) {
    case CallStep::kMenu: return hear_choice(terms, std::move(call), heard.keys, *bill);
    case CallStep::kAmount: return hear_amount(terms, std::move(call), heard.keys, *bill);
    case CallStep::kConfirm: return hear_answer(terms, std::move(call), heard.keys, *bill);
    case CallStep::kCard: return hear_card(std::move(call), heard.sign);
    case CallStep::kChecking: return {std::move(call), CallDeed::kLook};
    case CallStep::kLanguage:
    case CallStep::kCode:
    case CallStep::kOver: break;
  }
  return {std::move(call)};
}

Call code_known(const CallTerms& terms, Call call, CodeFinding finding,
                const std::optional<CallBill>& bill) {
  if (finding == CodeFinding::kTooMany) return lead_to_agent(terms, std::move(call), {kCodeWrong});
  if (finding == CodeFinding::kWrong) {
    ++call.wrong_codes;
    if (call.wrong_codes >= kCallCodesMax) {
      return lead_to_agent(terms, std::move(call), {kCodeWrong});
    }
    call.misses = 0;
    say(call, {kCodeWrong});
    return call;
  }
  CHECK(bill.has_value());
  const Money nothing(0, bill->payable.currency());
  if (bill->payable <= nothing && bill->under_way <= nothing) {
    return over(std::move(call), CallEnd::kGoodbye, {kNothingOwed, kGoodbye});
  }
  return to_menu(std::move(call), phrases_of(*bill));
}

Call payment_known(const CallTerms& terms, Call call, CallPayment payment) {
  switch (payment) {
    case CallPayment::kPaid: return over(std::move(call), CallEnd::kPaid, {kPaid, kGoodbye});
    case CallPayment::kFailed: {
      if (call.payments >= kCallPaymentsMax) {
        return lead_to_agent(terms, std::move(call), {kFailed});
      }
      return to_menu(std::move(call), {kFailed});
    }
    case CallPayment::kElsewhere: return to_menu(std::move(call), {kElsewhere});
    case CallPayment::kWaiting: break;
  }
  if (call.step != CallStep::kChecking) {
    go_to(call, CallStep::kChecking);
    call.looks = 0;
  } else if (++call.looks >= kCallLooksMax) {
    return over(std::move(call), CallEnd::kChecking, {kStillChecking, kGoodbye});
  }
  say(call, {kMoment});
  return call;
}

Call link_known(Call call, bool sent) {
  if (!sent) return to_menu(std::move(call), {kLinkFailed});
  return over(std::move(call), CallEnd::kLinkSent, {kLinkSent, kGoodbye});
}

Call lead_to_agent(const CallTerms& terms, Call call, std::vector<CallPhrase> before) {
  before.push_back(terms.has_agent ? kAgent : kCallUs);
  if (!terms.has_agent) before.push_back(kGoodbye);
  return over(std::move(call), terms.has_agent ? CallEnd::kAgent : CallEnd::kGoodbye,
              std::move(before));
}

CallAsk ask_of(const Call& call) {
  switch (call.step) {
    case CallStep::kLanguage:
    case CallStep::kMenu:
    case CallStep::kConfirm: return CallAsk::kKey;
    case CallStep::kCode: return CallAsk::kCode;
    case CallStep::kAmount: return CallAsk::kAmount;
    case CallStep::kCard: return CallAsk::kCard;
    case CallStep::kChecking: return CallAsk::kWait;
    case CallStep::kOver: break;
  }
  return call.end == CallEnd::kAgent ? CallAsk::kAgent : CallAsk::kNothing;
}

std::vector<CallPhrase> questions_of(const CallTerms& terms, const Call& call,
                                     const std::optional<CallBill>& bill) {
  switch (call.step) {
    case CallStep::kLanguage: return std::vector<CallPhrase>(terms.languages.size(), kAskLanguage);
    case CallStep::kCode: return {kAskCode};
    case CallStep::kMenu: {
      std::vector<CallPhrase> menu;
      if (bill && bill->can_pay()) menu.push_back(kMenuPay);
      if (bill && pays_in_call(*bill)) menu.push_back(kMenuAmount);
      // Where paying all is by the link, it is offered once.
      const bool is_offered = bill && bill->can_pay() && bill->way() == CallWay::kLink;
      if (bill && bill->takes_link && !is_offered) menu.push_back(kMenuLink);
      menu.push_back(kMenuAgain);
      menu.push_back(kMenuAgent);
      return menu;
    }
    case CallStep::kAmount: return {kAskAmount};
    case CallStep::kConfirm:
      return {call.way == CallWay::kKept   ? kConfirmKept
              : call.way == CallWay::kCard ? kConfirmCard
                                           : kConfirmLink};
    case CallStep::kCard:
    case CallStep::kChecking:
    case CallStep::kOver: break;
  }
  return {};
}

base::Result<Money> keyed_amount(std::string_view keys, base::Currency currency) {
  const auto unclear = base::fail("call_amount_unclear", "key whole units, then * and the rest");
  std::string text;
  std::size_t digits = 0;
  for (const char key : keys) {
    const bool is_mark = key == '*' || key == ',' || key == '.';
    text.push_back(is_mark ? '.' : key);
    digits += is_mark ? 0 : 1;
  }
  if (digits == 0 || digits > kCallAmountDigitsMax) return unclear;
  if (text.find_first_not_of("0123456789.") != std::string::npos) return unclear;
  if (text.front() == '.' || std::ranges::count(text, '.') > 1) return unclear;
  if (text.back() == '.') text.pop_back();
  const auto amount = Money::parse(text, currency);
  if (!amount || *amount <= Money(0, currency)) return unclear;
  return *amount;
}

}  // namespace domain
