// The console's reconciliation and refunds: a month that holds and one that does not, in the
// reader's language; a refund from the wish to the bank's file, with four eyes on the way.
#include <gtest/gtest.h>

#include <map>

#include "flows/payments/import_bank_file.h"
#include "ports/refunds.h"
#include "tests/flows/payment_world.h"
#include "tests/flows/statement_file.h"
#include "tests/web/web_world.h"

namespace web {
namespace {

using domain::Role;
using tests::field_of;
using tests::HttpAnswer;
using tests::HttpClient;
using tests::statement_file;
using tests::WebWorld;

class ReconciliationPageTest : public testing::Test {
 protected:
  HttpClient& client(Role role) {
    if (!clients_.contains(role)) clients_[role] = world_.console(role);
    return *clients_[role];
  }
  HttpAnswer get(Role role, const std::string& path) { return client(role).get(path); }
  HttpAnswer post(Role role, const std::string& path,
                  const std::vector<std::pair<std::string, std::string>>& fields,
                  const std::string& key) {
    Fields body;
    for (const auto& [name, value] : fields) body.set(name, value);
    body.set("form_token", field_of(get(role, "/console/refunds"), "form_token"));
    body.set("idempotency_key", key);
    return client(role).request("POST", path, body.encode(),
                                {{"Content-Type", "application/x-www-form-urlencoded"}});
  }
  void import(const std::string& name, const std::string& bytes) {
    ASSERT_OK(flows::import_bank_file(world_.store(), world_.clock(),
                                      flows::Snapshot::of_text(name, bytes), {}));
  }
  std::vector<domain::Refund> refunds() {
    const auto transaction = world_.store().begin(ports::TransactionKind::kRead).value();
    return transaction->payments().refunds().list({.limit = 10}).value();
  }
  std::string waiting_payment() {
    const auto transaction = world_.store().begin(ports::TransactionKind::kRead).value();
    const auto waiting = transaction->payments().list_payments({.state = "suspense"}).value();
    return waiting.at(0).id.to_string();
  }

