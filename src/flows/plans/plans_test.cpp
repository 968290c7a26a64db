// Payment in parts and charges to kept methods on both engines (D3, R83): agreed once, followed day
// by day, charged once a row however the provider behaves and wherever the process ends.
// Simulated: a provider that keeps its own books (tests/flows/bad_provider.h).
#include <algorithm>

#include "flows/intents/drive_intent.h"
#include "flows/intents/open_intent.h"
#include "flows/intents/take_webhook.h"
#include "flows/plans/agree_plan.h"
#include "flows/plans/charge_methods.h"
#include "flows/plans/end_plan.h"
#include "flows/plans/follow_plans.h"
#include "flows/plans/keep_method.h"
#include "flows/plans/notices.h"
#include "ports/access.h"
#include "ports/desk.h"
#include "ports/events.h"
#include "ports/mandates.h"
#include "ports/plans.h"
#include "ports/work.h"
#include "tests/flows/aurora.h"
#include "tests/flows/bad_provider.h"
#include "tests/flows/payment_world.h"
#include "tests/support/shipped_rules.h"

namespace flows {
namespace {

using base::Date;
using base::Money;
using base::Result;
using tests::BadProvider;
using tests::bgmax_file;
using tests::code_of;
using tests::kronor;
using Line = tests::BadProvider::Line;

struct Killed {};

// As BadProvider, and it keeps methods.
class Keeping final : public ports::Gateway {
 public:
  domain::Decline refuses = domain::Decline::kNone;  // The next charges.
  bool kills = false;  // The process ends after the provider has done it, before we hear of it.
  BadProvider books{"kort"};

  std::string_view name() const override { return books.name(); }
  Result<domain::IntentUpdate> create(const ports::PaymentOrder& order) override {
    keeps_ = order.keep_method;
    return with_method(books.create(order));
  }
  Result<domain::IntentUpdate> confirm(const ports::PaymentConfirmation& back) override {
    return with_method(books.confirm(back));
  }
  Result<domain::IntentUpdate> charge_stored(const ports::PaymentOrder& order) override {
    EXPECT_EQ(order.stored_method, "token-of-ebba");
    EXPECT_EQ(order.channel, domain::PaymentChannel::kScheduled);
    if (refuses != domain::Decline::kNone) {
      return domain::IntentUpdate{.state = domain::IntentState::kFailed, .decline = refuses};
    }
    const auto update = books.charge_stored(order);
    if (kills) throw Killed();
    return update;
  }
  Result<domain::IntentUpdate> capture(const ports::PaymentChange& change) override {
    return books.capture(change);
  }
  Result<domain::IntentUpdate> cancel(const ports::PaymentChange& change) override {
    return books.cancel(change);
  }
  Result<domain::IntentUpdate> refund(const ports::PaymentChange& change) override {
    return books.refund(change);
  }
  Result<domain::IntentUpdate> status(const ports::PaymentChange& change) override {
    return with_method(books.status(change));
  }
  Result<ports::WebhookReading> verify_webhook(const ports::Webhook& webhook) override {
    return books.verify_webhook(webhook);
  }
  domain::Decline classify(std::string_view code) const override { return books.classify(code); }

 private:
  Result<domain::IntentUpdate> with_method(Result<domain::IntentUpdate> update) const {
    if (update && update->state == domain::IntentState::kSettled && keeps_) {
      update->stored_method = "token-of-ebba";
      update->stored_title = "•••• 4242";
      update->stored_until = "2027-02";
    }
    return update;
  }
  bool keeps_ = false;
};

class PlansFlowTest : public tests::PaymentWorld {
 protected:
  static Date day(std::string_view text) { return Date::parse(text).value(); }
  void go_to(std::string_view text) {
    clock().set(base::Instant::parse(std::string(text) + "T11:00:00Z").value());
  }
  Result<domain::Plan> agree(int n, int parts, const std::string& key) {
    return agree_plan(
        store(), clock(), formats::law::shipped_book(),
        {.account = account(n), .bill = bill_id(n), .parts = parts, .request_key = key});
  }
  std::string follow(std::string_view on) {
    go_to(on);
    const auto report = follow_plans(store(), clock(), {});
    if (!report) return report.error().code;
    std::string text;
    for (const FollowedPlan& each : report->changed) {
      text += (text.empty() ? "" : " ") + std::string(domain::to_text(each.step));
    }
    return text;
  }
  // "2026-12-01 500.00": what is asked on a day, and by when.
  std::string asked(int n, std::string_view on) {
    const domain::BillView view = domain::view_bill(bill(n), day(on));
    return view.asked_by.to_string() + " " + view.asked.to_decimal_string();
  }

