// R83 over HTTP: to pay a bill in parts behind its link, by the API and in the console, and to keep
// a way to pay. Simulated: a provider that keeps methods when it is asked to.
#include <algorithm>

#include <gtest/gtest.h>

#include "domain/plan/rows.h"
#include "flows/care/links.h"
#include "flows/care/touch_bills.h"
#include "flows/plans/agree_plan.h"
#include "ports/billing.h"
#include "ports/plans.h"
#include "support/json/parse.h"
#include "tests/flows/bad_provider.h"
#include "tests/web/web_world.h"

namespace web {
namespace {

using base::Json;
using base::Money;
using domain::KeptMethodState;
using tests::BadProvider;
using tests::field_of;
using tests::HttpAnswer;

// As BadProvider; approved at once, with a method to keep where that was asked for.
class Keeping final : public ports::Gateway {
 public:
  std::string_view name() const override { return books_.name(); }
  base::Result<domain::IntentUpdate> create(const ports::PaymentOrder& order) override {
    auto update = TRY(books_.create(order));
    books_.customer_approves(update.provider_reference);
    ports::PaymentChange asked;
    asked.provider_reference = update.provider_reference;
    update = TRY(books_.status(asked));
    if (order.keep_method) {
      update.stored_method = "token-1";
      update.stored_title = "•••• 4242";
      update.stored_until = "2028-03";
    }
    return update;
  }
  base::Result<domain::IntentUpdate> confirm(const ports::PaymentConfirmation& back) override {
    return books_.confirm(back);
  }
  base::Result<domain::IntentUpdate> charge_stored(const ports::PaymentOrder& order) override {
    return books_.charge_stored(order);
  }
  base::Result<domain::IntentUpdate> capture(const ports::PaymentChange& change) override {
    return books_.capture(change);
  }
  base::Result<domain::IntentUpdate> cancel(const ports::PaymentChange& change) override {
    return books_.cancel(change);
  }
  base::Result<domain::IntentUpdate> refund(const ports::PaymentChange& change) override {
    return books_.refund(change);
  }
  base::Result<domain::IntentUpdate> status(const ports::PaymentChange& change) override {
    return books_.status(change);
  }
  base::Result<ports::WebhookReading> verify_webhook(const ports::Webhook& webhook) override {
    return books_.verify_webhook(webhook);
  }
  domain::Decline classify(std::string_view code) const override { return books_.classify(code); }

 private:
  BadProvider books_{"kort"};
};

class PlanWebTest : public testing::Test {
 protected:
  PlanWebTest() {
    const auto bills = read()->billing().list_bills({}).value();
    bill_ =
        *std::ranges::max_element(bills, {}, [](const domain::Bill& each) { return each.rest(); });
    page_ = "/b/" + flows::link_token(tests::test_master_key(), bill_.id, flows::kIssueAttempt);
    id_ = bill_.account.to_string() + "." + bill_.id.to_string();
  }
  std::unique_ptr<ports::Transaction> read() {
    return std::move(*world_.store().begin(ports::TransactionKind::kRead));
  }
  domain::Bill bill() { return **read()->billing().find_bill(bill_.account, bill_.id); }
  std::vector<domain::Plan> plans() {
    return read()->plans().of_bill(bill_.account, bill_.id).value();
  }
  std::vector<domain::KeptMethod> methods() {
    return read()->plans().of_account(bill_.account).value();
  }
  HttpAnswer preview(const std::string& parts) {
    return browser_->post_form(page_ + "/plan?l=en", {{"step", "preview"}, {"parts", parts}});
  }
  HttpAnswer agree(const std::string& parts, const std::string& key) {
    return browser_->post_form(page_ + "/plan?l=en",
                               {{"step", "agree"}, {"parts", parts}, {"key", key}});
  }
  HttpAnswer pay(const std::string& amount, bool keep, bool for_bills) {
    return browser_->post_form(page_ + "/pay?l=en",
                               {{"key", field_of(browser_->get(page_ + "/pay?l=en"), "key")},
                                {"amount", amount},
                                {"keep", keep ? "1" : ""},
                                {"for_bills", for_bills ? "1" : ""},
                                {"method", "kort:card"}});
  }
  Json json_of(const HttpAnswer& answer) { return json::parse(answer.body).value(); }

