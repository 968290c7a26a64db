// R62 over HTTP: paying a bill behind its link through a provider, and the provider's webhooks.
// Simulated: a provider that keeps its own books (tests/flows/bad_provider.h).
#include <algorithm>

#include <gtest/gtest.h>

#include "flows/care/links.h"
#include "flows/care/touch_bills.h"
#include "flows/intents/drive_intent.h"
#include "flows/intents/open_intent.h"
#include "ports/billing.h"
#include "ports/mandates.h"
#include "support/json/parse.h"
#include "tests/flows/bad_provider.h"
#include "tests/web/web_world.h"

namespace web {
namespace {

using base::Money;
using tests::BadProvider;
using tests::HttpAnswer;
using Line = tests::BadProvider::Line;

// As BadProvider, with a page of its own where the customer goes on.
class WithPage final : public ports::Gateway {
 public:
  explicit WithPage(BadProvider& books) : books_(books) {}
  std::string_view name() const override { return books_.name(); }
  base::Result<domain::IntentUpdate> create(const ports::PaymentOrder& order) override {
    orders.push_back(order);
    auto update = TRY(books_.create(order));
    if (update.answered) update.action_url = "https://kort.example/pay?p=" + order.intent;
    update.text = "provider's own words";
    return update;
  }
  base::Result<domain::IntentUpdate> confirm(const ports::PaymentConfirmation& back) override {
    details = back.details;
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
    if (webhook.headers.contains("x-forged")) {
      return base::fail("webhook_signature_wrong", "signed by somebody else");
    }
    return books_.verify_webhook(webhook);
  }
  domain::Decline classify(std::string_view code) const override { return books_.classify(code); }

  std::vector<ports::PaymentOrder> orders;
  std::map<std::string, std::string> details;

 private:
  BadProvider& books_;
};

class PayTest : public testing::Test {
 protected:
  PayTest() {
    const auto bills = read()->billing().list_bills({}).value();
    bill_ = bills.front();
    for (const domain::Bill& bill : bills) {
      if (bill.account != bill_.account) other_ = bill;
    }
    page_ = page_of(bill_.id);
  }
  static std::string page_of(domain::BillId bill) {
    return "/b/" + flows::link_token(tests::test_master_key(), bill, flows::kIssueAttempt);
  }
  std::unique_ptr<ports::Transaction> read() {
    return std::move(*world_.store().begin(ports::TransactionKind::kRead));
  }
  std::vector<ports::StoredIntent> intents() { return read()->intents().list({}).value(); }
  Money paid() { return read()->billing().find_bill(bill_.account, bill_.id).value()->paid; }
  std::string rest() const { return bill_.rest().to_decimal_string(); }

  std::string key() { return tests::field_of(browser_->get(page_ + "/pay"), "key"); }
  HttpAnswer pay(const std::string& amount, const std::string& form_key,
                 const std::string& method = "kort:card", const std::string& own = "") {
    return browser_->post_form(
        page_ + "/pay?l=en",
        {{"key", form_key}, {"amount", amount}, {"own", own}, {"method", method}});
  }
  // The page that an answer leads to.
  HttpAnswer follow(const HttpAnswer& answer) { return browser_->get(answer.header("Location")); }
  HttpAnswer tell(std::size_t word) {
    return browser_->request("POST", "/hooks/kort", books_.webhook(word).body);
  }
  std::string reference() { return intents().front().intent.provider_reference; }

