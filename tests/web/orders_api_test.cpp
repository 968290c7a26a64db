// Orders over HTTP: an integrator's key places one once, answers fit the document, problems say
// what and where, and only who may order does.
#include <gtest/gtest.h>

#include "support/json/parse.h"
#include "tests/web/openapi_check.h"
#include "tests/web/web_world.h"
#include "web/api/openapi.h"

namespace web {
namespace {

using base::Json;
using domain::Role;
using tests::HttpAnswer;
using tests::HttpClient;

Json body_of(const HttpAnswer& answer) {
  const auto json = json::parse(answer.body);
  EXPECT_TRUE(json.has_value()) << answer.body;
  return json ? *json : Json();
}

const Json& document() {
  static const Json kDocument = openapi_document(routes());
  return kDocument;
}

class OrdersApiTest : public testing::Test {
 protected:
  OrdersApiTest() : shop_(world_.api(Role::kIntegrator)) {
    const Json accounts = body_of(shop_->get("/api/v1/accounts"));
    account_ = accounts["items"].as_array()->front()["account"].text("id");
    if (account_.empty()) account_ = accounts["items"].as_array()->front().text("id");
  }
  // Of one router; `more` are members of the body.
  HttpAnswer place(const std::string& key, const std::string& more,
                   const std::string& items = R"([{"code":"ROUTER-AX"}])") {
    return shop_->post_json("/api/v1/orders",
                            R"({"account":")" + account_ + R"(","items":)" + items + more + "}",
                            {{"Idempotency-Key", key}});
  }
  Json placed(const std::string& key, const std::string& more) {
    const HttpAnswer answer = place(key, more);
    EXPECT_EQ(answer.status, 201) << answer.body;
    fit("post", "/api/v1/orders", body_of(answer));
    return body_of(answer);
  }
  static void fit(std::string_view method, std::string_view path, const Json& json) {
    for (const std::string& misfit :
         tests::misfits(document(), tests::answer_schema(document(), method, path), json)) {
      ADD_FAILURE() << misfit;
    }
  }
  Json get(std::string_view pattern, const std::string& target) {
    const HttpAnswer answer = shop_->get(target);
    EXPECT_EQ(answer.status, 200) << answer.body;
    fit("get", pattern, body_of(answer));
    return body_of(answer);
  }

