// The API over HTTP: answers fit the document that describes them, pages follow one another,
// problems say what and where, and a write that is repeated is done once (D11).
#include <gtest/gtest.h>

#include <set>

#include "support/json/parse.h"
#include "tests/web/openapi_check.h"
#include "tests/web/web_world.h"
#include "web/api/openapi.h"

namespace web {
namespace {

using base::Json;
using domain::Role;
using tests::answer_schema;
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

class ApiTest : public testing::Test {
 protected:
  ApiTest() : finance_(world_.api(Role::kFinance)) {}

  // The answer's JSON, which must fit what the document says of this operation.
  Json get(std::string_view pattern, const std::string& target) {
    const HttpAnswer answer = finance_->get(target);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.header("Content-Type"), "application/json");
    const Json json = body_of(answer);
    expect_fit(answer_schema(document(), "get", pattern), json);
    return json;
  }
  Json get(const std::string& path) { return get(path.substr(0, path.find('?')), path); }

  static void expect_fit(const Json& schema, const Json& json) {
    ASSERT_FALSE(schema.is_null());
    for (const std::string& misfit : tests::misfits(document(), schema, json)) {
      ADD_FAILURE() << misfit;
    }
  }

  static void expect_problem(const HttpAnswer& answer, int status, std::string_view code) {
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    const Json problem = body_of(answer);
    EXPECT_EQ(problem.text("code"), code);
    EXPECT_EQ(problem.integer("status"), status);
    EXPECT_EQ(problem.text("type"), "urn:telgiro:problem:" + std::string(code));
    EXPECT_EQ(problem.text("request_id"), answer.header("X-Request-Id"));
    expect_fit(Json::object().set("$ref", "#/components/schemas/Problem"), problem);
  }

  HttpAnswer start_run(std::string_view key, std::string_view body) {
    return finance_->post_json("/api/v1/billing-runs", body,
                               {{"Idempotency-Key", std::string(key)}});
  }

