// R02 over HTTP: how an account is billed, by the API and by the page behind a bill's link.
#include <algorithm>

#include <gtest/gtest.h>

#include "domain/billing/profile.h"
#include "flows/care/links.h"
#include "ports/billing.h"
#include "ports/profiles.h"
#include "support/json/parse.h"
#include "tests/web/openapi_check.h"
#include "tests/web/web_world.h"
#include "web/api/openapi.h"

namespace web {
namespace {

using base::Json;
using domain::Role;
using tests::HttpAnswer;

class ChoiceTest : public testing::Test {
 protected:
  ChoiceTest() : agent_(world_.api(Role::kAgent)) {
    const auto bill = read()->billing().list_bills({})->front();
    account_ = bill.account;
    page_ = "/b/" + flows::link_token(tests::test_master_key(), bill.id, flows::kIssueAttempt);
    api_ = "/api/v1/accounts/" + account_.to_string();
  }
  std::unique_ptr<ports::Transaction> read() {
    return std::move(*world_.store().begin(ports::TransactionKind::kRead));
  }
  std::vector<ports::ProfileRevision> revisions() { return *read()->profiles().list(account_); }

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

  tests::WebWorld world_;
  std::unique_ptr<tests::HttpClient> agent_;
  domain::AccountId account_;
  std::string page_, api_;
};

TEST_F(ChoiceTest, R02TheApiShowsPreviewsAndKeeps) {
  const auto list = fitting("get", "/api/v1/accounts", agent_->get("/api/v1/accounts?limit=1"));
  EXPECT_FALSE(list.text("next").empty());
  const Json none = fitting("get", "/api/v1/accounts", agent_->get("/api/v1/accounts?chosen=true"));
  EXPECT_TRUE(none["items"].as_array()->empty());

  const std::string body = R"({"grouping":"category","due_day":25})";
  const Json preview = fitting("get", "/api/v1/accounts/{id}/profile/preview",
                               agent_->get(api_ + "/profile/preview?grouping=category&due_day=25"));
  EXPECT_EQ(preview["bills_after"].as_array()->size(), 3U);
  EXPECT_TRUE(revisions().empty());

  for (int repeated = 0; repeated < 2; ++repeated) {
    fitting("post", "/api/v1/accounts/{id}/profile",
            agent_->post_json(api_ + "/profile", body, {{"Idempotency-Key", "one"}}));
  }
  ASSERT_EQ(revisions().size(), 1U);
  EXPECT_EQ(revisions().front().chosen,
            (domain::ProfileChoice{.grouping = "category", .due_day = 25}));
  fitting("post", "/api/v1/accounts/{id}/profile",
          agent_->post_json(api_ + "/profile", R"({"follow_operator":["grouping"]})",
                            {{"Idempotency-Key", "two"}}));
  EXPECT_EQ(revisions().back().chosen, (domain::ProfileChoice{.due_day = 25}));
  const Json shown = fitting("get", "/api/v1/accounts/{id}", agent_->get(api_));
  EXPECT_EQ(shown["revisions"].as_array()->size(), 2U);
  EXPECT_EQ(shown["next_profile"].integer("due_day"), 25);
}

TEST_F(ChoiceTest, TheApiRefusesInWords) {
  const struct {
    std::string body, key;
    int status;
    std::string code;
  } rows[] = {
      {R"({"grouping":"some"})", "a", 422, "bad_grouping"},
      {R"({"frequency":"hourly"})", "b", 422, "bad_frequency"},
      {R"({"due_day":32})", "c", 422, "bad_profile"},
      {R"({"colour":"red"})", "d", 422, "invalid_request"},
      {R"({"due_day":25})", "", 400, "idempotency_key_missing"},
  };
  for (const auto& row : rows) {
    const auto answer =
        agent_->post_json(api_ + "/profile", row.body, {{"Idempotency-Key", row.key}});
    EXPECT_EQ(answer.status, row.status) << answer.body;
    EXPECT_EQ(json::parse(answer.body)->text("code"), row.code);
  }
  EXPECT_EQ(world_.api(Role::kAuditor)
                ->post_json(api_ + "/profile", "{}", {{"Idempotency-Key", "e"}})
                .status,
            403);
  EXPECT_EQ(agent_->get("/api/v1/accounts/acct_2jmc0xc9fzwwrt867a4eq2x7m7").status, 404);
  EXPECT_TRUE(revisions().empty());
}

TEST_F(ChoiceTest, R02ThePageBehindABillShowsFirstAndKeepsThen) {
  const auto anybody = world_.anybody();
  EXPECT_TRUE(anybody->get(page_).body.contains("href=\"" + page_ + "/choice\""));
  const HttpAnswer form = anybody->get(page_ + "/choice?l=en");
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(form.body.contains("How you are billed"));
  EXPECT_EQ(form.header("Cache-Control"), "no-store");

  const auto send = [&](const std::string& step) {
    return anybody->post_form(page_ + "/choice?l=en", {{"step", step},
                                                       {"grouping", "service"},
                                                       {"frequency", "every_3_months#1"},
                                                       {"due_day", "25"},
                                                       {"detail", "full"}});
  };
  const HttpAnswer preview = send("preview");
  EXPECT_EQ(preview.status, 200) << preview.body;
  EXPECT_TRUE(preview.body.contains("One bill for each service"));
  EXPECT_TRUE(preview.body.contains("Every 3 months"));
  EXPECT_TRUE(preview.body.contains("Every call, message and connection too"));
  EXPECT_TRUE(revisions().empty()) << "a preview keeps nothing";

  const HttpAnswer kept = send("keep");
  EXPECT_EQ(kept.status, 303);
  EXPECT_EQ(kept.header("Location"), page_ + "/choice?l=en&kept=1");
  ASSERT_EQ(revisions().size(), 1U);
  EXPECT_EQ(revisions().front().changed_by, "customer");
  EXPECT_EQ(revisions().front().chosen, (domain::ProfileChoice{.grouping = "service",
                                                               .frequency = "every_3_months#1",
                                                               .due_day = 25,
                                                               .detail = "full"}));
  EXPECT_EQ(std::ranges::count(world_.audit(), "customer profile.changed " + account_.to_string()),
            1);
  EXPECT_TRUE(anybody->get(kept.header("Location")).body.contains("Your choice is kept."));
}

TEST_F(ChoiceTest, ThePageChangesNothingElse) {
  const auto anybody = world_.anybody();
  const struct {
    std::string grouping, frequency, due_day;
  } rows[] = {
      {"", "", ""},
      {"all", "daily", "0"},
      {"streaming=x", "monthly", "0"},
      {"all", "monthly", "7"},
      {"all", "monthly", "1x"},
      {"all", "monthly", ""},
  };
  const auto send = [&](const std::string& page, const std::string& grouping,
                        const std::string& frequency, const std::string& due_day) {
    return anybody->post_form(page + "/choice", {{"step", "keep"},
                                                 {"grouping", grouping},
                                                 {"frequency", frequency},
                                                 {"due_day", due_day},
                                                 {"delivery", "paper"}});
  };
  for (const auto& row : rows) {
    const HttpAnswer answer = send(page_, row.grouping, row.frequency, row.due_day);
    EXPECT_EQ(answer.status, 303) << row.grouping << row.frequency << row.due_day;
    EXPECT_EQ(answer.header("Location"), page_ + "/choice");
  }
  EXPECT_EQ(send(page_, "all", "monthly", "0").status, 303) << "it is so already";
  EXPECT_TRUE(revisions().empty());
  EXPECT_EQ(anybody->get("/b/nothing/choice").status, 404);
  EXPECT_EQ(send("/b/nothing", "all", "monthly", "0").status, 404);
  int refused = 0;
  for (int tries = 0; tries < 40; ++tries) {
    if (send(page_, "all", "monthly", "0").status == 429) ++refused;
  }
  EXPECT_GT(refused, 10);
}

}  // namespace
}  // namespace web
