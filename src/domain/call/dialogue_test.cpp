// The dialogue of a call, keyed in tables: what is pressed, where that leads, and what is said.
#include "domain/call/dialogue.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace domain {
namespace {

using base::Money;
using enum CallPhrase;

const CallTerms kTerms{.languages = {"sv", "fi", "en"}, .has_agent = true};

CallBill owed(std::int64_t kronor) {
  CallBill bill;
  bill.payable = Money(kronor * 100, base::Currency());
  bill.under_way = Money(0, base::Currency());
  bill.has_kept = bill.takes_link = true;
  return bill;
}

// Keys of one turn, or a word for what else is heard.
CallHeard heard(const std::string& text) {
  if (text == "silence") return {CallSign::kSilence};
  if (text == "unclear") return {CallSign::kUnclear};
  if (text == "card") return {CallSign::kCard};
  if (text == "no card") return {CallSign::kNoCard};
  if (text == "on") return {CallSign::kGoneOn};
  if (text == "gone") return {CallSign::kHungUp};
  return {CallSign::kKeys, text};
}

// What the world answers to a deed: a code that begins with 7 is a bill's.
struct World {
  CallBill bill = owed(150);
  CallPayment payment = CallPayment::kPaid;
  int paid = 0, links = 0;

  Call act(CallTurn turn) {
    switch (turn.deed) {
      case CallDeed::kNone: return std::move(turn.call);
      case CallDeed::kFindBill: {
        const bool found = turn.code.starts_with('7');
        if (found) turn.call.bill = BillId(base::IdBytes{7});
        return code_known(kTerms, std::move(turn.call),
                          found ? CodeFinding::kFound : CodeFinding::kWrong, bill);
      }
      case CallDeed::kPay: ++paid; [[fallthrough]];
      case CallDeed::kLook: return payment_known(kTerms, std::move(turn.call), payment);
      case CallDeed::kSendLink: ++links; return link_known(std::move(turn.call), bill.takes_link);
    }
    return std::move(turn.call);
  }
  Call play(const std::vector<std::string>& turns, std::string_view language = "sv") {
    Call call = begin_call(kTerms, CallId(base::IdBytes{1}), language, {0});
    for (const std::string& each : turns) {
      const auto facts = call.bill.is_nil() ? std::nullopt : std::optional(bill);
      call = act(hear(kTerms, std::move(call), heard(each), facts));
    }
    return call;
  }
};

// "menu: bill" or, where it is over, "over paid: paid goodbye".
std::string told(const Call& call) {
  std::string text(to_text(call.step));
  if (call.end != CallEnd::kNone) text += " " + std::string(to_text(call.end));
  text += ":";
  for (const CallPhrase phrase : call.says) text += " " + std::string(to_text(phrase));
  return text;
}

TEST(Dialogue, WhatIsPressedAndWhereItLeads) {
  const struct {
    std::vector<std::string> turns;
    std::string told;
    int paid = 0, links = 0;
  } rows[] = {
      {{}, "code: welcome"},
      {{"7000000000"}, "menu: bill"},
      {{"7000000000", "1"}, "confirm:"},
      {{"7000000000", "1", "1"}, "over paid: paid goodbye", 1},
      {{"7000000000", "1", "1", "1", "1"}, "over paid: paid goodbye", 1},
      {{"7000000000", "1", "2"}, "menu: bill"},
      {{"7000000000", "2", "100", "1"}, "over paid: paid goodbye", 1},
      {{"7000000000", "2", "150*01"}, "amount: amount_too_large"},
      {{"7000000000", "2", "0"}, "amount: amount_wrong"},
      {{"7000000000", "2", "1*2*3"}, "amount: amount_wrong"},
      {{"7000000000", "3"}, "over link_sent: link_sent goodbye", 0, 1},
      {{"7000000000", "4"}, "menu: bill"},
      {{"7000000000", "0"}, "over agent: agent"},
      {{"7000000000", "1", "0"}, "over agent: agent"},
      {{"0"}, "over agent: agent"},
      {{"1234567890"}, "code: code_wrong"},
      {{"1234567890", "1234567890", "7000000000"}, "menu: bill"},
      {{"1234567890", "1234567890", "1234567890"}, "over agent: code_wrong agent"},
      {{"silence", "silence"}, "code: silence"},
      {{"silence", "silence", "silence"}, "over agent: silence agent"},
      {{"silence", "unclear", "7000000000", "9", "9"}, "menu: unclear"},
      {{"7000000000", "9", "9", "9"}, "over agent: unclear agent"},
      {{"7000000000", "1", "silence", "1"}, "over paid: paid goodbye", 1},
      {{"7000000000", "1", "gone"}, "over hung_up: goodbye"},
      {{"7000000000", "1", "1", "gone"}, "over paid: paid goodbye", 1},
  };
  for (const auto& row : rows) {
    World world;
    EXPECT_EQ(told(world.play(row.turns)), row.told);
    EXPECT_EQ(world.paid, row.paid) << row.told;
    EXPECT_EQ(world.links, row.links) << row.told;
  }
}

TEST(Dialogue, TheLanguageIsThatOfTheNumberOrChosen) {
  World world;
  EXPECT_EQ(told(world.play({}, "")), "language:");
  EXPECT_EQ(world.play({"2"}, "").language, "fi");
  EXPECT_EQ(told(world.play({"2"}, "")), "code: welcome");
  EXPECT_EQ(told(world.play({"4"}, "")), "language: unclear");
  EXPECT_EQ(questions_of(kTerms, world.play({}, ""), {}).size(), 3U) << "one question each";
  const Call only = begin_call({.languages = {"de"}}, CallId(), "", {0});
  EXPECT_EQ(only.language, "de");
}

TEST(Dialogue, WithoutAnEndItIsLookedAtAFewTimesAndThenSaidSo) {
  World world;
  world.payment = CallPayment::kWaiting;
  const std::vector<std::string> paid = {"7000000000", "1", "1"};
  EXPECT_EQ(told(world.play(paid)), "checking: moment");
  auto looks = paid;
  looks.insert(looks.end(), {"on", "on", "on"});
  EXPECT_EQ(told(world.play(looks)), "checking: moment");
  looks.push_back("on");
  EXPECT_EQ(told(world.play(looks)), "over checking: still_checking goodbye");
}

TEST(Dialogue, AFailureLeavesTheOtherWays) {
  World world;
  world.payment = CallPayment::kFailed;
  EXPECT_EQ(told(world.play({"7000000000", "1", "1"})), "menu: failed");
  EXPECT_EQ(told(world.play({"7000000000", "1", "1", "1", "1", "1", "1"})),
            "over agent: failed agent");
  EXPECT_EQ(world.paid, 4) << "one, and then three: no more in a call";
  world.payment = CallPayment::kElsewhere;
  EXPECT_EQ(told(world.play({"7000000000", "1", "1"})), "menu: elsewhere");
}

TEST(Dialogue, WaysToPayByWhatThereIs) {
  const struct {
    bool kept, card, link;
    std::string way;
    std::size_t choices;  // Of the menu, with hearing it again and the agent.
  } rows[] = {
      {true, true, true, "kept", 5},   {false, true, true, "card", 5},
      {false, false, true, "link", 3}, {false, false, false, "none", 2},
      {true, false, false, "kept", 4},
  };
  for (const auto& row : rows) {
    World world;
    world.bill.has_kept = row.kept;
    world.bill.takes_card = row.card;
    world.bill.takes_link = row.link;
    const Call menu = world.play({"7000000000"});
    EXPECT_EQ(questions_of(kTerms, menu, world.bill).size(), row.choices) << row.way;
    EXPECT_EQ(to_text(world.play({"7000000000", "1"}).way), row.way);
  }
}

TEST(Dialogue, ACardIsAskedForByTheProvider) {
  World world;
  world.bill.has_kept = false;
  world.bill.takes_card = true;
  const Call asked = world.play({"7000000000", "1", "1"});
  EXPECT_EQ(ask_of(asked), CallAsk::kCard);
  EXPECT_EQ(told(world.play({"7000000000", "1", "1", "card"})), "over paid: paid goodbye");
  EXPECT_EQ(told(world.play({"7000000000", "1", "1", "no card"})), "menu: card_not_taken");
  EXPECT_EQ(world.paid, 1);
}

TEST(Dialogue, ABillOnWhichNothingIsOwedEndsTheCall) {
  World world;
  world.bill = owed(0);
  EXPECT_EQ(told(world.play({"7000000000"})), "over goodbye: nothing_owed goodbye");
  world.bill.under_way = Money(100, base::Currency());
  EXPECT_EQ(told(world.play({"7000000000"})), "menu: bill under_way");
  EXPECT_EQ(told(world.play({"7000000000", "1"})), "menu: unclear") << "not a second time";
  world.bill.debit_day = base::Date();
  world.bill.is_overdue = true;
  EXPECT_EQ(told(world.play({"7000000000"})), "menu: bill_overdue under_way debit");
}

TEST(Dialogue, WithoutAnAgentCallersAreToldToCall) {
  Call call = begin_call({.languages = {"sv"}}, CallId(), "", {0});
  call = hear({.languages = {"sv"}}, std::move(call), heard("0"), {}).call;
  EXPECT_EQ(told(call), "over goodbye: call_us goodbye");
}

TEST(Dialogue, AmountsAsTheyAreKeyed) {
  const struct {
    std::string keys, amount;
  } rows[] = {
      {"150", "150.00"},
      {"150*5", "150.50"},
      {"150*05", "150.05"},
      {"150*", "150.00"},
      {"0*50", "0.50"},
      {"150.50", "150.50"},
      {"150,50", "150.50"},
      {"007", "7.00"},
      {"", ""},
      {"*50", ""},
      {"0", ""},
      {"0*00", ""},
      {"1*234", ""},
      {"1*2*3", ""},
      {"12a", ""},
      {"1234567890", ""},
      {"4242424242424242", ""},
  };
  for (const auto& row : rows) {
    const auto amount = keyed_amount(row.keys, base::Currency());
    EXPECT_EQ(amount ? amount->to_decimal_string() : "", row.amount) << row.keys;
    if (!amount) {
      EXPECT_EQ(amount.error().code, "call_amount_unclear");
    }
  }
}

TEST(Dialogue, NamesAreReadBack) {
  for (int n = 0; n <= static_cast<int>(kConfirmLink); ++n) {
    const auto phrase = static_cast<CallPhrase>(n);
    EXPECT_EQ(parse_call_phrase(to_text(phrase)), phrase);
  }
  for (int n = 0; n <= static_cast<int>(CallStep::kOver); ++n) {
    EXPECT_EQ(parse_call_step(to_text(static_cast<CallStep>(n))), static_cast<CallStep>(n));
  }
  EXPECT_EQ(parse_call_way("kept"), CallWay::kKept);
  EXPECT_EQ(parse_call_end("hung_up"), CallEnd::kHungUp);
  EXPECT_EQ(parse_call_end("asleep").error().code, "unknown_value");
}

// However a call goes, it ends, something is said or asked, and nothing is paid after its end.
RC_GTEST_PROP(Dialogue, EveryCallLeadsOn, ()) {
  const std::vector<std::string> all = {"0",       "1",          "2",          "3",      "4",
                                        "9",       "7000000000", "1234567890", "150*50", "silence",
                                        "unclear", "on",         "card",       "no card"};
  World world;
  world.bill.has_kept = *rc::gen::arbitrary<bool>();
  world.bill.takes_card = *rc::gen::arbitrary<bool>();
  world.bill.takes_link = *rc::gen::arbitrary<bool>();
  Call call = begin_call(kTerms, CallId(base::IdBytes{1}), "", {0});
  for (int turn = 0; turn <= kCallTurnsMax && call.step != CallStep::kOver; ++turn) {
    const auto facts = call.bill.is_nil() ? std::nullopt : std::optional(world.bill);
    world.payment = static_cast<CallPayment>(*rc::gen::inRange(0, 4));
    call = world.act(hear(kTerms, std::move(call), heard(*rc::gen::elementOf(all)), facts));
    const bool speaks = !call.says.empty() || !questions_of(kTerms, call, facts).empty();
    RC_ASSERT(speaks || ask_of(call) == CallAsk::kCard);
    RC_ASSERT(call.misses <= kCallMissesMax + 1);
  }
  RC_ASSERT(call.step == CallStep::kOver);
  RC_ASSERT(world.paid <= kCallPaymentsMax);
  const int paid = world.paid;
  call = world.act(hear(kTerms, std::move(call), heard("1"), world.bill));
  RC_ASSERT(world.paid == paid);
}

}  // namespace
}  // namespace domain