  // How many bills the console's list finds by what they look like on a day.
  std::int64_t found(domain::BillFace face, std::string_view on) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    ports::BillSearch search;
    search.face = face;
    search.today = day(on);
    return transaction->access().desk().sum_bills(search).value().count;
  }

  // The n-th bill is of an account whose method is kept for bills: a bill of 100 paid with it.
  void keep(int n) {
    add_debt(n + 10, {.kronor = 100, .of_account = n});
    OpenIntent request;
    request.account = account(n);
    request.parts = {{bill_id(n + 10), account(n), kronor(100)}};
    request.gateway = "kort";
    request.request_key = "first";
    request.order.method = "card";
    request.order.keep_method = true;
    ASSERT_OK(note_consent(store(), clock(),
                           {.account = account(n),
                            .intent = intent_of_request(account(n), "first"),
                            .gateway = "kort",
                            .method = "card",
                            .for_bills = true,
                            .text = "keep it and charge my bills to it",
                            .ip = "192.0.2.1"}));
    const auto opened = open_intent(store(), clock(), gateways_, request);
    ASSERT_OK(opened);
    ASSERT_TRUE(card_.books.customer_approves(opened->intent.provider_reference));
    ASSERT_OK(confirm_intent(store(), clock(), gateways_, opened->intent.id, {}));
  }
  std::vector<domain::KeptMethod> methods(int n) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->plans().of_account(account(n)).value();
  }
  Result<ChargeReport> charge(std::string_view on, bool dry_run = false) {
    go_to(on);
    return charge_methods(store(), clock(), gateways_, {.dry_run = dry_run});
  }
  // "announced 500.00 2026-12-01": the charges of an account, newest row first.
  std::string charges(int n) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string text;
    const auto rows = transaction->plans().list_charges({.account = account(n)}).value();
    for (const domain::MethodCharge& each : rows) {
      text += (text.empty() ? "" : ", ") + std::string(domain::to_text(each.state)) + " " +
              each.amount.to_decimal_string() + " " + each.day.to_string();
      if (!each.reason.empty()) text += " " + each.reason;
    }
    return text;
  }
  // Of the notices to customers that were not told of before: their kinds, by name.
  std::string notices() {
    std::vector<std::string> kinds;
    EXPECT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& t) -> Result<> {
      const base::Instant now = clock().now();
      auto messages = TRY(t.work().lease_messages({&kNoticeTopic, 1}, {now, now + 1, 100}));
      for (const auto& message : messages) {
        kinds.push_back(message.payload.text("kind"));
        TRY(t.work().message_sent(message.id));
      }
      return {};
    }));
    std::ranges::sort(kinds);
    std::string text;
    for (const std::string& kind : kinds) text += (text.empty() ? "" : " ") + kind;
    return text;
  }

  Keeping card_;
  Gateways gateways_{{&card_}, {}};
};

