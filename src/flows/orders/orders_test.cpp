// Orders of single things on both engines: an invoice on the spot, each way to pay, what is told to
// who hands over, and that nothing is billed, charged or told twice, wherever it was interrupted.
#include "flows/orders/orders.h"

#include <algorithm>

#include "flows/billing/run_billing.h"
#include "flows/collections/debit_rows.h"
#include "flows/collections/register_mandate.h"
#include "flows/intents/drive_intent.h"
#include "flows/intents/offered_for.h"
#include "flows/intents/open_intent.h"
#include "flows/intents/take_webhook.h"
#include "flows/operations/verify_store.h"
#include "flows/orders/issue_one_off.h"
#include "flows/orders/report_rail_costs.h"
#include "flows/orders/send_tellings.h"
#include "ports/orders.h"
#include "ports/rail_costs.h"
#include "ports/work.h"
#include "tests/flows/bad_provider.h"
#include "tests/flows/payment_world.h"
#include "tests/support/shipped_rules.h"

namespace flows {
namespace {

using base::Result;
using domain::OrderPay;
using domain::PlacedOrder;
using formats::law::shipped_book;
using tests::BadProvider;
using tests::code_of;
using tests::kronor;
using Line = tests::BadProvider::Line;

constexpr std::int64_t kMinute = 60 * base::kMicrosPerSecond;
constexpr std::int64_t kDay = base::kMicrosPerDay;

// Hears what is told, and answers as it is made to.
class Shop final : public ports::HttpClient {
 public:
  int status = 204;  // 0: no answer.
  std::vector<ports::HttpRequest> heard;

