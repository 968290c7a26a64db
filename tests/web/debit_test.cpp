// R24 over HTTP: direct debit behind a bill's link and in the console: agreeing, the proof that is
// kept, what comes next, ending; mandates by telephone; runs, and their files for finance alone.
#include <algorithm>

#include <gtest/gtest.h>

#include "flows/care/links.h"
#include "flows/collections/register_mandate.h"
#include "flows/collections/run_collections.h"
#include "flows/operations/load_operator.h"
#include "ports/billing.h"
#include "ports/mandates.h"
#include "tests/flows/aurora.h"
#include "tests/support/shipped_rules.h"
#include "tests/web/web_world.h"

namespace web {
namespace {

using domain::MandateState;
using domain::Role;
using formats::law::shipped_book;
using tests::field_of;
using tests::HttpAnswer;

class DebitTest : public testing::Test {
 protected:
  DebitTest() {
    bill_ = read()->billing().list_bills({}).value().front();
    page_ = "/b/" + flows::link_token(tests::test_master_key(), bill_.id, flows::kIssueAttempt);
  }
  std::unique_ptr<ports::Transaction> read() {
    return std::move(*world_.store().begin(ports::TransactionKind::kRead));
  }
  std::vector<domain::Mandate> mandates() {
    return read()->mandates().list({.account = bill_.account}).value();
  }
  static HttpAnswer post_to(tests::HttpClient& client, const std::string& path,
                            const std::vector<std::pair<std::string, std::string>>& fields) {
    Fields body;
    for (const auto& [name, value] : fields) body.set(name, value);
    return client.request("POST", path, body.encode(),
                          {{"Content-Type", "application/x-www-form-urlencoded"}});
  }
  HttpAnswer send(const std::vector<std::pair<std::string, std::string>>& fields) {
    return post_to(*browser_, page_ + "/debit?l=en", fields);
  }
  HttpAnswer agree(const std::string& account = "8901-3232323232",
                   const std::string& identity = "19121212-1212",
                   const std::string& agreed = "yes") {
    return send({{"step", "agree"},
                 {"name", "Elin Berg"},
                 {"account", account},
                 {"identity", identity},
                 {"agree", agreed}});
  }
  std::string show() { return browser_->get(page_ + "/debit?l=en").body; }
  // As Bankgirot's answer would.
  void confirm() {
    ASSERT_OK(flows::step_mandate(world_.store(), world_.clock(),
                                  {mandates().front().id.to_string(), "bank", ""},
                                  domain::MandateStep::kConfirm));
  }
  void run_on(std::string_view day) {
    ASSERT_OK(flows::run_collections(world_.store(), shipped_book(), world_.clock(),
                                     {.day = *base::Date::parse(day)}));
  }