TEST_P(PlansFlowTest, R83AgreedOnceAndTheBillFollowsIt) {
  add_bill(1, 600);
  const auto plan = agree(1, 3, "a");
  ASSERT_OK(plan);
  EXPECT_EQ(plan->rows.size(), 3U);
  EXPECT_EQ(asked(1, "2026-11-02"), "2026-12-01 200.00");
  EXPECT_EQ(notices(), "plan_agreed");
  const std::string after = dump();
  const auto again = agree(1, 3, "a");
  ASSERT_OK(again);
  EXPECT_EQ(again->id, plan->id);
  EXPECT_EQ(dump(), after) << "the same key is the same plan";
  EXPECT_EQ(code_of(agree(1, 2, "a")), "request_key_reused");
  EXPECT_EQ(code_of(agree(1, 2, "b")), "plan_active");
  // A bank file of a part and a half.
  ASSERT_OK(import(bgmax_file({{300, reference(1), "1"}})));
  EXPECT_EQ(asked(1, "2026-12-02"), "2027-01-01 100.00");
  EXPECT_EQ(domain::next_row_amount(bill(1)), kronor(100));
  ASSERT_OK(end_plan(store(), clock(), {.account = account(1), .bill = bill_id(1)}));
  EXPECT_EQ(asked(1, "2026-11-02"), "2026-12-01 300.00");
  EXPECT_EQ(code_of(end_plan(store(), clock(), {.account = account(1), .bill = bill_id(1)})),
            "plan_not_found");
  ASSERT_OK(agree(1, 2, "c"));
  EXPECT_EQ(asked(1, "2026-11-02"), "2026-12-01 150.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(PlansFlowTest, WhatCannotBeAgreed) {
  add_bill(1, 600);
  EXPECT_EQ(code_of(agree(1, 7, "a")), "plan_parts_wrong");
  EXPECT_EQ(code_of(agree(1, 1, "a")), "plan_parts_wrong");
  add_bill(2, 150);
  EXPECT_EQ(code_of(agree(2, 2, "a")), "plan_part_too_small") << "Aurora: 100 kr at least";
  EXPECT_EQ(code_of(agree(3, 2, "a")), "bill_not_found");
}

TEST_P(PlansFlowTest, AMissedPartIsToldOnceAndThenTheRestIsDue) {
  add_bill(1, 600);
  ASSERT_OK(agree(1, 3, "a"));
  EXPECT_EQ(follow("2026-12-01"), "");
  EXPECT_EQ(follow("2026-12-02"), "remind");
  EXPECT_EQ(follow("2026-12-02"), "") << "run again for the same day";
  EXPECT_EQ(found(domain::BillFace::kInstalments, "2026-12-02"), 1);
  EXPECT_EQ(found(domain::BillFace::kOverdue, "2026-12-02"), 0);
  EXPECT_EQ(follow("2026-12-07"), "");
  EXPECT_EQ(follow("2026-12-08"), "break");
  EXPECT_EQ(notices(), "plan_agreed plan_ended plan_row_missed");
  EXPECT_EQ(asked(1, "2026-12-08"), "2026-12-08 600.00");
  EXPECT_EQ(bill(1).due, day("2026-12-01")) << "the document's day never changes";
  EXPECT_EQ(found(domain::BillFace::kDueSoon, "2026-12-08"), 1);
  EXPECT_EQ(found(domain::BillFace::kOverdue, "2026-12-08"), 0);
  EXPECT_EQ(found(domain::BillFace::kOverdue, "2026-12-09"), 1);
  EXPECT_EQ(follow("2026-12-30"), "");
}

TEST_P(PlansFlowTest, ADryRunKeepsNothing) {
  add_bill(1, 600);
  ASSERT_OK(agree(1, 3, "a"));
  go_to("2026-12-02");
  const std::string before = dump();
  const auto report = follow_plans(store(), clock(), {.dry_run = true});
  ASSERT_OK(report);
  EXPECT_EQ(report->reminded, 1);
  EXPECT_EQ(dump(), before);
}

TEST_P(PlansFlowTest, AKeptPlanRunsAgainWhenMoneyGoesBack) {
  add_bill(1, 600);
  ASSERT_OK(agree(1, 2, "a"));
  ASSERT_OK(import(bgmax_file({{300, reference(1), "1"}})));
  OpenIntent request;
  request.account = account(1);
  request.parts = {{bill_id(1), account(1), kronor(300)}};
  request.gateway = "kort";
  request.request_key = "x";
  request.order.method = "card";
  const auto opened = open_intent(store(), clock(), gateways_, request);
  ASSERT_OK(opened);
  ASSERT_TRUE(card_.books.customer_approves(opened->intent.provider_reference));
  const auto hear = [&] {
    for (std::size_t word = 0; word < card_.books.words(); ++word) {
      EXPECT_OK(take_webhook(store(), clock(), gateways_, "kort", card_.books.webhook(word)));
    }
  };
  hear();
  EXPECT_EQ(told(1), "settled 600.00 0.00");
  EXPECT_EQ(follow("2026-12-20"), "keep");
  ASSERT_TRUE(card_.books.bank_takes_back(opened->intent.provider_reference));
  hear();
  EXPECT_EQ(told(1), "open 300.00 300.00");
  EXPECT_EQ(follow("2026-12-21"), "reopen");
  EXPECT_EQ(asked(1, "2026-12-21"), "2027-01-01 300.00");
}

TEST_P(PlansFlowTest, AMethodIsKeptUnderItsProof) {
  add_bill(1, 500);
  keep(1);
  const auto kept = methods(1);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept.front().state, domain::KeptMethodState::kKept);
  EXPECT_EQ(kept.front().title, "•••• 4242");
  EXPECT_EQ(kept.front().token, "token-of-ebba");
  EXPECT_EQ(kept.front().until, base::Month::parse("2027-02").value());
  EXPECT_EQ(kept.front().consent_text, "keep it and charge my bills to it");
  EXPECT_TRUE(kept.front().for_bills);
  ASSERT_OK(forget_method(store(), clock(), {.account = account(1), .method = kept.front().id}));
  EXPECT_EQ(methods(1).front().token, "");
  EXPECT_EQ(
      code_of(forget_method(store(), clock(), {.account = account(2), .method = kept.front().id})),
      "method_not_found");
}