  tests::WebWorld world_;
  std::unique_ptr<HttpClient> finance_;
};

TEST(OpenApi, IsWholeAndEveryRouteIsInIt) {
  const Json& whole = document();
  EXPECT_EQ(whole.text("openapi"), "3.1.0");
  EXPECT_TRUE(tests::dangling_references(whole).empty());
  std::size_t operations = 0;
  for (const auto& [path, methods] : *whole["paths"].as_object()) {
    operations += methods.as_object()->size();
  }
  const auto of_the_api = std::ranges::count_if(
      routes(), [](const Route& route) { return surface_of(route.path) == Surface::kApi; });
  EXPECT_EQ(operations, static_cast<std::size_t>(of_the_api));
  // Every part in braces is a parameter of its operation.
  for (const auto& [path, methods] : *whole["paths"].as_object()) {
    for (const auto& [method, operation] : *methods.as_object()) {
      const bool has_part = path.contains('{');
      const bool has_parameter = operation["parameters"].dump().contains("\"in\":\"path\"");
      EXPECT_EQ(has_part, has_parameter) << path;
    }
  }
}

TEST_F(ApiTest, TellsItsOwnDescription) {
  const HttpAnswer answer = world_.anybody()->get("/api/v1/openapi.json");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(body_of(answer), document());
}

TEST_F(ApiTest, Customers) {
  const Json all = get("/api/v1/customers");
  const auto& items = *all["items"].as_array();
  ASSERT_EQ(items.size(), 3U);
  const std::string number = std::to_string(items[0].integer("number"));
  const Json by_number = get("/api/v1/customers?number=" + number);
  EXPECT_EQ((*by_number["items"].as_array()).at(0), items[0]);
  const Json by_source = get("/api/v1/customers?division=broadband&number=70002");
  EXPECT_EQ((*by_source["items"].as_array()).at(0).text("name"), "Olle Dahl");
  EXPECT_TRUE(get("/api/v1/customers?number=1")["items"].as_array()->empty());
  EXPECT_TRUE(get("/api/v1/customers?number=x")["items"].as_array()->empty());
}

TEST_F(ApiTest, R06BillsAndTheirPapers) {
  const Json page = get("/api/v1/bills?period=2026-10&state=open");
  const auto& items = *page["items"].as_array();
  ASSERT_EQ(items.size(), 3U);
  const std::string id = items[0].text("id");
  const Json detail = get("/api/v1/bills/{id}", "/api/v1/bills/" + id);
  EXPECT_EQ(detail["bill"], items[0]);
  EXPECT_EQ(detail.text("asked"), items[0].text("rest"));
  EXPECT_EQ(detail["invoices"].as_array()->size(), 1U);
  EXPECT_EQ(
      get("/api/v1/bills?reference=" + items[1].text("reference"))["items"].as_array()->size(), 1U);
  EXPECT_EQ(get("/api/v1/bills?account=" + items[2].text("account"))["items"].as_array()->size(),
            1U);
  EXPECT_TRUE(get("/api/v1/bills?period=2026-09")["items"].as_array()->empty());
  EXPECT_EQ(get("/api/v1/documents")["items"].as_array()->size(), 3U);
}

TEST_F(ApiTest, R13ABillIsCreditedOnceForEachKey) {
  const Json bills = get("/api/v1/bills");
  const Json bill = (*bills["items"].as_array())[0];
  const std::string path = "/api/v1/bills/" + bill.text("id") + "/credit-notes";
  const auto credit = [&](HttpClient& client, const std::string& key, const std::string& body) {
    return client.post_json(path, body, {{"Idempotency-Key", key}});
  };
  const auto agent = world_.api(Role::kAgent);
  expect_problem(credit(*agent, "a", R"({"reason":"x"})"), 403, "permission_denied");
  const HttpAnswer first = credit(*finance_, "a", R"({"reason":"x","amount":"10.00"})");
  EXPECT_EQ(first.status, 201) << first.body;
  expect_fit(answer_schema(document(), "post", "/api/v1/bills/{id}/credit-notes"), body_of(first));
  EXPECT_EQ(body_of(first)["credit_note"].text("number"), "K1");
  EXPECT_EQ(body_of(first)["bill"].text("credited"), "10.00");
  EXPECT_EQ(credit(*finance_, "a", R"({"reason":"x","amount":"10.00"})").body, first.body);
  expect_problem(credit(*finance_, "b", R"({"reason":"x","amount":"99999.00"})"), 409,
                 "credit_exceeds_invoice");
  expect_problem(credit(*finance_, "c", R"({"reason":"x","lines":["99"]})"), 422, "unknown_line");
  expect_problem(credit(*finance_, "d", R"({"reason":""})"), 422, "missing_reason");
  const auto senior = world_.api(Role::kSeniorAgent);
  const Json whole = body_of(credit(*senior, "e", R"({"reason":"x"})"));
  EXPECT_EQ(whole["credit_note"].text("number"), "K2");
  EXPECT_EQ(whole["bill"].text("state"), "credited");
  const Json detail = get("/api/v1/bills/{id}", "/api/v1/bills/" + bill.text("id"));
  EXPECT_EQ(detail["credit_notes"].as_array()->size(), 2U);
  EXPECT_EQ(get("/api/v1/documents?kind=credit_note")["items"].as_array()->size(), 2U);
}

TEST_F(ApiTest, PagesFollowOneAnotherWithoutGapOrOverlap) {
  for (const std::string list :
       {"/api/v1/bills", "/api/v1/customers", "/api/v1/documents", "/api/v1/rejects"}) {
    SCOPED_TRACE(list);
    std::vector<std::string> ids;
    std::string target = list + "?limit=1";
    for (int page = 0; page < 10 && !target.empty(); ++page) {
      const Json json = get(target);
      for (const Json& item : *json["items"].as_array()) ids.push_back(item.text("id"));
      const std::string next = json.text("next");
      target = next.empty() ? "" : list + "?limit=1&cursor=" + next;
    }
    std::vector<std::string> all;
    const Json whole = get(list);
    for (const Json& item : *whole["items"].as_array()) all.push_back(item.text("id"));
    EXPECT_EQ(ids, all);
    EXPECT_GE(ids.size(), 2U);
  }
}

TEST_F(ApiTest, TheLedgerIsBalanced) {
  const Json now = get("/api/v1/ledger/trial-balance");
  EXPECT_EQ(*now["balanced"].as_bool(), true);
  EXPECT_FALSE(now["rows"].as_array()->empty());
  const Json before = get("/api/v1/ledger/trial-balance?effective=2026-01-01");
  EXPECT_TRUE(before["rows"].as_array()->empty());
  EXPECT_TRUE(get("/api/v1/ledger/trial-balance?recorded=2026-01-01T00:00:00Z")["rows"]
                  .as_array()
                  ->empty());
}

TEST_F(ApiTest, ARunIsAskedForAndWorksInTheBackground) {
  const HttpAnswer asked = start_run("k1", R"({"period":"2026-11","dry_run":true})");
  EXPECT_EQ(asked.status, 202);
  const Json job = body_of(asked);
  expect_fit(answer_schema(document(), "post", "/api/v1/billing-runs"), job);
  EXPECT_EQ(job.text("state"), "waiting");
  const std::string place = asked.header("Location");
  EXPECT_EQ(place, "/api/v1/jobs/" + job.text("id"));
  EXPECT_TRUE(world_.jobs().run_one().value());
  const Json done = get("/api/v1/jobs/{id}", place);
  EXPECT_EQ(done.text("state"), "done");
  EXPECT_EQ(done["result"].integer("documents"), 3);
  EXPECT_EQ(get("/api/v1/billing-runs")["items"].as_array()->size(), 1U);  // Nothing was kept.

  world_.clock().set(base::Instant::parse("2026-12-01T08:00:00Z").value());
  EXPECT_EQ(start_run("k2", R"({"period":"2026-11"})").status, 202);
  EXPECT_TRUE(world_.jobs().run_one().value());
  const Json runs = get("/api/v1/billing-runs");
  ASSERT_EQ(runs["items"].as_array()->size(), 2U);
  const Json& newest = runs["items"].as_array()->front();
  EXPECT_EQ(newest.text("period"), "2026-11");
  EXPECT_TRUE(newest.text("started_by").starts_with("tok_"));
  const Json run = get("/api/v1/billing-runs/{id}", "/api/v1/billing-runs/" + newest.text("id"));
  EXPECT_EQ(run.integer("batches"), run.integer("batches_issued"));
}

TEST_F(ApiTest, ARepeatedWriteIsDoneOnce) {
  const std::string body = R"({"period":"2026-11","dry_run":true})";
  const HttpAnswer first = start_run("same", body);
  const HttpAnswer again = start_run("same", body);
  EXPECT_EQ(again.status, first.status);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("Location"), first.header("Location"));
  EXPECT_TRUE(world_.jobs().run_one().value());
  EXPECT_FALSE(world_.jobs().run_one().value());  // There was one job only.
  expect_problem(start_run("same", R"({"period":"2026-12"})"), 409, "idempotency_key_reused");
  // Somebody else's keys are their own.
  const auto admin = world_.api(Role::kAdmin);
  const HttpAnswer other =
      admin->post_json("/api/v1/billing-runs", body, {{"Idempotency-Key", "same"}});
  EXPECT_EQ(other.status, 202);
  EXPECT_NE(other.body, first.body);
}