  Result<ports::HttpAnswer> send(const ports::HttpRequest& request) override {
    heard.push_back(request);
    if (status == 0) return base::fail("http_no_answer", "silence");
    return ports::HttpAnswer{.status = status, .headers = {}, .body = {}};
  }
  // "order.ready order.cancelled" in the order in which they came.
  [[nodiscard]] std::string told() const {
    std::string text;
    for (const auto& request : heard) {
      text += (text.empty() ? "" : " ") + header(request, "Telgiro-Event");
    }
    return text;
  }
  [[nodiscard]] static std::string header(const ports::HttpRequest& request,
                                          std::string_view name) {
    for (const auto& [key, value] : request.headers) {
      if (key == name) return value;
    }
    return {};
  }
};

domain::RailTerms fixed_fee(domain::Rail rail, std::int64_t kronor) {
  domain::RailTerms terms;
  terms.rail = std::move(rail);
  terms.fee_fixed = base::Decimal::from_integer(kronor);
  return terms;
}

class OrdersTest : public tests::PaymentWorld {
 protected:
  void SetUp() override {
    PaymentWorld::SetUp();
    add_bill(1, 100);
  }
  [[nodiscard]] OrderTools tools() {
    static const crypto::Key kLinkKey = tests::test_master_key();
    return {.store = store(),
            .clock = clock(),
            .rules = shipped_book(),
            .gateways = gateways_,
            .link_key = kLinkKey,
            .order_rules = rules_,
            .public_url = "https://pay.example"};
  }
  PlaceOrder router(OrderPay pay, const std::string& key = "a") {
    PlaceOrder ask;
    ask.account = account(1);
    ask.request_key = key;
    ask.actor = "shop";
    ask.reference = "web-" + key;
    ask.items = {{.code = "ROUTER-AX"}};
    ask.pay = pay;
    if (pay == OrderPay::kMethod) ask.method = "card";
    return ask;
  }
  Result<PlacedOrder> place(OrderPay pay, const std::string& key = "a") {
    return place_order(tools(), router(pay, key));
  }
  PlacedOrder find(domain::OrderId id) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return find_order(*transaction, id).value();
  }
  // "ready link 995.00 reason"
  std::string said(domain::OrderId id) {
    const PlacedOrder order = find(id);
    return std::string(to_text(order.state)) + " " + std::string(to_text(order.pay)) + " " +
           order.total.to_decimal_string() + (order.reason.empty() ? "" : " " + order.reason);
  }
  domain::Bill bill_of(const PlacedOrder& order) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->billing().find_bill(order.account, order.bill).value().value();
  }
  // Papers of the account's bills: "invoice A1 995.00".
  std::string papers() {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string text;
    for (const std::string_view kind : {"invoice", "credit_note"}) {
      const auto heads = transaction->billing().list_documents(kind, {}, 100).value();
      for (const auto& head : heads) {
        text += (text.empty() ? "" : ", ") + head.kind + " " + head.series +
                std::to_string(head.number) + " " + head.total.to_decimal_string();
      }
    }
    return text;
  }
  void later(std::int64_t micros) {
    clock().set({clock().now().micros + micros});
    ASSERT_OK(ask_intents(store(), clock(), gateways_, 100));
    ASSERT_OK(follow_orders(tools(), 100));
  }
  void deliver_all(BadProvider& provider) {
    for (std::size_t word = 0; word < provider.words(); ++word) {
      EXPECT_OK(take_webhook(store(), clock(), gateways_, provider.name(), provider.webhook(word)));
    }
  }
  std::string tell() {
    const auto report = send_tellings(store(), clock(), shop_, {"https://shop.example", "s"}, 100);
    if (!report) return report.error().code;
    return std::to_string(report->sent) + " sent " + std::to_string(report->to_repeat) + " again " +
           std::to_string(report->given_up) + " given up";
  }
  void give_mandate() {
    const auto kept =
        ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> Result<> {
          const auto context = TRY(debit_context(transaction, clock(), "anna"));
          auto terms = TRY(DebitTerms::load(transaction, shipped_book(), context.day));
          NewMandate ask{.mandate = {}, .is_confirmed = true};
          ask.mandate.account = account(1);
          ask.mandate.scheme = domain::MandateScheme::kAutogiro;
          ask.mandate.payer_name = "Ebba Ek";
          ask.mandate.payer_account = "8901-3232323232";
          ask.mandate.payer_identity = "191212121212";
          ask.mandate.signed_on = base::Date::parse("2026-10-20").value();
          ask.mandate.consent = {
              .given_by = "Ebba Ek", .channel = "paper", .at = clock().now(), .text_version = ""};
          TRY(register_mandate(transaction, terms, std::move(ask), context));
          return {};
        });
    ASSERT_OK(kept);
  }
  Result<RunOutcome> bill_month() {
    clock().set(*base::Instant::parse("2026-12-01T08:00:00Z"));
    const OrderTools all = tools();
    return run_billing({store(), clock(), shipped_book(), all.link_key},
                       {.day = base::Date::parse("2026-12-01").value()}, nullptr);
  }

  BadProvider card_{"kort"}, wallet_{"plånbok"};
  Gateways gateways_{{&card_, &wallet_},
                     {{"card", "kort", ""}, {"swish", "plånbok", "SEK"}},
                     {fixed_fee({"kort", "card"}, 9), fixed_fee({"plånbok", "swish"}, 2)}};
  domain::OrderRules rules_;
  Shop shop_;
};

TEST_P(OrdersTest, ALinkIsPaidAndWhoHandsOverIsTold) {
  const auto order = place(OrderPay::kLink);
  ASSERT_OK(order);
  EXPECT_EQ(said(order->id), "awaiting_payment link 995.00");
  EXPECT_EQ(papers(), "invoice A1 995.00");
  const domain::Bill bill = bill_of(*order);
  EXPECT_EQ(bill.group_key, "order:" + order->id.to_string());
  EXPECT_EQ(balance("receivables"), "1095.00");
  EXPECT_EQ(balance("revenue:ROUTER-AX"), "-796.00");
  EXPECT_EQ(balance("vat:SE:25"), "-199.00");
  EXPECT_TRUE(pay_link(tools(), *order).starts_with("https://pay.example/b/"));
  EXPECT_EQ(tell(), "0 sent 0 again 0 given up");

  ASSERT_OK(import(tests::bgmax_file({{995, bill.reference, "B1"}})));
  later(2 * kMinute);
  EXPECT_EQ(said(order->id), "ready link 995.00");
  EXPECT_EQ(tell(), "1 sent 0 again 0 given up");
  EXPECT_EQ(shop_.told(), "order.ready");
  ASSERT_OK(hand_over(tools(), order->id, "shop"));
  ASSERT_OK(hand_over(tools(), order->id, "shop"));
  EXPECT_EQ(said(order->id), "handed_over link 995.00");
  EXPECT_EQ(code_of(cancel_order(tools(), order->id, "shop", "late")), "order_step_impossible");
  EXPECT_EQ(problems(), "");
}