  tests::WebWorld world_;
  std::unique_ptr<tests::HttpClient> browser_ = world_.anybody();
  domain::Bill bill_;
  std::string page_;
};

TEST_F(DebitTest, R24TheCustomerAgreesAndTheProofIsKept) {
  const std::string form = show();
  for (const std::string_view part : {"bankgiro 5050-1055", "at least 8 weekdays before",
                                      "Within 8 weeks", "at any time", "name=\"agree\""}) {
    EXPECT_TRUE(form.contains(part)) << part << "\n" << form;
  }
  EXPECT_EQ(agree().status, 303);
  ASSERT_EQ(mandates().size(), 1U);
  const domain::Mandate mandate = mandates().front();
  EXPECT_EQ(mandate.state, MandateState::kDraft);
  EXPECT_EQ(mandate.payer_identity, "191212121212");
  EXPECT_EQ(mandate.consent.given_by, "Elin Berg");
  EXPECT_EQ(mandate.consent.channel, "bill_page");
  EXPECT_EQ(mandate.consent.text_version, "autogiro/2026-11/en");
  EXPECT_EQ(mandate.consent.text_sha256.size(), 64U);
  EXPECT_EQ(mandate.consent.identified_by, "bill_link");
  EXPECT_FALSE(mandate.consent.ip.empty());
  EXPECT_EQ(mandate.consent.at, world_.clock().now());
  // Sent twice, it is the same; and enough of the account is shown to know it by.
  EXPECT_EQ(agree().status, 303);
  EXPECT_EQ(mandates().size(), 1U);
  EXPECT_TRUE(show().contains("3232"));
  EXPECT_FALSE(show().contains("8901-3232323232"));
  EXPECT_TRUE(show().contains("Waiting for your bank"));
}

TEST_F(DebitTest, WhatIsWrongIsSaidBesideWhatWasTyped) {
  struct Row {
    std::string account, identity, agreed;
    std::string_view said;
  };
  const Row rows[] = {
      {"12", "19121212-1212", "yes", "not an account number"},
      {"", "19121212-1212", "yes", "not an account number"},
      {"8901-3232323232", "", "yes", "holder’s number as"},
      {"8901-3232323232", "19121212-1213", "yes", "holder’s number as"},
      {"8901-3232323232", "19121212-1212", "", "Tick that you agree"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.account + " " + row.identity + " " + row.agreed);
    world_.advance_seconds(60);
    const HttpAnswer answer = agree(row.account, row.identity, row.agreed);
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.body.contains(row.said)) << answer.body;
    EXPECT_TRUE(answer.body.contains("value=\"" + row.account + "\""));
  }
  EXPECT_TRUE(mandates().empty());
}

TEST_F(DebitTest, FormsFromElsewhereAndTooManyAreRefused) {
  const std::string body = "step=agree&name=E&account=8901-3232323232&agree=yes";
  const std::string type = "application/x-www-form-urlencoded";
  EXPECT_EQ(browser_
                ->request("POST", page_ + "/debit", body,
                          {{"Content-Type", type}, {"Sec-Fetch-Site", "cross-site"}})
                .status,
            403);
  int refused = 0;
  for (int n = 0; n < 15; ++n) refused += send({{"step", "agree"}}).status == 429 ? 1 : 0;
  EXPECT_EQ(refused, 5);
  EXPECT_TRUE(mandates().empty());
}

TEST_F(DebitTest, ThePageSaysWhatComesNextUntilItEnds) {
  agree();
  confirm();
  EXPECT_TRUE(show().contains("is expected to be drawn")) << show();
  run_on("2026-11-02");
  EXPECT_TRUE(show().contains("What you pay before is not drawn")) << show();
  EXPECT_TRUE(browser_->get(page_ + "/pay?l=en").body.contains("bill"));
  const auto debit =
      read()->mandates().list_collections({.account = bill_.account}).value().front();
  run_on(debit.hand_in.to_string());
  EXPECT_TRUE(show().contains("The bank has the order")) << show();
  // Another mandate's form ends nothing.
  send({{"step", "end"}, {"mandate", "mand_00000000000000000000000000"}});
  EXPECT_EQ(mandates().front().state, MandateState::kActive);
  EXPECT_EQ(send({{"step", "end"}, {"mandate", mandates().front().id.to_string()}}).status, 303);
  EXPECT_EQ(mandates().front().state, MandateState::kCancelled);
  EXPECT_EQ(mandates().front().ending, domain::MandateEnding::kToSend);
  EXPECT_TRUE(show().contains("name=\"agree\""));
}

TEST_F(DebitTest, EveryLanguageAndOnlyWhereItIsAgreedOnWithABank) {
  for (const char* language : {"sv", "fi", "nb", "da", "en", "it", "es", "de"}) {
    const HttpAnswer answer = browser_->get(page_ + "/debit?l=" + language);
    EXPECT_EQ(answer.status, 200) << language;
    EXPECT_FALSE(answer.body.contains("bill.debit.")) << language;
  }
  domain::Operator seller = tests::aurora().value;
  seller.debit_agreements.clear();
  ASSERT_OK(
      flows::load_operator(world_.store(), world_.clock(), seller, tests::aurora_catalogue()));
  EXPECT_TRUE(show().contains("cannot be paid by direct debit"));
  EXPECT_EQ(agree().status, 303);
  EXPECT_TRUE(mandates().empty());
  EXPECT_EQ(browser_->get("/b/nothing/debit").status, 404);
}

// --- The console.

class DebitDesk : public DebitTest {
 protected:
  HttpAnswer get(Role role, const std::string& path) {
    if (!clients_.contains(role)) clients_[role] = world_.console(role);
    return clients_[role]->get(path);
  }
  HttpAnswer post(Role role, const std::string& path, const HttpAnswer& form,
                  std::vector<std::pair<std::string, std::string>> fields, const std::string& key) {
    fields.emplace_back("form_token", field_of(form, "form_token"));
    fields.emplace_back("idempotency_key", key);
    return post_to(*clients_[role], path, fields);
  }
  HttpAnswer by_phone(const std::string& agreed, const std::string& key) {
    const std::string path = "/console/mandates/new";
    const HttpAnswer form = get(Role::kAgent, path + "?account=" + bill_.account.to_string());
    EXPECT_EQ(form.status, 200) << form.body;
    // Where there is one already, nothing is read out.
    EXPECT_EQ(form.body.contains("bankgiro 5050-1055"), mandates().empty());
    return post(Role::kAgent, path, form,
                {{"account", bill_.account.to_string()},
                 {"name", "Elin Berg"},
                 {"bank_account", "8901-3232323232"},
                 {"identity", "191212121212"},
                 {"identified_by", "call_back"},
                 {"agreed", agreed}},
                key);
  }