TEST_P(PlansFlowTest, WithoutTheProofNothingIsKept) {
  add_bill(1, 500);
  OpenIntent request;
  request.account = account(1);
  request.parts = {{bill_id(1), account(1), kronor(500)}};
  request.gateway = "kort";
  request.request_key = "x";
  request.order.method = "card";
  request.order.keep_method = true;
  const auto opened = open_intent(store(), clock(), gateways_, request);
  ASSERT_OK(opened);
  ASSERT_TRUE(card_.books.customer_approves(opened->intent.provider_reference));
  ASSERT_OK(confirm_intent(store(), clock(), gateways_, opened->intent.id, {}));
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_TRUE(methods(1).empty());
}

TEST_P(PlansFlowTest, R83ABillIsChargedOnItsDayOnceItWasTold) {
  add_bill(1, 500);
  keep(1);
  EXPECT_EQ(notices(), "method_kept");
  ASSERT_OK(charge("2026-11-27"));
  EXPECT_EQ(charges(1), "") << "too early";
  const auto told_of = charge("2026-11-28");
  ASSERT_OK(told_of);
  EXPECT_EQ(charges(1), "announced 500.00 2026-12-01");
  EXPECT_EQ(notices(), "method_charge_announced");
  ASSERT_OK(charge("2026-11-30"));
  EXPECT_EQ(told(1), "open 0.00 500.00");
  ASSERT_OK(charge("2026-12-01", true));
  EXPECT_EQ(told(1), "open 0.00 500.00") << "a dry run charges nothing";
  ASSERT_OK(charge("2026-12-01"));
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(charges(1), "settled 500.00 2026-12-01");
  const std::int64_t orders = card_.books.orders();
  ASSERT_OK(charge("2026-12-01"));
  ASSERT_OK(charge("2026-12-02"));
  EXPECT_EQ(card_.books.orders(), orders);
  EXPECT_EQ(problems(), "");
}