TEST_P(OrdersTest, TheSameKeyIsTheSameOrder) {
  const auto first = place(OrderPay::kLink);
  const auto again = place(OrderPay::kLink);
  ASSERT_OK(again);
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(papers(), "invoice A1 995.00");
  EXPECT_EQ(code_of(place(OrderPay::kBill)), "request_key_reused");
  ASSERT_OK(place(OrderPay::kLink, "b"));
  EXPECT_EQ(papers(), "invoice A1 995.00, invoice A2 995.00") << "numbers have no gaps";
}

TEST_P(OrdersTest, TheNextRunNeitherBillsItAgainNorTakesItBack) {
  const auto order = place(OrderPay::kLink);
  ASSERT_OK(order);
  const auto run = bill_month();
  ASSERT_OK(run);
  EXPECT_EQ(run->totals.documents, 0);
  EXPECT_EQ(run->totals.credit_notes, 0);
  EXPECT_EQ(papers(), "invoice A1 995.00");
  EXPECT_EQ(bill_of(*order).rest(), kronor(995));
}

TEST_P(OrdersTest, OnTheBillItIsReadyAtOnceAndBilledByTheRun) {
  const auto order = place(OrderPay::kBill);
  ASSERT_OK(order);
  EXPECT_EQ(said(order->id), "ready bill 995.00");
  EXPECT_EQ(papers(), "");
  EXPECT_EQ(tell(), "1 sent 0 again 0 given up");
  const auto run = bill_month();
  ASSERT_OK(run);
  EXPECT_EQ(papers(), "invoice A1 995.00");
}

TEST_P(OrdersTest, CancelledOnTheBillItCostsNothing) {
  const auto order = place(OrderPay::kBill);
  ASSERT_OK(cancel_order(tools(), order->id, "shop", "not in stock"));
  ASSERT_OK(cancel_order(tools(), order->id, "shop", "not in stock"));
  EXPECT_EQ(said(order->id), "cancelled bill 995.00 cancelled");
  const auto run = bill_month();
  ASSERT_OK(run);
  EXPECT_EQ(run->totals.total_minor, 0);
}