  WebWorld world_;
  std::map<Role, std::unique_ptr<HttpClient>> clients_;
};

TEST_F(ReconciliationPageTest, AMonthThatHoldsAndOneThatDoesNot) {
  const std::string path = "/console/reconciliation?month=2026-11";
  EXPECT_TRUE(get(Role::kFinance, path).body.contains("notice good"));
  import("s1.xml",
         statement_file({.opening = 100, .entries = {{70, "2026-11-20", "R1"}}, .closing = 170}));
  const HttpAnswer holds = get(Role::kFinance, path);
  EXPECT_TRUE(holds.body.contains("notice good"));
  EXPECT_TRUE(holds.body.contains("SE4550000000058398257466"));
  import("s3.xml", statement_file({.id = "S3",
                                   .opening = 200,
                                   .entries = {{5, "2026-11-24", "R3"}},
                                   .closing = 205,
                                   .day = "2026-11-24"}));
  const HttpAnswer differs = get(Role::kFinance, path);
  EXPECT_FALSE(differs.body.contains("notice good"));
  EXPECT_TRUE(differs.body.contains("Ett kontoutdrag mellan två andra saknas")) << differs.body;
  EXPECT_TRUE(differs.body.contains("statement_missing"));
  EXPECT_EQ(get(Role::kAgent, path).status, 403);
}

TEST_F(ReconciliationPageTest, ARefundFromTheWishToTheBanksFile) {
  import("s1.xml", statement_file({.entries = {{70, "2026-11-20", "R1"}}, .closing = 70}));
  const std::string payment = waiting_payment();
  const auto wish = [&](Role role, const std::string& key) {
    return post(role, "/console/refunds/propose", {{"from", payment}, {"reason", "Not ours"}}, key)
        .status;
  };
  EXPECT_EQ(wish(Role::kSeniorAgent, "p0"), 403);
  EXPECT_EQ(wish(Role::kFinance, "p1"), 303);
  ASSERT_EQ(refunds().size(), 1U);
  const std::string path = "/console/refunds/" + refunds().at(0).id.to_string();
  // Whoever asked is not shown the way, and cannot go it.
  EXPECT_FALSE(get(Role::kFinance, "/console/refunds").body.contains("/approve\""));
  EXPECT_EQ(post(Role::kFinance, path + "/approve", {}, "a1").status, 422);
  EXPECT_EQ(post(Role::kFinance, "/console/refunds/send", {}, "s0").status, 422);
  EXPECT_TRUE(get(Role::kAdmin, "/console/refunds").body.contains("/approve\""));
  EXPECT_EQ(post(Role::kAdmin, path + "/approve", {}, "a2").status, 303);
  const HttpAnswer waiting = get(Role::kFinance, "/console/refunds");
  EXPECT_TRUE(waiting.body.contains("1 godkänd återbetalning väntar")) << waiting.body;
  EXPECT_FALSE(get(Role::kAuditor, "/console/refunds").body.contains("/console/refunds/send"));
  EXPECT_EQ(post(Role::kAuditor, "/console/refunds/send", {}, "s1").status, 403);

  EXPECT_EQ(post(Role::kFinance, "/console/refunds/send", {}, "s2").status, 303);
  EXPECT_EQ(post(Role::kFinance, "/console/refunds/send", {}, "s2").status, 303);  // The same.
  EXPECT_EQ(post(Role::kFinance, "/console/refunds/send", {}, "s3").status, 422);  // Nothing left.
  const domain::Refund sent = refunds().at(0);
  EXPECT_EQ(sent.state, domain::RefundState::kSent);
  const std::string file = "/console/refunds/files/" + sent.batch.to_string();
  EXPECT_TRUE(get(Role::kFinance, "/console/refunds").body.contains("href=\"" + file + "\""));
  const HttpAnswer bytes = get(Role::kFinance, file);
  EXPECT_EQ(bytes.status, 200);
  EXPECT_TRUE(bytes.header("Content-Type").starts_with("application/xml"));
  EXPECT_TRUE(bytes.header("Content-Disposition").contains(sent.batch.to_string() + ".xml"));
  EXPECT_TRUE(bytes.body.contains("<EndToEndId>" + sent.end_to_end_id() + "</EndToEndId>"));
  EXPECT_TRUE(bytes.body.contains("SE4550000000058398257466"));  // From the only account that fits.
  EXPECT_EQ(get(Role::kFinance, file).body, bytes.body);
  EXPECT_EQ(get(Role::kAuditor, file).status, 403);
  EXPECT_EQ(get(Role::kFinance, "/console/refunds/files/none").status, 400);
  bool is_told = false;
  for (const std::string& row : world_.audit()) is_told = is_told || row.contains(" refund.file ");
  EXPECT_TRUE(is_told);
}

TEST_F(ReconciliationPageTest, ListsAreSearchedAndSaved) {
  const tests::StatementText paid{
      .entries = {{70, "2026-10-20", "R1"}}, .closing = 70, .day = "2026-10-20"};
  import("s1.xml", statement_file(paid));
  const std::string month = "month=2026-10";
  const auto page = [&](const std::string& more) {
    return get(Role::kFinance, "/console/reconciliation?" + month + more).body;
  };
  EXPECT_TRUE(page("").contains("SE4550000000058398257466"));
  const std::string row = "<th scope=\"row\" class=\"id\">SE4550000000058398257466";
  EXPECT_TRUE(page("&text=se455").contains(row));
  EXPECT_FALSE(page("&text=se999").contains(row));
  const auto file = [&](const std::string& name, const std::string& more = "") {
    return get(Role::kAuditor, "/console/reconciliation/" + name + "?" + month + more);
  };
  EXPECT_TRUE(file("proof.csv")
                  .body.contains("\"bank\",\"SE4550000000058398257466\",\"SEK\",\"0.00\",\"70.00\","
                                 "\"70.00\",\"70.00\""))
      << file("proof.csv").body;
  EXPECT_TRUE(file("suspense.csv").body.contains("\"no_reference\""));
  EXPECT_FALSE(file("suspense.csv", "&days=366-").body.contains("\"no_reference\""));
  EXPECT_FALSE(file("suspense.csv", "&text=undone").body.contains("\"no_reference\""));
  EXPECT_TRUE(file("settlements.csv").body.contains("\"payout\""));
  EXPECT_EQ(file("other.csv").status, 404);
  EXPECT_EQ(get(Role::kAgent, "/console/reconciliation/proof.csv").status, 403);
}

TEST_F(ReconciliationPageTest, ARefundIsWithdrawnInTheConsoleAndByTheApi) {
  import("s1.xml", statement_file({.entries = {{70, "2026-11-20", "R1"}}, .closing = 70}));
  const auto approved = [&](const std::string& key) {
    post(Role::kFinance, "/console/refunds/propose",
         {{"from", waiting_payment()}, {"reason", "Not ours"}}, key);
    std::string id;
    for (const domain::Refund& each : refunds()) {
      if (each.state == domain::RefundState::kProposed) id = each.id.to_string();
    }
    EXPECT_EQ(post(Role::kAdmin, "/console/refunds/" + id + "/approve", {}, key + "a").status, 303);
    return id;
  };
  const std::string first = approved("p1");
  const std::string path = "/console/refunds/" + first + "/withdraw";
  EXPECT_TRUE(get(Role::kFinance, "/console/refunds").body.contains(path));
  EXPECT_FALSE(get(Role::kAuditor, "/console/refunds").body.contains(path));
  EXPECT_EQ(post(Role::kAuditor, path, {{"reason", "x"}}, "w0").status, 403);
  EXPECT_EQ(post(Role::kFinance, path, {}, "w1").status, 422);
  EXPECT_EQ(post(Role::kFinance, path, {{"reason", "It is ours"}}, "w2").status, 303);
  ASSERT_EQ(refunds().size(), 1U);
  EXPECT_EQ(refunds().at(0).state, domain::RefundState::kWithdrawn);
  EXPECT_FALSE(get(Role::kFinance, "/console/refunds").body.contains(path));
  EXPECT_TRUE(get(Role::kFinance, "/console/refunds?state=withdrawn").body.contains("Återtagen"));
  EXPECT_TRUE(get(Role::kAuditor, "/console/refunds.csv?state=withdrawn").body.contains(first));
  EXPECT_FALSE(get(Role::kAuditor, "/console/refunds.csv?state=sent").body.contains(first));

  const std::string second = approved("p2");
  const auto finance = world_.api(Role::kFinance);
  const std::string target = "/api/v1/refunds/" + second + "/withdraw";
  const auto withdraw = [&](HttpClient& client, const std::string& key) {
    return client.post_json(target, R"({"reason": "It is ours"})", {{"Idempotency-Key", key}});
  };
  EXPECT_EQ(withdraw(*world_.api(Role::kIntegrator), "i").status, 403);
  EXPECT_TRUE(withdraw(*finance, "a").body.contains("\"state\":\"withdrawn\""));
  EXPECT_EQ(withdraw(*finance, "a").status, 200);
  EXPECT_EQ(withdraw(*finance, "b").status, 409);
  EXPECT_TRUE(finance->get("/api/v1/refunds").body.contains(second));
  const std::string third = approved("p3");
  EXPECT_EQ(post(Role::kFinance, "/console/refunds/send", {}, "s1").status, 303);
  const HttpAnswer late =
      finance->post_json("/api/v1/refunds/" + third + "/withdraw", R"({"reason": "It is ours"})",
                         {{"Idempotency-Key", "c"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_TRUE(late.body.contains("refund_in_file")) << late.body;
}

}  // namespace
}  // namespace web