TEST_P(PlansFlowTest, EachPartOfAPlanIsChargedOnItsDay) {
  add_bill(1, 600);
  keep(1);
  ASSERT_OK(agree(1, 3, "a"));
  for (const std::string_view on : {"2026-11-28", "2026-12-01", "2026-12-29", "2027-01-01"}) {
    ASSERT_OK(charge(on));
    EXPECT_EQ(follow(on), "");
  }
  EXPECT_EQ(told(1), "open 400.00 200.00");
  EXPECT_EQ(charges(1), "settled 200.00 2027-01-01, settled 200.00 2026-12-01");
  ASSERT_OK(charge("2027-01-29"));
  ASSERT_OK(charge("2027-02-01"));
  EXPECT_EQ(told(1), "settled 600.00 0.00");
  EXPECT_EQ(follow("2027-02-01"), "keep");
  EXPECT_EQ(problems(), "");
}

TEST_P(PlansFlowTest, TheBalanceIsLookedAtRightBefore) {
  for (const int n : {1, 2, 3}) {
    add_bill(n, 500);
    keep(n);
  }
  ASSERT_OK(charge("2026-11-28"));
  ASSERT_OK(import(bgmax_file({{500, reference(1), "1"}, {200, reference(2), "2"}})));
  ASSERT_OK(agree(3, 2, "late"));
  ASSERT_OK(charge("2026-12-01"));
  EXPECT_EQ(charges(1), "dropped 500.00 2026-12-01 nothing_owed");
  EXPECT_EQ(charges(2), "settled 300.00 2026-12-01");
  EXPECT_EQ(charges(3), "settled 250.00 2026-12-01") << "only the plan's first part";
  EXPECT_EQ(problems(), "");
}