TEST_P(OrdersTest, LimitsOfWhatGoesOnABill) {
  rules_.bill_limit = base::Decimal::from_integer(1'500);
  ASSERT_OK(place(OrderPay::kBill));
  EXPECT_EQ(code_of(place(OrderPay::kBill, "b")), "order_above_bill_limit");
  EXPECT_EQ(said(place(OrderPay::kPreferred, "c")->id), "awaiting_payment link 995.00");
  PlaceOrder own = router(OrderPay::kBill, "d");
  own.items = {{.code = "EXTRA", .name = "Extra", .price = base::UnitPrice{}}};
  own.items.front().price->amount = base::Decimal::from_integer(10);
  EXPECT_EQ(code_of(place_order(tools(), own)), "item_not_on_bill");
  clock().set(*base::Instant::parse("2026-12-20T08:00:00Z"));
  EXPECT_EQ(code_of(place(OrderPay::kBill, "e")), "order_while_overdue") << "the first bill is due";
}

TEST_P(OrdersTest, ACardIsEnoughWhenItIsAuthorised) {
  const auto order = place(OrderPay::kMethod);
  ASSERT_OK(order);
  EXPECT_EQ(said(order->id), "awaiting_payment method 995.00");
  EXPECT_FALSE(order->intent.is_nil());
  ASSERT_TRUE(card_.customer_approves("kort-1"));
  deliver_all(card_);
  // A word of the provider makes it look at once.
  ASSERT_OK(follow_orders(tools(), 100));
  EXPECT_EQ(said(order->id), "ready method 995.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(OrdersTest, CancelledItsMoneyGoesBack) {
  const auto order = place(OrderPay::kMethod);
  ASSERT_TRUE(card_.customer_approves("kort-1"));
  deliver_all(card_);
  later(kMinute);
  ASSERT_EQ(said(order->id), "ready method 995.00");
  ASSERT_OK(cancel_order(tools(), order->id, "shop", "sold out"));
  deliver_all(card_);
  later(kDay);
  EXPECT_EQ(said(order->id), "cancelled method 995.00 cancelled");
  EXPECT_EQ(card_.holds_minor(), 0);
  EXPECT_EQ(papers(), "invoice A1 995.00, credit_note K1 995.00");
  EXPECT_EQ(bill_of(*order).rest(), kronor(0));
  EXPECT_EQ(credit(1), "0.00");
  EXPECT_EQ(balance("clearing:kort"), "0.00");
  EXPECT_EQ(balance("prepayment"), "0.00");
  EXPECT_FALSE(find(order->id).look_at.has_value());
  tell();
  EXPECT_EQ(shop_.told(), "order.ready order.cancelled");
  EXPECT_EQ(problems(), "");
}

// A part of it was given back before, and whether it went is not known yet.
TEST_P(OrdersTest, CancelledAfterAnUnansweredPartAllOfItGoesBack) {
  const auto order = place(OrderPay::kMethod);
  ASSERT_TRUE(card_.customer_approves("kort-1"));
  deliver_all(card_);
  later(kMinute);
  const auto paid = domain::IntentId::parse(card_.payments().at("kort-1").intent);
  ASSERT_TRUE(paid);
  card_.line = Line::kAnswerLost;
  card_.is_slow = true;
  ASSERT_OK(refund_intent(store(), clock(), gateways_, *paid, kronor(100)));
  ASSERT_OK(cancel_order(tools(), order->id, "shop", "sold out"));
  later(kMinute);
  card_.line = Line::kGood;
  for (int day = 0; day < 3; ++day) {
    later(2 * kDay);
    card_.settle_down();
    deliver_all(card_);
  }
  EXPECT_EQ(said(order->id), "cancelled method 995.00 cancelled");
  EXPECT_EQ(card_.payments().at("kort-1").refunded, kronor(995));
  EXPECT_EQ(bill_of(*order).rest(), kronor(0));
  EXPECT_EQ(balance("clearing:kort"), "0.00");
  EXPECT_EQ(problems(), "");
}

TEST_P(OrdersTest, CancelledWhileItIsBeingPaidItIsStopped) {
  const auto order = place(OrderPay::kMethod);
  ASSERT_OK(cancel_order(tools(), order->id, "shop", "changed her mind"));
  EXPECT_FALSE(card_.customer_approves("kort-1"));
  later(kDay);
  EXPECT_EQ(card_.holds_minor(), 0);
  EXPECT_FALSE(find(order->id).look_at.has_value());
}

TEST_P(OrdersTest, InterruptedBetweenInvoiceAndPaymentItGoesOn) {
  card_.line = Line::kRequestLost;
  const auto order = place(OrderPay::kMethod);
  ASSERT_OK(order);
  EXPECT_EQ(card_.orders(), 0);
  card_.line = Line::kAnswerLost;
  later(kDay / 2);
  card_.line = Line::kGood;
  later(kDay / 2);
  later(kDay / 2);
  EXPECT_EQ(card_.orders(), 1);
  ASSERT_TRUE(card_.customer_approves("kort-1"));
  later(kDay / 2);
  later(kMinute);
  EXPECT_EQ(said(order->id), "ready method 995.00");
  EXPECT_EQ(papers(), "invoice A1 995.00");
}

// Killed right after the order was kept: whoever looks next begins its payment.
TEST_P(OrdersTest, KilledBeforeThePaymentBeganItIsBegunOnce) {
  const auto order = place(OrderPay::kMethod);
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> Result<> {
    PlacedOrder back = TRY(find_order(transaction, order->id));
    back.state = domain::OrderState::kReceived;
    back.intent = {};
    ++back.version;
    return transaction.orders().update(back);
  }));
  later(kMinute);
  EXPECT_EQ(said(order->id), "awaiting_payment method 995.00");
  EXPECT_EQ(find(order->id).intent, order->intent);
  EXPECT_EQ(card_.orders(), 1);
}