TEST_F(ApiTest, KeysOfRepetitionsAreChecked) {
  const std::string body = R"({"period":"2026-11"})";
  expect_problem(finance_->post_json("/api/v1/billing-runs", body), 400, "idempotency_key_missing");
  expect_problem(start_run(std::string(201, 'k'), body), 400, "bad_idempotency_key");
  expect_problem(start_run("two words", body), 400, "bad_idempotency_key");
  expect_problem(start_run("k", "{}"), 422, "invalid_request");
  EXPECT_EQ(start_run("k", body).status, 202);  // What failed had used up nothing.
}

TEST_F(ApiTest, ARejectIsCorrectedOnce) {
  const Json rejects = get("/api/v1/rejects?state=open&code=unknown_plan");
  ASSERT_EQ(rejects["items"].as_array()->size(), 1U);
  const std::string id = rejects["items"].as_array()->front().text("id");
  const Json reject = get("/api/v1/rejects/{id}", "/api/v1/rejects/" + id);
  std::string raw = reject.text("raw");
  EXPECT_TRUE(raw.contains("NOPLAN"));
  const std::string path = "/api/v1/rejects/" + id + "/correct";
  const auto correct = [&](std::string_view key) {
    return finance_->post_json(path, Json::object().set("raw", raw).dump(),
                               {{"Idempotency-Key", std::string(key)}});
  };
  expect_problem(correct("a"), 422, "record_still_wrong");
  raw.replace(raw.find("NOPLAN"), 6, "FIBER100");
  const HttpAnswer corrected = correct("b");
  EXPECT_EQ(corrected.status, 200) << corrected.body;
  expect_fit(answer_schema(document(), "post", "/api/v1/rejects/{id}/correct"), body_of(corrected));
  EXPECT_EQ(correct("b").body, corrected.body);
  expect_problem(correct("c"), 409, "reject_closed");
  EXPECT_EQ(get("/api/v1/customers?division=broadband&number=70004")["items"].as_array()->size(),
            1U);
  const Json imports = get("/api/v1/imports");
  EXPECT_EQ(imports["items"].as_array()->size(), 1U);
}