TEST_P(PlansFlowTest, KilledBetweenIntentAndAnswerItIsOnePayment) {
  add_bill(1, 500);
  keep(1);
  ASSERT_OK(charge("2026-11-28"));
  const std::int64_t before = card_.books.orders();
  card_.kills = true;
  EXPECT_THROW((void)charge("2026-12-01"), Killed);
  EXPECT_EQ(charges(1), "charging 500.00 2026-12-01");
  EXPECT_EQ(told(1), "open 0.00 500.00");
  EXPECT_THROW((void)charge("2026-12-01"), Killed);
  card_.kills = false;
  ASSERT_OK(charge("2026-12-01"));
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(charges(1), "settled 500.00 2026-12-01");
  EXPECT_EQ(card_.books.orders(), before + 1);
  EXPECT_EQ(card_.books.holds_minor(), 60'000);
  EXPECT_EQ(problems(), "");
}

TEST_P(PlansFlowTest, SilenceIsWaitedFor) {
  for (const Line line : {Line::kRequestLost, Line::kAnswerLost}) {
    const int n = line == Line::kRequestLost ? 1 : 2;
    card_.books.line = Line::kGood;
    go_to("2026-11-20");
    add_bill(n, 500);
    keep(n);
    ASSERT_OK(charge("2026-11-28"));
    const std::int64_t before = card_.books.orders();
    card_.books.line = line;
    ASSERT_OK(charge("2026-12-01"));
    EXPECT_EQ(charges(n), "charging 500.00 2026-12-01");
    ASSERT_OK(charge("2026-12-02"));
    card_.books.line = Line::kGood;
    ASSERT_OK(charge("2026-12-05"));
    EXPECT_EQ(told(n), "settled 500.00 0.00");
    EXPECT_EQ(charges(n), "settled 500.00 2026-12-01");
    EXPECT_EQ(card_.books.orders(), before + 1);
  }
  EXPECT_EQ(problems(), "");
}

TEST_P(PlansFlowTest, ASoftRefusalIsTriedOnAPayday) {
  add_bill(1, 500);
  keep(1);
  ASSERT_OK(charge("2026-11-28"));
  card_.refuses = domain::Decline::kRetryLater;
  ASSERT_OK(charge("2026-12-01"));
  EXPECT_EQ(charges(1), "announced 500.00 2026-12-25 refused");
  EXPECT_EQ(notices(), "method_charge_announced method_charge_announced method_kept");
  ASSERT_OK(charge("2026-12-24"));
  card_.refuses = domain::Decline::kNone;
  ASSERT_OK(charge("2026-12-25"));
  EXPECT_EQ(charges(1), "settled 500.00 2026-12-25");
  EXPECT_EQ(told(1), "settled 500.00 0.00");
}

TEST_P(PlansFlowTest, AHardRefusalEndsTheMethod) {
  add_bill(1, 500);
  keep(1);
  ASSERT_OK(charge("2026-11-28"));
  EXPECT_EQ(notices(), "method_charge_announced method_kept");
  card_.refuses = domain::Decline::kStop;
  ASSERT_OK(charge("2026-12-01"));
  EXPECT_EQ(charges(1), "failed 500.00 2026-12-01 refused_for_good");
  EXPECT_EQ(methods(1).front().state, domain::KeptMethodState::kEnded);
  EXPECT_EQ(methods(1).front().token, "");
  EXPECT_EQ(notices(), "method_changed method_charge_ended");
  card_.refuses = domain::Decline::kNone;
  ASSERT_OK(charge("2026-12-02"));
  EXPECT_EQ(told(1), "open 0.00 500.00");
}

TEST_P(PlansFlowTest, ACardThatWillHaveRunOutIsToldOfAndNotCharged) {
  add_debt(1, {.kronor = 500, .issued = "2027-02-01", .due = "2027-03-03"});
  keep(1);
  ASSERT_OK(charge("2027-02-28"));
  EXPECT_EQ(charges(1), "dropped 500.00 2027-03-03 method_expired");
  EXPECT_EQ(notices(), "method_charge_ended method_kept");
  ASSERT_OK(charge("2027-03-03"));
  EXPECT_EQ(told(1), "open 0.00 500.00");
}

// The named rule: a mandate goes first. One rail only.
TEST_P(PlansFlowTest, AMandateGoesFirst) {
  for (const int n : {1, 2}) {
    add_bill(n, 500);
    keep(n);
  }
  const auto give_mandate = [&](int n) {
    domain::Mandate mandate;
    mandate.id = domain::MandateId(account(n).bytes());
    mandate.account = account(n);
    mandate.customer = domain::CustomerId(account(n).bytes());
    mandate.scheme = domain::MandateScheme::kAutogiro;
    mandate.state = domain::MandateState::kActive;
    mandate.reference = "7000" + std::to_string(n);
    mandate.creditor = "50501055";
    mandate.signed_on = day("2026-11-01");
    EXPECT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      return transaction.mandates().add({&mandate, 1});
    }));
  };
  give_mandate(1);
  ASSERT_OK(charge("2026-11-28"));
  EXPECT_EQ(charges(1), "") << "nothing is told of it";
  EXPECT_EQ(charges(2), "announced 500.00 2026-12-01");
  give_mandate(2);
  ASSERT_OK(charge("2026-12-01"));
  EXPECT_EQ(charges(2), "dropped 500.00 2026-12-01 mandate_goes_first");
  EXPECT_EQ(told(2), "open 0.00 500.00");
}

TEST_P(PlansFlowTest, WhileSomebodyPaysAnotherWayNothingIsCharged) {
  add_bill(1, 500);
  keep(1);
  ASSERT_OK(charge("2026-11-28"));
  OpenIntent request;
  request.account = account(1);
  request.parts = {{bill_id(1), account(1), kronor(500)}};
  request.gateway = "kort";
  request.request_key = "by hand";
  request.order.method = "card";
  const auto opened = open_intent(store(), clock(), gateways_, request);
  ASSERT_OK(opened);
  ASSERT_OK(charge("2026-12-01"));
  EXPECT_EQ(charges(1), "announced 500.00 2026-12-02 already_being_paid");
  ASSERT_TRUE(card_.books.customer_declines(opened->intent.provider_reference));
  ASSERT_OK(confirm_intent(store(), clock(), gateways_, opened->intent.id, {}));
  ASSERT_OK(charge("2026-12-02"));
  EXPECT_EQ(charges(1), "settled 500.00 2026-12-02");
  EXPECT_EQ(told(1), "settled 500.00 0.00");
  EXPECT_EQ(card_.books.holds_minor(), 60'000);
}

TELGIRO_ON_BOTH_ENGINES(PlansFlowTest);

}  // namespace
}  // namespace flows