TEST_P(OrdersTest, DeclinedItCanBePaidByItsLinkUntilItIsGivenUp) {
  const auto order = place(OrderPay::kMethod);
  ASSERT_TRUE(card_.customer_declines("kort-1"));
  deliver_all(card_);
  later(kMinute);
  EXPECT_EQ(said(order->id), "awaiting_payment method 995.00 payment_declined");
  later(3 * kDay);
  EXPECT_EQ(said(order->id), "awaiting_payment method 995.00 payment_declined");
  later(kDay);
  EXPECT_EQ(said(order->id), "failed method 995.00 not_paid_in_time");
  EXPECT_EQ(papers(), "invoice A1 995.00, credit_note K1 995.00");
  EXPECT_EQ(bill_of(*order).rest(), kronor(0));
  later(kMinute);
  EXPECT_FALSE(find(order->id).look_at.has_value());
}

TEST_P(OrdersTest, MoneyThatGoesBackHoldsTheOrder) {
  const auto order = place(OrderPay::kMethod);
  ASSERT_TRUE(card_.customer_approves("kort-1"));
  deliver_all(card_);
  later(kMinute);
  ASSERT_TRUE(card_.bank_takes_back("kort-1"));
  deliver_all(card_);
  ASSERT_OK(follow_orders(tools(), 100));
  EXPECT_EQ(said(order->id), "awaiting_payment method 995.00 money_went_back");
  tell();
  EXPECT_EQ(shop_.told(), "order.ready order.held");
  EXPECT_EQ(code_of(hand_over(tools(), order->id, "shop")), "order_step_impossible");
}