  tests::WebWorld world_;
  std::unique_ptr<HttpClient> shop_;
  std::string account_;
};

TEST_F(OrdersApiTest, FromTheShopToHandingOver) {
  const Json order = placed("a", R"(,"reference":"web-1","pay":{"how":"bill"})");
  EXPECT_EQ(order.text("state"), "ready");
  EXPECT_EQ(order.text("total"), "995.00");
  EXPECT_EQ(place("a", R"(,"reference":"web-1","pay":{"how":"bill"})").body,
            place("a", R"(,"reference":"web-1","pay":{"how":"bill"})").body);
  const Json all = get("/api/v1/orders", "/api/v1/orders?reference=web-1");
  ASSERT_EQ(all["items"].as_array()->size(), 1U);
  const std::string path = "/api/v1/orders/" + order.text("id");
  EXPECT_EQ(get("/api/v1/orders/{id}", path).text("state"), "ready");
  const HttpAnswer over = shop_->post_json(path + "/hand-over", "{}", {{"Idempotency-Key", "h"}});
  EXPECT_EQ(over.status, 200) << over.body;
  EXPECT_EQ(body_of(over).text("state"), "handed_over");
  const HttpAnswer late =
      shop_->post_json(path + "/cancel", R"({"reason":"late"})", {{"Idempotency-Key", "c"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(body_of(late).text("code"), "order_step_impossible");
}

TEST_F(OrdersApiTest, PaidByALinkAndCancelled) {
  const Json order = placed("a", R"(,"pay":{"how":"now"})");
  EXPECT_EQ(order.text("state"), "awaiting_payment");
  EXPECT_TRUE(order.text("pay_link").contains("/b/"));
  EXPECT_EQ(shop_->get("/api/v1/bills/" + order.text("bill")).status, 200);
  const HttpAnswer cancelled =
      shop_->post_json("/api/v1/orders/" + order.text("id") + "/cancel", R"({"reason":"no stock"})",
                       {{"Idempotency-Key", "c"}});
  EXPECT_EQ(cancelled.status, 200) << cancelled.body;
  fit("post", "/api/v1/orders/{id}/cancel", body_of(cancelled));
  EXPECT_EQ(body_of(cancelled).text("state"), "cancelled");
}

TEST_F(OrdersApiTest, WhatItWouldComeToKeepsNothing) {
  const HttpAnswer answer = place("a", R"(,"dry_run":true)");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(body_of(answer).text("total"), "995.00");
  EXPECT_TRUE(get("/api/v1/orders", "/api/v1/orders")["items"].as_array()->empty());
}

TEST_F(OrdersApiTest, ProblemsSayWhatAndWhere) {
  const struct {
    std::string items, more;
    int status;
    std::string_view code;
  } rows[] = {
      {"[]", "", 422, "order_without_items"},
      {R"([{"code":"GHOST"}])", "", 422, "unknown_item"},
      {R"([{"code":"ROUTER-AX","quantity":"many"}])", "", 422, "invalid_request"},
      {R"([{"code":"ROUTER-AX","price":"1","price_with_vat":"1"}])", "", 422, "invalid_request"},
      {R"([{"code":"ROUTER-AX","vat_rate":"12"}])", "", 422, "vat_rate_differs"},
      {R"([{"code":"ROUTER-AX"}])", R"(,"pay":{"how":"later"})", 422, "invalid_request"},
      {R"([{"code":"ROUTER-AX"}])", R"(,"pay":{"how":"now","method":"shells"})", 422,
       "method_not_offered"},
      {R"([{"code":"ROUTER-AX"}])", R"(,"pay":{"how":"now","method":"mandate"})", 409,
       "no_mandate"},
      {R"([{"code":"ROUTER-AX"}])", R"(,"pay":{"how":"now","method":"kept"})", 422,
       "kept_method_unknown"},
      {R"([{"code":"ROUTER-AX"}])", R"(,"pay":{"how":"instalments","parts":1})", 422,
       "invalid_request"},
      {R"([{"code":"X","name":"X","price":"5"}])", R"(,"pay":{"how":"bill"})", 422,
       "item_not_on_bill"},
  };
  for (const auto& row : rows) {
    const HttpAnswer answer = place("a", row.more, row.items);
    EXPECT_EQ(answer.status, row.status) << answer.body;
    EXPECT_EQ(body_of(answer).text("code"), row.code) << row.items << row.more;
  }
  EXPECT_EQ(shop_->get("/api/v1/orders/ord_00000000000000000000000001").status, 404);
  EXPECT_EQ(shop_->get("/api/v1/orders?state=paid").status, 400);
}

TEST_F(OrdersApiTest, WhoMayOrder) {
  const auto reader = world_.api(Role::kAuditor);
  EXPECT_EQ(reader->get("/api/v1/orders").status, 200);
  EXPECT_EQ(reader->post_json("/api/v1/orders", "{}", {{"Idempotency-Key", "a"}}).status, 403);
  EXPECT_EQ(world_.api(Role::kProduct)->get("/api/v1/orders").status, 403);
}

TEST_F(OrdersApiTest, TheConsoleShowsThemAndWhatPaymentsCost) {
  placed("a", R"(,"reference":"web-77","pay":{"how":"bill"})");
  const auto agent = world_.console(Role::kAgent);
  EXPECT_TRUE(agent->get("/console/orders").body.contains("web-77"));
  EXPECT_FALSE(agent->get("/console/orders?state=failed").body.contains("web-77"));
  EXPECT_TRUE(agent->get("/console/orders.csv").body.contains("web-77"));
  EXPECT_EQ(agent->get("/console/rail-costs").status, 200);
  EXPECT_EQ(agent->get("/console/rail-costs?from=2026-01-01&to=2026-12-31").status, 200);
  get("/api/v1/rail-costs", "/api/v1/rail-costs?from=2026-01-01&to=2026-12-31");
}

}  // namespace
}  // namespace web