  Keeping card_;
  flows::Gateways gateways_{{&card_}, {{"card", "kort", ""}, {"swish", "kort", "SEK"}}};
  tests::WebWorld world_{{.gateways = &gateways_}};
  std::unique_ptr<tests::HttpClient> browser_ = world_.anybody();
  domain::Bill bill_;
  std::string page_, id_;
};

TEST_F(PlanWebTest, R83ChosenSeenAndAgreed) {
  ASSERT_GT(bill_.rest(), Money(20'000, bill_.total.currency())) << "two parts of 100 kr";
  const HttpAnswer form = browser_->get(page_ + "/plan?l=en");
  EXPECT_EQ(form.status, 200);
  EXPECT_EQ(form.header("Cache-Control"), "no-store");
  EXPECT_TRUE(form.body.contains("name=\"parts\" value=\"2\""));
  EXPECT_FALSE(form.body.contains("value=\"7\"")) << "Aurora allows six";
  const HttpAnswer shown = preview("2");
  EXPECT_EQ(shown.status, 200);
  EXPECT_TRUE(shown.body.contains("Part 2 of 2"));
  EXPECT_TRUE(plans().empty()) << "to look is not to agree";

  const std::string key = field_of(shown, "key");
  const HttpAnswer agreed = agree("2", key);
  EXPECT_EQ(agreed.status, 303);
  EXPECT_EQ(agreed.header("Location"), page_ + "/plan?l=en&agreed=1");
  EXPECT_EQ(agree("2", key).header("Location"), page_ + "/plan?l=en&agreed=1");
  ASSERT_EQ(plans().size(), 1U) << "a double tap is one plan";
  EXPECT_EQ(plans().front().agreed_by, "customer");
  const HttpAnswer after = browser_->get(agreed.header("Location"));
  EXPECT_TRUE(after.body.contains("It is agreed"));
  EXPECT_TRUE(after.body.contains("Part 1 of 2"));
  const HttpAnswer page = browser_->get(page_ + "?l=en");
  EXPECT_TRUE(page.body.contains("Your plan"));
  EXPECT_TRUE(page.body.contains("Part 1 of 2."));
}

TEST_F(PlanWebTest, ThePayPageProposesTheNextPart) {
  ASSERT_EQ(agree("2", field_of(preview("2"), "key")).status, 303);
  const Money next = domain::next_row_amount(bill()).value();
  const HttpAnswer form = browser_->get(page_ + "/pay?l=en");
  EXPECT_TRUE(form.body.contains("value=\"" + next.to_decimal_string() + "\" checked"));
  EXPECT_EQ(pay(next.to_decimal_string(), false, false).status, 303);
  EXPECT_TRUE(browser_->get(page_ + "/plan?l=en").body.contains("<b>Paid</b>"));
  EXPECT_TRUE(methods().empty()) << "nothing was ticked";
}

TEST_F(PlanWebTest, WhatIsSentByHandIsRefused) {
  for (const std::string parts : {"1", "7", "99999999999", "-2", "x", ""}) {
    SCOPED_TRACE(parts);
    EXPECT_EQ(preview(parts).header("Location"), page_ + "/plan?l=en&wrong=1");
    const std::string key(32, 'a');
    EXPECT_EQ(agree(parts, key).header("Location"), page_ + "/plan?l=en&wrong=1");
    world_.advance_seconds(60);
  }
  EXPECT_EQ(agree("2", "short").header("Location"), page_ + "/plan?l=en");
  EXPECT_TRUE(plans().empty());
  EXPECT_EQ(browser_->get("/b/AAAAAAAAAAAAAAAAAAAAAA/plan").status, 404);
  EXPECT_EQ(browser_->get("/b/AAAAAAAAAAAAAAAAAAAAAA/methods").status, 404);
}

TEST_F(PlanWebTest, AWayToPayIsKeptWithItsProofAndForgotten) {
  EXPECT_TRUE(browser_->get(page_ + "/pay?l=en").body.contains("name=\"for_bills\""));
  ASSERT_EQ(pay("100.00", true, true).status, 303);
  ASSERT_EQ(methods().size(), 1U);
  const domain::KeptMethod kept = methods().front();
  EXPECT_EQ(kept.state, KeptMethodState::kKept);
  EXPECT_TRUE(kept.for_bills);
  EXPECT_TRUE(kept.consent_text.contains("Keep this way to pay"));
  EXPECT_TRUE(kept.consent_text.contains("Charge my bills to it"));
  EXPECT_EQ(kept.consent_ip, "127.0.0.1");

  const HttpAnswer list = browser_->get(page_ + "/methods?l=en");
  EXPECT_TRUE(list.body.contains("•••• 4242"));
  EXPECT_TRUE(list.body.contains("Valid through March 2028."));
  EXPECT_FALSE(list.body.contains("token-1"));
  const std::string id = kept.id.to_string();
  EXPECT_EQ(browser_->post_form(page_ + "/methods?l=en", {{"method", id}, {"step", "stop"}})
                .header("Location"),
            page_ + "/methods?l=en&done=1");
  EXPECT_FALSE(methods().front().for_bills);
  EXPECT_EQ(
      browser_->post_form(page_ + "/methods?l=en", {{"method", id}, {"step", "forget"}}).status,
      303);
  EXPECT_EQ(methods().front().state, KeptMethodState::kForgotten);
  EXPECT_EQ(methods().front().token, "");
  EXPECT_TRUE(browser_->get(page_ + "/methods?l=en").body.contains("We keep no way to pay"));
}

// An announced charge is told wherever the bill is looked at.
TEST_F(PlanWebTest, AChargeIsToldWithItsDayAndMethod) {
  ASSERT_EQ(pay("100.00", true, true).status, 303);
  domain::MethodCharge charge;
  charge.key = {bill().account, bill().id, *base::Date::parse("2026-12-30")};
  charge.method = methods().front().id;
  charge.amount = bill().rest();
  charge.announced = charge.day = charge.first_day = charge.key.row;
  charge.recorded = world_.clock().now();
  ASSERT_OK(ports::run_in_transaction(
      world_.store(), [&](ports::Transaction& transaction) -> base::Result<> {
        TRY(transaction.plans().add_charge(charge));
        return flows::touch_bills(transaction, {{charge.key.account, charge.key.bill}});
      }));
  for (const std::string page : {"?l=en", "/pay?l=en"}) {
    const std::string told = browser_->get(page_ + page).body;
    EXPECT_TRUE(told.contains("from card •••• 4242")) << page << told;
    EXPECT_TRUE(told.contains("<summary>Pay now instead</summary>")) << page;
  }
}

TEST_F(PlanWebTest, TheApiAgreesAndEnds) {
  const auto agent = world_.api(domain::Role::kAgent);
  const std::string path = "/api/v1/bills/" + id_ + "/plans";
  const Json before = json_of(agent->get(path));
  EXPECT_EQ(before["possible"].as_array()->front().integer("parts"), 2);
  const auto post = [&](const std::string& body, const std::string& key) {
    return agent->post_json(path, body, {{"Idempotency-Key", key}});
  };
  EXPECT_EQ(post(R"({"parts":7})", "a").status, 422);
  const HttpAnswer agreed = post(R"({"parts":2,"first_due":"2026-12-05"})", "b");
  ASSERT_EQ(agreed.status, 201) << agreed.body;
  EXPECT_EQ(json_of(agreed)["rows"].as_array()->front().text("due"), "2026-12-05");
  EXPECT_EQ(post(R"({"parts":2,"first_due":"2026-12-05"})", "b").body, agreed.body);
  EXPECT_EQ(post(R"({"parts":3})", "c").status, 409);
  const Json detail = json_of(agent->get("/api/v1/bills/" + id_));
  EXPECT_EQ(detail.text("face"), "instalments");
  EXPECT_EQ(detail.text("asked_by"), "2026-12-05");
  const HttpAnswer ended = agent->post_json(path + "/end", "{}", {{"Idempotency-Key", "d"}});
  ASSERT_EQ(ended.status, 200) << ended.body;
  EXPECT_EQ(json_of(ended).text("state"), "ended");
  EXPECT_EQ(agent->post_json(path + "/end", "{}", {{"Idempotency-Key", "e"}}).status, 404);
  EXPECT_FALSE(domain::has_plan(bill()));
  const auto auditor = world_.api(domain::Role::kAuditor);
  EXPECT_EQ(auditor->get(path).status, 200);
  EXPECT_EQ(auditor->post_json(path, R"({"parts":2})", {{"Idempotency-Key", "f"}}).status, 403);
}

TEST_F(PlanWebTest, TheConsoleAgreesAndEnds) {
  ASSERT_EQ(pay("100.00", true, true).status, 303);
  const auto agent = world_.console(domain::Role::kAgent);
  const std::string path = "/console/bills/" + id_;
  const HttpAnswer page = agent->get(path);
  ASSERT_EQ(page.status, 200);
  EXPECT_TRUE(page.body.contains("name=\"parts\""));
  EXPECT_TRUE(page.body.contains("•••• 4242"));
  const auto send = [&](const HttpAnswer& from, const std::string& step) {
    return agent->post_form(path + "/plan", {{"form_token", field_of(from, "form_token")},
                                             {"idempotency_key", field_of(from, "idempotency_key")},
                                             {"parts", "2"},
                                             {"step", step}});
  };
  EXPECT_EQ(send(page, "agree").header("Location"), path);
  ASSERT_EQ(plans().size(), 1U);
  EXPECT_NE(plans().front().agreed_by, "customer");
  const HttpAnswer with_plan = agent->get(path);
  EXPECT_TRUE(with_plan.body.contains("value=\"end\""));
  EXPECT_EQ(send(with_plan, "end").header("Location"), path);
  EXPECT_EQ(plans().front().state, domain::PlanState::kEnded);
  const HttpAnswer last = agent->get(path);
  EXPECT_EQ(agent
                ->post_form(path + "/methods", {{"form_token", field_of(last, "form_token")},
                                                {"idempotency_key", std::string(20, 'k')},
                                                {"method", methods().front().id.to_string()}})
                .header("Location"),
            path);
  EXPECT_EQ(methods().front().state, KeptMethodState::kForgotten);
  EXPECT_TRUE(std::ranges::any_of(
      world_.audit(), [](const std::string& row) { return row.contains("plan.change"); }));
}

}  // namespace
}  // namespace web