TEST_F(ApiTest, ARejectIsDiscardedWithAReason) {
  const Json rejects = get("/api/v1/rejects?state=open&field=startdatum");
  ASSERT_EQ(rejects["items"].as_array()->size(), 1U);
  const std::string path =
      "/api/v1/rejects/" + rejects["items"].as_array()->front().text("id") + "/discard";
  expect_problem(finance_->post_json(path, R"({"reason":" "})", {{"Idempotency-Key", "a"}}), 422,
                 "missing_reason");
  const HttpAnswer answer =
      finance_->post_json(path, R"({"reason":"dubblett"})", {{"Idempotency-Key", "b"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(body_of(answer).text("state"), "discarded");
}

TEST_F(ApiTest, ProblemsSayWhatIsWrongAndWhere) {
  struct Row {
    std::string target;
    int status;
    std::string_view code;
    std::string_view place;
  };
  const Row rows[] = {
      {"/api/v1/nothing", 404, "route_not_found", ""},
      {"/api/v1/bills?perod=2026-10", 400, "unknown_parameter", "perod"},
      {"/api/v1/bills?period=2026-13", 400, "bad_parameter", "period"},
      {"/api/v1/bills?state=late", 400, "bad_parameter", "state"},
      {"/api/v1/bills?limit=0", 400, "bad_parameter", "limit"},
      {"/api/v1/bills?limit=201", 400, "bad_parameter", "limit"},
      {"/api/v1/bills?limit=99999999999999999999", 400, "bad_parameter", "limit"},
      {"/api/v1/bills?limit=-1", 400, "bad_parameter", "limit"},
      {"/api/v1/bills?cursor=x", 400, "not_an_id", ""},
      {"/api/v1/bills?account=bill_1", 400, "not_an_id", ""},
      {"/api/v1/documents?cursor=x", 400, "bad_cursor", "cursor"},
      {"/api/v1/bills?state=%zz", 400, "bad_url_encoding", ""},
      {"/api/v1/bills/7", 400, "not_an_id", ""},
      {"/api/v1/bills/acct_00000000000000000000000001.bill_00000000000000000000000001", 404,
       "bill_not_found", "bill_00000000000000000000000001"},
      {"/api/v1/billing-runs/run_00000000000000000000000001", 404, "run_not_found",
       "run_00000000000000000000000001"},
      {"/api/v1/jobs/job_00000000000000000000000001", 404, "job_not_found",
       "job_00000000000000000000000001"},
      {"/api/v1/rejects/rej_00000000000000000000000001", 404, "unknown_reject",
       "rej_00000000000000000000000001"},
      {"/api/v1/ledger/trial-balance?effective=yesterday", 400, "bad_parameter", "effective"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.target);
    const HttpAnswer answer = finance_->get(row.target);
    expect_problem(answer, row.status, row.code);
    EXPECT_EQ(body_of(answer).text("place"), row.place);
  }
}

TEST_F(ApiTest, EverythingThatIsWrongWithABodyIsSaid) {
  const HttpAnswer answer = start_run("k", R"({"period":"october","dry_run":"yes","more":1})");
  expect_problem(answer, 422, "invalid_request");
  std::set<std::string> pointers;
  const Json problem = body_of(answer);
  for (const Json& error : *problem["errors"].as_array()) pointers.insert(error.text("pointer"));
  EXPECT_EQ(pointers, (std::set<std::string>{"/period", "/dry_run", "/more"}));
  expect_problem(start_run("k", "{"), 400, "bad_json");
  expect_problem(start_run("k", R"({"period":1.5})"), 400, "not_an_integer");
  expect_problem(finance_->request("POST", "/api/v1/billing-runs", "period=2026-10",
                                   {{"Content-Type", "application/x-www-form-urlencoded"}}),
                 415, "not_json");
}

TEST_F(ApiTest, AnotherMethodIsToldWhichThereAre) {
  const HttpAnswer answer = finance_->request("DELETE", "/api/v1/billing-runs");
  expect_problem(answer, 405, "method_not_allowed");
  EXPECT_EQ(answer.header("Allow"), "GET, HEAD, POST");
}

TEST_F(ApiTest, LooksAndChangesAreInTheAuditTrail) {
  static_cast<void>(get("/api/v1/customers?number=70001&division=broadband"));
  static_cast<void>(get("/api/v1/rejects?text=Nils"));
  EXPECT_EQ(start_run("k", R"({"period":"2026-11"})").status, 202);
  std::string rows;
  for (const std::string& row : world_.audit()) rows += row + "\n";
  EXPECT_TRUE(rows.contains(" customer.read /api/v1/customers?number=70001&division=broadband\n"))
      << rows;
  EXPECT_TRUE(rows.contains(" run.requested job_"));
  EXPECT_TRUE(rows.contains(" reject.list /api/v1/rejects?text=%2A%2A%2A\n"));
  EXPECT_FALSE(rows.contains("Nils"));  // What somebody typed may be anything.
}

TEST_F(ApiTest, MetricsAreForThoseWhoMayReadThem) {
  EXPECT_EQ(finance_->get("/metrics").status, 403);
  EXPECT_EQ(world_.anybody()->get("/metrics").status, 401);
  const HttpAnswer answer = world_.api(Role::kIntegrator)->get("/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body.contains(R"(telgiro_outbox_pending{topic="order"} 0)"));
  EXPECT_TRUE(answer.body.contains("telgiro_http_requests_total{route=\"/metrics\""));
}

}  // namespace
}  // namespace web