  BadProvider books_{"kort"};
  WithPage card_{books_};
  flows::Gateways gateways_{
      {&card_}, {{"card", "kort", ""}, {"swish", "kort", "SEK"}, {"mobilepay", "kort", "DKK"}}};
  tests::WebWorld world_{{.gateways = &gateways_}};
  std::unique_ptr<tests::HttpClient> browser_ = world_.anybody();
  domain::Bill bill_, other_;
  std::string page_;
};

TEST_F(PayTest, R62FromTheBillToPaid) {
  EXPECT_TRUE(browser_->get(page_).body.contains("href=\"" + page_ + "/pay\""));
  const HttpAnswer form = browser_->get(page_ + "/pay?l=en");
  EXPECT_EQ(form.status, 200);
  EXPECT_EQ(form.header("Cache-Control"), "no-store");
  EXPECT_TRUE(form.body.contains("Pay with card"));
  EXPECT_TRUE(form.body.contains("Pay with Swish"));
  EXPECT_FALSE(form.body.contains("MobilePay")) << "for bills in Danish kroner only";

  const HttpAnswer begun = pay(rest(), tests::field_of(form, "key"));
  EXPECT_EQ(begun.status, 303);
  ASSERT_EQ(intents().size(), 1U);
  const std::string id = intents().front().intent.id.to_string();
  EXPECT_EQ(begun.header("Location"), page_ + "/pay?l=en&intent=" + id + "&go=1");
  const HttpAnswer on = follow(begun);
  EXPECT_EQ(on.header("Refresh"), "0;url=https://kort.example/pay?p=" + id);
  EXPECT_TRUE(on.body.contains("href=\"https://kort.example/pay?p=" + id + "\""));
  EXPECT_TRUE(on.body.contains("waits for you to approve"));
  EXPECT_FALSE(on.body.contains("provider&#39;s own")) << "never the provider's own text";
  const ports::PaymentOrder& order = card_.orders.front();
  EXPECT_EQ(order.return_url, page_ + "/pay/back?l=en&intent=" + id);
  EXPECT_EQ(order.callback_url, "/hooks/kort");
  EXPECT_TRUE(order.payer.email.empty());
  EXPECT_TRUE(browser_->get(page_ + "?l=en").body.contains("is being paid with card just now"));

  ASSERT_TRUE(books_.customer_approves(reference()));
  const HttpAnswer back =
      browser_->get(page_ + "/pay/back?l=en&intent=" + id + "&redirectResult=abc");
  EXPECT_EQ(back.header("Location"), page_ + "/pay?l=en&intent=" + id);
  EXPECT_EQ(card_.details, (std::map<std::string, std::string>{{"redirectResult", "abc"}}));
  const HttpAnswer done = follow(back);
  EXPECT_TRUE(done.body.contains("Thank you!"));
  EXPECT_TRUE(done.header("Refresh").empty());
  EXPECT_EQ(paid(), bill_.rest());
  EXPECT_FALSE(browser_->get(page_).body.contains(page_ + "/pay\"")) << "it asks for no more";
}

TEST_F(PayTest, ADoubleTapIsOnePayment) {
  const std::string form_key = key();
  const std::string first = pay(rest(), form_key).header("Location");
  EXPECT_EQ(pay(rest(), form_key).header("Location"), first);
  EXPECT_EQ(intents().size(), 1U);
  EXPECT_EQ(books_.orders(), 1);
  // Another method by the same form, and another form: both lead to what is under way.
  const std::string id = intents().front().intent.id.to_string();
  const std::string under_way = page_ + "/pay?l=en&intent=" + id;
  EXPECT_EQ(pay(rest(), form_key, "kort:swish").header("Location"), under_way);
  EXPECT_EQ(pay(rest(), std::string(32, 'a')).header("Location"), under_way);
  EXPECT_EQ(books_.orders(), 1);
  EXPECT_EQ(browser_->get(under_way).header("Refresh"), "5;url=" + under_way);
}

TEST_F(PayTest, WhatIsSentByHandIsCheckedAgain) {
  const std::string too_much = (bill_.rest() + bill_.rest()).to_decimal_string();
  const struct {
    std::string amount, own, method, key, leads_to;
  } rows[] = {
      {too_much, "", "kort:card", key(), "&wrong=amount"},
      {"-1.00", "", "kort:card", key(), "&wrong=amount"},
      {"0", "", "kort:card", key(), "&wrong=amount"},
      {"", "", "kort:card", key(), "&wrong=amount"},
      {rest(), "1.234", "kort:card", key(), "&wrong=amount"},
      {rest(), "all", "kort:card", key(), "&wrong=amount"},
      {rest(), "", "kort:mobilepay", key(), "&wrong=method"},
      {rest(), "", "adyen:card", key(), "&wrong=method"},
      {rest(), "", "", key(), "&wrong=method"},
      {rest(), "", "kort:card", "", ""},
      {rest(), "", "kort:card", "not a key", ""},
  };
  for (const auto& row : rows) {
    world_.advance_seconds(60);
    const HttpAnswer answer = pay(row.amount, row.key, row.method, row.own);
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.header("Location"), page_ + "/pay?l=en" + row.leads_to)
        << row.amount << row.own << row.method;
    EXPECT_EQ(follow(answer).status, 200);
  }
  EXPECT_TRUE(intents().empty());
  EXPECT_EQ(browser_->request("POST", page_ + "/pay", "{}").status, 303) << "not a form";
}

TEST_F(PayTest, AnAmountOfOnesOwnIsWrittenAsPeopleWrite) {
  pay(rest(), key(), "kort:card", " 10,50 ");
  ASSERT_EQ(intents().size(), 1U);
  EXPECT_EQ(intents().front().intent.amount.to_decimal_string(), "10.50");
  const HttpAnswer more = browser_->get(page_ + "/pay?l=en");
  EXPECT_TRUE(more.body.contains("name=\"key\"")) << "the rest can be paid meanwhile";
  EXPECT_TRUE(more.header("Refresh").empty()) << "not while somebody fills in a form";
  const std::string free = (bill_.rest() - intents().front().intent.amount).to_decimal_string();
  EXPECT_TRUE(more.body.contains("value=\"" + free + "\""));
}

TEST_F(PayTest, StoppedByTheCustomer) {
  pay(rest(), key());
  const std::string id = intents().front().intent.id.to_string();
  const HttpAnswer stopped = browser_->post_form(page_ + "/pay?l=en", {{"stop", id}});
  EXPECT_EQ(stopped.header("Location"), page_ + "/pay?l=en&intent=" + id);
  const HttpAnswer shown = follow(stopped);
  EXPECT_TRUE(shown.body.contains("was stopped. Nothing was drawn"));
  EXPECT_TRUE(shown.body.contains("name=\"key\"")) << "and can be paid anew";
}

// No answer came, the customer stopped it, and it was approved all the same: what is shown is true
// each time, and the bill is theirs to pay.
TEST_F(PayTest, WhatWasStoppedAndCameGoesBackInWords) {
  books_.line = Line::kAnswerLost;
  pay(rest(), key());
  const std::string id = intents().front().intent.id.to_string();
  const std::string where = page_ + "/pay?l=en&intent=" + id;
  browser_->post_form(page_ + "/pay?l=en", {{"stop", id}});
  EXPECT_TRUE(browser_->get(where).body.contains("is being stopped"));
  EXPECT_TRUE(browser_->get(page_ + "?l=en").body.contains("is being stopped")) << "alike";
  ASSERT_TRUE(books_.customer_approves("kort-1"));
  books_.line = Line::kGood;
  books_.is_slow = true;
  for (std::size_t word = 0; word < books_.words(); ++word) tell(word);
  const std::string shown = browser_->get(where).body;
  EXPECT_TRUE(shown.contains("it went through all the same")) << shown;
  EXPECT_FALSE(shown.contains("Thank you!"));
  EXPECT_TRUE(shown.contains("name=\"key\"")) << "and can be paid anew";
  EXPECT_EQ(paid(), Money(0, bill_.total.currency()));
  ASSERT_OK(
      flows::drive_intent(world_.store(), world_.clock(), gateways_, intents().front().intent.id));
  books_.settle_down();
  for (std::size_t word = 0; word < books_.words(); ++word) tell(word);
  EXPECT_TRUE(browser_->get(where).body.contains("has gone back to you"));
}

TEST_F(PayTest, WhatIsTooMuchGoesBackInWords) {
  pay(rest(), key());
  const std::string id = intents().front().intent.id.to_string();
  ASSERT_TRUE(books_.customer_pays(reference(), bill_.rest() + Money(100, bill_.total.currency())));
  tell(0);
  const std::string shown = browser_->get(page_ + "/pay?l=en&intent=" + id).body;
  EXPECT_TRUE(shown.contains("Thank you!")) << shown;
  EXPECT_TRUE(shown.contains("was more than was needed and is going back to you")) << shown;
  EXPECT_EQ(paid(), bill_.rest());
}

TEST_F(PayTest, AFailureIsToldInOurWords) {
  pay(rest(), key());
  const std::string id = intents().front().intent.id.to_string();
  ASSERT_TRUE(books_.customer_declines(reference()));
  const HttpAnswer shown = follow(browser_->get(page_ + "/pay/back?l=en&intent=" + id));
  EXPECT_TRUE(shown.body.contains("did not go through. Nothing was drawn."));
  EXPECT_FALSE(shown.body.contains("no money")) << "never the provider's own code";
}

TEST_F(PayTest, SilenceIsBeingChecked) {
  books_.line = Line::kAnswerLost;
  const HttpAnswer begun = pay(rest(), key());
  const HttpAnswer shown = follow(begun);
  EXPECT_TRUE(shown.body.contains("We are checking"));
  EXPECT_EQ(shown.header("Refresh").substr(0, 6), "5;url=");
  const std::string id = intents().front().intent.id.to_string();
  EXPECT_EQ(browser_->get(page_ + "/pay/back?intent=" + id).status, 303);
}

// Whoever has the link cannot stop what somebody pays at a counter, nor go on with it.
TEST_F(PayTest, WhatIsPaidAtATillIsStoppedThere) {
  flows::OpenIntent request;
  request.account = bill_.account;
  request.parts = {{bill_.id, bill_.account, bill_.rest()}};
  request.gateway = "kort";
  request.request_key = "till";
  request.order.method = "card";
  request.order.channel = domain::PaymentChannel::kInPerson;
  ASSERT_OK(flows::open_intent(world_.store(), world_.clock(), gateways_, request));
  const std::string id = intents().front().intent.id.to_string();
  const HttpAnswer page = browser_->get(page_ + "/pay?l=en&intent=" + id + "&go=1");
  EXPECT_TRUE(page.body.contains("is being paid at a till")) << page.body;
  const std::string front = browser_->get(page_ + "?l=en").body;
  EXPECT_TRUE(front.contains("is being paid at a till")) << "the bill says the same: " << front;
  EXPECT_FALSE(front.contains("with card just now"));
  for (const std::string way : {"name=\"stop\"", "kort.example", "name=\"method\""}) {
    EXPECT_FALSE(page.body.contains(way)) << way;
  }
  EXPECT_FALSE(page.header("Refresh").contains("kort.example"));
  EXPECT_EQ(browser_->post_form(page_ + "/pay", {{"stop", id}}).status, 303) << "sent by hand";
  EXPECT_FALSE(intents().front().intent.stopping);
  pay(rest(), "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(intents().size(), 1U) << "and it is not paid a second time";
  // The cashier's customer pays: the page says so by itself.
  ASSERT_TRUE(books_.customer_approves(reference()));
  ASSERT_OK(
      flows::drive_intent(world_.store(), world_.clock(), gateways_, intents().front().intent.id));
  EXPECT_TRUE(browser_->get(page_ + "/pay?l=en&intent=" + id).body.contains("Thank you!"));
  EXPECT_EQ(paid(), bill_.rest());
}

// A debit that its payer was told of is told again, and paid instead only by who wants to.
TEST_F(PayTest, APlannedDebitIsToldAndTakesSecondPlace) {
  domain::Collection debit;
  debit.account = bill_.account;
  debit.id = domain::CollectionId(base::IdBytes{1});
  debit.mandate = domain::MandateId(base::IdBytes{2});
  debit.bill = bill_.id;
  debit.amount = bill_.rest();
  debit.announced = debit.hand_in = debit.day = debit.first_day = *base::Date::parse("2026-12-30");
  debit.recorded = world_.clock().now();
  ASSERT_OK(ports::run_in_transaction(
      world_.store(), [&](ports::Transaction& transaction) -> base::Result<> {
        TRY(transaction.mandates().add_collections({&debit, 1}));
        return flows::touch_bills(transaction, {{bill_.account, bill_.id}});
      }));
  const std::string front = browser_->get(page_ + "?l=en").body;
  EXPECT_TRUE(front.contains("will be drawn from your bank account on")) << front;
  EXPECT_TRUE(front.contains("<summary>Pay now instead</summary>"));
  EXPECT_TRUE(front.contains("is drawn automatically")) << "the day among its days";
  EXPECT_FALSE(front.contains("Last day to pay"));
  EXPECT_TRUE(front.contains("id=\"pay\""));
  const std::string told = browser_->get(page_ + "/pay?l=en").body;
  EXPECT_TRUE(told.contains("will be drawn from your bank account on")) << told;
  EXPECT_TRUE(told.contains("<summary>Pay now instead</summary>")) << told;
  follow(pay(rest(), key()));
  ASSERT_TRUE(books_.customer_approves(reference()));
  follow(browser_->get(page_ + "/pay/back?intent=" + intents().front().intent.id.to_string()));
  EXPECT_EQ(paid(), bill_.rest());
  const auto after = read()->mandates().list_collections({.account = bill_.account}).value();
  EXPECT_EQ(after.front().state, domain::CollectionState::kDropped) << "nothing is drawn";
  EXPECT_FALSE(browser_->get(page_ + "/pay?l=en").body.contains("will be drawn"));
}

// What a bank has been told to debit is not asked for, on no page.
TEST_F(PayTest, AnOrderedDebitIsNotAskedForAgain) {
  domain::Collection debit;
  debit.account = bill_.account;
  debit.id = domain::CollectionId(base::IdBytes{1});
  debit.mandate = domain::MandateId(base::IdBytes{2});
  debit.bill = bill_.id;
  debit.amount = bill_.rest();
  debit.state = domain::CollectionState::kOrdered;
  debit.announced = debit.hand_in = debit.day = debit.first_day = *base::Date::parse("2026-12-30");
  debit.recorded = world_.clock().now();
  ASSERT_OK(ports::run_in_transaction(
      world_.store(), [&](ports::Transaction& transaction) -> base::Result<> {
        TRY(transaction.mandates().add_collections({&debit, 1}));
        return flows::touch_bills(transaction, {{bill_.account, bill_.id}});
      }));
  const std::string front = browser_->get(page_ + "?l=en").body;
  EXPECT_TRUE(front.contains("will be drawn from your bank account on")) << front;
  for (const std::string asks : {"Pay now", "id=\"pay\"", "Pay by direct debit"}) {
    EXPECT_FALSE(front.contains(asks)) << asks;
  }
  EXPECT_FALSE(browser_->get(page_ + "/pay?l=en").body.contains("name=\"method\""));
}

TEST_F(PayTest, APaymentOfAnotherAccountIsNotFound) {
  pay(rest(), key());
  const std::string id = intents().front().intent.id.to_string();
  const std::string elsewhere = page_of(other_.id);
  ASSERT_EQ(browser_->get(elsewhere + "/pay").status, 200);
  for (const std::string& path : {"/pay?intent=" + id, "/pay/back?intent=" + id,
                                  std::string("/pay?intent=intent_2jmc0xc9fzwwrt867a4eq2x7m7"),
                                  std::string("/pay?intent=x")}) {
    EXPECT_EQ(browser_->get(elsewhere + path).status, 404) << path;
  }
  EXPECT_EQ(browser_->post_form(elsewhere + "/pay", {{"stop", id}}).status, 404);
  EXPECT_FALSE(intents().front().intent.stopping);
  EXPECT_EQ(browser_->get("/b/nothing/pay").status, 404);
  EXPECT_EQ(browser_->get("/b/nothing/pay/back?intent=" + id).status, 404);
}

TEST_F(PayTest, TooManyTriesHaveToWait) {
  int refused = 0;
  for (int tries = 0; tries < 40; ++tries) {
    if (pay(rest(), "").status == 429) ++refused;
  }
  EXPECT_GT(refused, 10);
}

TEST_F(PayTest, AWebhookIsAppliedOnce) {
  pay(rest(), key());
  ASSERT_TRUE(books_.customer_approves(reference()));
  for (int repeated = 0; repeated < 2; ++repeated) {
    for (std::size_t word = 0; word < books_.words(); ++word) EXPECT_EQ(tell(word).status, 200);
  }
  EXPECT_EQ(paid(), bill_.rest());
  EXPECT_EQ(intents().front().intent.payments.size(), 1U);
}

TEST_F(PayTest, WebhooksAreRefusedByName) {
  const std::string big(300'000, '1');
  const struct {
    std::string path, body;
    tests::HttpHeader header;
    int status;
    std::string code;
  } rows[] = {
      {"/hooks/kort", "999", {"X-Said", "999"}, 400, "webhook_malformed"},
      {"/hooks/kort", "0", {"X-Forged", "yes"}, 401, "webhook_signature_wrong"},
      {"/hooks/bank", "0", {"X-Said", "0"}, 404, "gateway_unknown"},
      {"/hooks/kort", big, {"X-Said", "much"}, 413, "body_too_large"},
  };
  for (const auto& row : rows) {
    const auto answer = browser_->request("POST", row.path, row.body, {row.header});
    EXPECT_EQ(answer.status, row.status) << row.code;
    EXPECT_EQ(json::parse(answer.body)->text("code"), row.code);
  }
}

TEST_F(PayTest, AWebhookComesAgainWhereTheDatabaseIsAway) {
  pay(rest(), key());
  ASSERT_TRUE(books_.customer_approves(reference()));
  world_.set_database_away(true);
  EXPECT_EQ(tell(0).status, 503);
  EXPECT_EQ(browser_->get(page_ + "/pay").status, 503);
  world_.set_database_away(false);
  for (std::size_t word = 0; word < books_.words(); ++word) EXPECT_EQ(tell(word).status, 200);
  EXPECT_EQ(paid(), bill_.rest());
}

TEST(PayWithoutProviders, NothingIsOffered) {
  tests::WebWorld world;
  const auto transaction = std::move(*world.store().begin(ports::TransactionKind::kRead));
  const auto bill = transaction->billing().list_bills({}).value().front();
  const std::string page =
      "/b/" + flows::link_token(tests::test_master_key(), bill.id, flows::kIssueAttempt);
  const auto anybody = world.anybody();
  EXPECT_FALSE(anybody->get(page).body.contains(page + "/pay"));
  const HttpAnswer shown = anybody->get(page + "/pay?l=en");
  EXPECT_EQ(shown.status, 200);
  EXPECT_TRUE(shown.body.contains("Pay from your own bank"));
  EXPECT_EQ(anybody->post_form(page + "/pay", {{"method", "kort:card"}}).status, 303);
  EXPECT_EQ(anybody->request("POST", "/hooks/kort", "0").status, 404);
}

}  // namespace
}  // namespace web
