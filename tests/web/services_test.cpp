// R12 over HTTP: what an agent does to a service, once a key, and who may.
#include <gtest/gtest.h>

#include "ports/billing.h"
#include "support/json/parse.h"
#include "tests/web/openapi_check.h"
#include "tests/web/web_world.h"
#include "web/api/openapi.h"

namespace web {
namespace {

using base::Json;
using domain::Role;
using tests::HttpAnswer;

constexpr std::string_view kService = "/api/v1/accounts/{id}/services/{service}";
constexpr std::string_view kChanges = "/api/v1/accounts/{id}/services/{service}/changes";

class ServicesTest : public testing::Test {
 protected:
  ServicesTest() : agent_(world_.api(Role::kAgent)) {
    const auto read = std::move(*world_.store().begin(ports::TransactionKind::kRead));
    const auto bill = read->billing().list_bills({})->front();
    account_ = "/api/v1/accounts/" + bill.account.to_string();
    const Json shown = *json::parse(agent_->get(account_).body);
    service_ = account_ + "/services/" + (*shown["services"].as_array())[0].text("id");
  }
  // The answer, which must fit what the API says of it.
  Json fitting(std::string_view method, std::string_view pattern, const HttpAnswer& answer) {
    static const Json kDocument = openapi_document(routes());
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto json = json::parse(answer.body);
    if (!json) return {};
    for (const std::string& misfit :
         tests::misfits(kDocument, tests::answer_schema(kDocument, method, pattern), *json)) {
      ADD_FAILURE() << misfit;
    }
    return *json;
  }
  HttpAnswer change(const std::string& body, const std::string& key) {
    return agent_->post_json(service_ + "/changes", body, {{"Idempotency-Key", key}});
  }
  std::int64_t revision() {
    return fitting("get", kService, agent_->get(service_)).integer("revision");
  }

  tests::WebWorld world_;
  std::unique_ptr<tests::HttpClient> agent_;
  std::string account_, service_;
};

TEST_F(ServicesTest, R12IsShownAndKeptOnce) {
  const std::int64_t before = revision();
  const Json dry = fitting("post", kChanges,
                           change(R"({"change":"pause","from":"2026-12-01","dry_run":true})", "a"));
  EXPECT_EQ(revision(), before);
  for (int repeated = 0; repeated < 2; ++repeated) {
    const Json kept =
        fitting("post", kChanges, change(R"({"change":"pause","from":"2026-12-01"})", "b"));
    EXPECT_EQ(kept["after"].dump(), dry["after"].dump());
  }
  EXPECT_EQ(revision(), before + 1);
  fitting("post", kChanges, change(R"({"change":"end","last_day":"2027-01-31"})", "c"));
  const Json shown = fitting("get", kService, agent_->get(service_));
  EXPECT_EQ(shown.text("ends"), "2027-02-01");
  EXPECT_EQ(shown["timeline"].as_array()->size(), 2U);
  fitting("post", kChanges, change(R"({"change":"keep"})", "d"));
}

TEST_F(ServicesTest, RefusesInWords) {
  const struct {
    std::string body, key;
    int status;
    std::string code;
  } rows[] = {
      {R"({"change":"upgrade","from":"2026-12-01"})", "a", 422, "invalid_request"},
      {R"({"change":"pause"})", "b", 422, "invalid_request"},
      {R"({"change":"plan","from":"2026-12-01","code":"NONE"})", "c", 422, "unknown_plan"},
      {R"({"change":"resume","from":"2026-12-01"})", "d", 409, "not_paused"},
      {R"({"change":"keep"})", "e", 409, "service_not_ended"},
      {R"({"change":"pause","from":"2026-12-01"})", "", 400, "idempotency_key_missing"},
  };
  for (const auto& row : rows) {
    const auto answer = change(row.body, row.key);
    EXPECT_EQ(answer.status, row.status) << answer.body;
    EXPECT_EQ(json::parse(answer.body)->text("code"), row.code);
  }
  EXPECT_EQ(revision(), 1);
  EXPECT_EQ(agent_->get(account_ + "/services/none").status, 404);
  EXPECT_EQ(
      world_.api(Role::kAuditor)
          ->post_json(service_ + "/changes", R"({"change":"keep"})", {{"Idempotency-Key", "f"}})
          .status,
      403);
}

}  // namespace
}  // namespace web