TEST_P(OrdersTest, ADebitUnderTheMandateForOneThing) {
  EXPECT_EQ(code_of(place(OrderPay::kMandate)), "no_mandate");
  give_mandate();
  rules_.debit_at_once_up_to = base::Decimal::from_integer(300);
  const auto order = place(OrderPay::kPreferred);
  ASSERT_OK(order);
  EXPECT_EQ(said(order->id), "awaiting_payment mandate 995.00");
  EXPECT_FALSE(order->debit.is_nil());
  const auto again = drive_order(tools(), order->id);
  EXPECT_EQ(again->debit, order->debit);
  rules_.debit_at_once_up_to = base::Decimal::from_integer(1'000);
  EXPECT_EQ(said(place(OrderPay::kMandate, "b")->id), "ready mandate 995.00")
      << "the operator risks so much";
  later(30 * kDay);
  EXPECT_EQ(find(order->id).state, domain::OrderState::kReady) << "what is under way is not failed";
}

TEST_P(OrdersTest, WhoDoesNotHearIsToldAgainWithTheSameId) {
  ASSERT_OK(place(OrderPay::kBill));
  shop_.status = 500;
  EXPECT_EQ(tell(), "0 sent 1 again 0 given up");
  EXPECT_EQ(tell(), "0 sent 0 again 0 given up") << "not before its time";
  shop_.status = 0;
  clock().set({clock().now().micros + kMinute});
  EXPECT_EQ(tell(), "0 sent 1 again 0 given up");
  shop_.status = 200;
  clock().set({clock().now().micros + kMinute});
  EXPECT_EQ(tell(), "1 sent 0 again 0 given up");
  clock().set({clock().now().micros + kDay});
  EXPECT_EQ(tell(), "0 sent 0 again 0 given up");
  ASSERT_EQ(shop_.heard.size(), 3U);
  const auto& last = shop_.heard.back();
  for (const auto& each : shop_.heard) {
    EXPECT_EQ(Shop::header(each, "Telgiro-Id"), Shop::header(last, "Telgiro-Id"));
    EXPECT_EQ(each.body, last.body);
  }
  const base::Instant sent{clock().now().micros - kDay};
  EXPECT_EQ(Shop::header(last, "Telgiro-Signature"),
            telling_signature("s", sent, Shop::header(last, "Telgiro-Id"), last.body));
}

TEST_P(OrdersTest, WhoNeverHearsIsGivenUp) {
  ASSERT_OK(place(OrderPay::kBill));
  shop_.status = 500;
  std::string last;
  for (int day = 0; day < 30; ++day) {
    const std::string report = tell();
    if (!report.starts_with("0 sent 0 again 0")) last = report;
    clock().set({clock().now().micros + kDay});
  }
  EXPECT_EQ(last, "0 sent 0 again 1 given up");
  EXPECT_EQ(shop_.heard.size(), 18U);
}

// A plan that the operator does not allow is known beforehand: nothing is issued.
TEST_P(OrdersTest, PartsThatAreNotAllowedRefuseTheOrder) {
  const struct {
    int parts;
    std::string_view code;
    std::string_view papers;
  } rows[] = {
      {12, "plan_parts_wrong", ""}, {7, "plan_parts_wrong", ""}, {6, "", "invoice A1 995.00"}};
  for (const auto& row : rows) {
    PlaceOrder ask = router(OrderPay::kInstalments, "parts" + std::to_string(row.parts));
    ask.parts = row.parts;
    const auto order = place_order(tools(), ask);
    EXPECT_EQ(order ? "" : order.error().code, row.code) << row.parts;
    EXPECT_EQ(papers(), row.papers) << row.parts;
  }
}

TEST_P(OrdersTest, OnesOwnWayFirstThenTheCheapest) {
  const auto offered = [&] {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string text;
    const auto ways = offered_for(*transaction, gateways_, account(1), kronor(500)).value();
    for (const auto& each : ways) {
      text += each.method + " ";
    }
    return text;
  };
  EXPECT_EQ(offered(), "swish card ");
  ASSERT_OK(place(OrderPay::kMethod));
  ASSERT_TRUE(card_.customer_approves("kort-1"));
  deliver_all(card_);
  EXPECT_EQ(offered(), "card swish ") << "what worked last is their own way";
}

TEST_P(OrdersTest, WhatPaymentsCostIsCountedAndShown) {
  ASSERT_OK(place(OrderPay::kMethod));
  ASSERT_TRUE(card_.customer_approves("kort-1"));
  deliver_all(card_);
  ASSERT_OK(place(OrderPay::kMethod, "b"));
  ASSERT_TRUE(card_.customer_declines("kort-2"));
  deliver_all(card_);
  ASSERT_TRUE(card_.bank_takes_back("kort-1"));
  deliver_all(card_);
  EXPECT_EQ(measure_rails(store(), clock()).value(), true);
  EXPECT_EQ(measure_rails(store(), clock()).value(), false) << "not twice within the hour";
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto report =
      report_rail_costs(*transaction, gateways_, base::Date::parse("2026-01-01").value(),
                        base::Date::parse("2026-12-31").value());
  ASSERT_OK(report);
  ASSERT_EQ(report->rows.size(), 1U);
  const auto& row = report->rows.front();
  EXPECT_EQ(row.rail, (domain::Rail{"kort", "card"}));
  EXPECT_EQ(row.payments, 1);
  EXPECT_EQ(row.failures, 1);
  EXPECT_EQ(row.recalls, 1);
  EXPECT_EQ(row.amount, kronor(995));
  EXPECT_EQ(row.cheapest->method, "swish");
  EXPECT_EQ(report->share.accounts, 1);
  const auto measured = transaction->orders().rail_costs().measured().value();
  ASSERT_EQ(measured.size(), 1U);
  EXPECT_EQ(measured.front(), (domain::RailHistory{{"kort", "card"}, 2, 1, 1, 1}));
}

TEST_P(OrdersTest, OrdersAreFoundByWhatIsKnownOfThem) {
  const auto first = place(OrderPay::kLink);
  clock().set({clock().now().micros + kMinute});
  const auto second = place(OrderPay::kBill, "b");
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto found = [&](const ports::OrderFilter& filter) {
    std::string text;
    const auto orders = transaction->orders().list(filter).value();
    for (const auto& order : orders) {
      text += order.reference + " ";
    }
    return text;
  };
  EXPECT_EQ(found({}), "web-b web-a ");
  EXPECT_EQ(found({.state = "ready"}), "web-b ");
  EXPECT_EQ(found({.reference = "web-a"}), "web-a ");
  EXPECT_EQ(found({.bill = first->bill}), "web-a ");
  EXPECT_EQ(found({.after = second->id}), "web-a ");
  EXPECT_EQ(found({.account = account(2)}), "");
  EXPECT_EQ(found({.from = base::Date::parse("2026-11-02").value()}), "");
}

TELGIRO_ON_BOTH_ENGINES(OrdersTest);

}  // namespace
}  // namespace flows