  std::map<Role, std::unique_ptr<tests::HttpClient>> clients_;
};

TEST_F(DebitDesk, AnAgentRegistersAmendsAndEndsWithAReason) {
  EXPECT_EQ(by_phone("", "k0").status, 422);
  EXPECT_EQ(by_phone("yes", "k1").status, 303);
  EXPECT_EQ(by_phone("yes", "k1").status, 303);
  ASSERT_EQ(mandates().size(), 1U);
  EXPECT_EQ(mandates().front().consent.channel, "agent");
  EXPECT_EQ(mandates().front().consent.identified_by, "call_back");
  EXPECT_EQ(mandates().front().consent.text_sha256.size(), 64U);
  const std::string path = "/console/mandates/" + mandates().front().id.to_string();
  const HttpAnswer page = get(Role::kAgent, path);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page.body.contains("autogiro/2026-11/sv")) << page.body;
  EXPECT_EQ(
      post(Role::kAgent, path + "/amend", page, {{"limit", "400"}, {"reason", ""}}, "k2").status,
      422);
  EXPECT_EQ(post(Role::kAgent, path + "/amend", page,
                 {{"limit", "400"}, {"account", "8901-1"}, {"reason", "customer called"}}, "k3")
                .status,
            303);
  EXPECT_EQ(mandates().front().limit->to_decimal_string(), "400.00");
  EXPECT_EQ(mandates().front().payer_account, "8901-1");
  EXPECT_EQ(post(Role::kAgent, path + "/cancel", page, {{"reason", "moved"}}, "k4").status, 303);
  EXPECT_EQ(mandates().front().state, MandateState::kCancelled);
  const auto audit = world_.audit();
  for (const std::string_view action : {"mandate.add", "mandate.amend", "mandate.cancel"}) {
    EXPECT_TRUE(std::ranges::any_of(audit, [&](const std::string& row) {
      return row.contains(action);
    })) << action;
  }
}

TEST_F(DebitDesk, FinanceSeesListsRunsAndFiles) {
  agree();
  confirm();
  const auto count = [&](Role role, const std::string& path, std::string_view part) {
    const HttpAnswer answer = get(role, path);
    EXPECT_EQ(answer.status, 200) << path;
    int found = 0;
    for (std::size_t at = answer.body.find(part); at != std::string::npos;
         at = answer.body.find(part, at + 1)) {
      ++found;
    }
    return found;
  };
  const std::string_view mark = "href=\"/console/mandates/mand_";
  EXPECT_EQ(count(Role::kFinance, "/console/mandates", mark), 1);
  EXPECT_EQ(count(Role::kFinance, "/console/mandates?state=cancelled", mark), 0);
  EXPECT_EQ(count(Role::kFinance, "/console/mandates?text=" + mandates().front().reference, mark),
            1);
  EXPECT_EQ(count(Role::kFinance, "/console/mandates?text=99999", mark), 0);
  EXPECT_EQ(count(Role::kFinance, "/console/mandates.csv", "\r\n"), 2);
  EXPECT_EQ(
      count(Role::kAgent, "/console/customers/" + mandates().front().customer.to_string(), mark),
      1);
  run_on("2026-11-02");
  const auto debit =
      read()->mandates().list_collections({.account = bill_.account}).value().front();
  run_on(debit.hand_in.to_string());
  EXPECT_EQ(count(Role::kFinance, "/console/collections", "href=\"/console/collections/2026"), 2);
  const std::string day = "/console/collections/" + debit.hand_in.to_string();
  const HttpAnswer page = get(Role::kFinance, day);
  const std::string_view file_mark = "href=\"/console/collections/files/";
  const std::size_t at = page.body.find(file_mark);
  ASSERT_NE(at, std::string::npos) << page.body;
  const std::size_t from = at + 6;
  const std::string file = page.body.substr(from, page.body.find('"', from) - from);
  const HttpAnswer bytes = get(Role::kFinance, file);
  EXPECT_TRUE(bytes.body.starts_with("01")) << bytes.body;
  EXPECT_TRUE(bytes.header("Content-Disposition").contains("autogiro-"));
  EXPECT_FALSE(get(Role::kAuditor, day).body.contains(file_mark));
  EXPECT_EQ(get(Role::kAuditor, file).status, 403);
  EXPECT_EQ(get(Role::kFinance, "/console/collections/2026-01-01").status, 404);
}

}  // namespace
}  // namespace web
