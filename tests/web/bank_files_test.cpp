// A bank's file by the browser and by the API: looked at, imported, known again; its problems
// searched and saved; who may not is refused, and a file that cannot be meant is said so.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "formats/bank/problem_codes.h"
#include "ports/payments.h"
#include "tests/flows/payment_world.h"
#include "tests/flows/statement_file.h"
#include "tests/support/shipped_catalogue.h"
#include "tests/web/web_world.h"

namespace web {
namespace {

using domain::Role;
using tests::field_of;
using tests::HttpAnswer;
using tests::HttpClient;
using tests::statement_file;
using tests::WebWorld;

constexpr std::string_view kNew = "/console/bank-files/new";

class BankFilesTest : public testing::Test {
 protected:
  HttpClient& client(Role role) {
    if (!clients_.contains(role)) clients_[role] = world_.console(role);
    return *clients_[role];
  }
  HttpAnswer get(Role role, std::string_view path) { return client(role).get(path); }
  HttpAnswer upload(Role role, const std::string& name, const std::string& bytes,
                    const std::string& token) {
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n" + token +
        "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
        "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes + "\r\n--b--\r\n";
    return client(role).request("POST", kNew, body,
                                {{"Content-Type", "multipart/form-data; boundary=b"}});
  }
  HttpAnswer upload(const std::string& name, const std::string& bytes) {
    return upload(Role::kFinance, name, bytes, token());
  }
  std::string token() { return field_of(get(Role::kFinance, kNew), "form_token"); }
  // Where the file that was sent is looked at.
  std::string sent(const std::string& name, const std::string& bytes) {
    const HttpAnswer answer = upload(name, bytes);
    EXPECT_EQ(answer.status, 303) << answer.body;
    return answer.header("Location");
  }
  // What the import leads to, once it is done.
  HttpAnswer import(const std::string& path, const std::string& anyway = "") {
    Fields form;
    form.set("form_token", token());
    if (!anyway.empty()) form.set("take_anyway", anyway);
    HttpAnswer answer = client(Role::kFinance)
                            .request("POST", path, form.encode(),
                                     {{"Content-Type", "application/x-www-form-urlencoded"}});
    // Where the machine is busy, the page tells how far it is.
    for (int tries = 0; tries < 10'000 && answer.header("Location") == path; ++tries) {
      answer = get(Role::kFinance, path);
      if (answer.status != 303) answer.headers.emplace_back("Location", path);
    }
    return answer;
  }
  std::size_t payments() {
    const auto transaction = world_.store().begin(ports::TransactionKind::kRead).value();
    return transaction->payments().list_payments({.limit = 100}).value().size();
  }

  const std::string good_ = statement_file(
      {.entries = {{70, "2026-11-20", "R1"}, {30, "2026-11-20", "R2"}}, .closing = 100});
  // It does not close with what its entries come to.
  const std::string wrong_ = statement_file(
      {.entries = {{71, "2026-11-20", "R3"}, {30, "2026-11-20", "R4"}}, .closing = 100});
  WebWorld world_;
  std::map<Role, std::unique_ptr<HttpClient>> clients_;
};

TEST_F(BankFilesTest, FromTheFileToThePayments) {
  const std::string path = sent("s1.xml", good_);
  ASSERT_TRUE(path.starts_with("/console/bank-files/uploads/"));
  const HttpAnswer look = get(Role::kFinance, path);
  EXPECT_EQ(look.status, 200);
  EXPECT_TRUE(look.body.contains("camt.053"));
  EXPECT_TRUE(look.body.contains(std::string(tests::kOwnIban)));
  EXPECT_TRUE(look.body.contains("100,00"));
  EXPECT_EQ(payments(), 0U) << "nothing is booked by looking";
  const HttpAnswer done = import(path);
  ASSERT_EQ(done.status, 303);
  const std::string file = done.header("Location");
  EXPECT_TRUE(file.starts_with("/console/bank-files/bank_"));
  EXPECT_EQ(payments(), 2U);
  EXPECT_TRUE(get(Role::kFinance, file).body.contains("s1.xml"));
  EXPECT_EQ(import(path).header("Location"), file) << "sent twice, it is done once";
  EXPECT_EQ(payments(), 2U);
  // The same bytes under another name: which one it was, and when.
  const HttpAnswer again = get(Role::kFinance, sent("s2.xml", good_));
  EXPECT_TRUE(again.body.contains("som s1.xml av finance")) << again.body;
  EXPECT_TRUE(again.body.contains("href=\"" + file + "\""));
  bool is_told = false;
  for (const std::string& row : world_.audit()) is_told |= row.contains(" bank_file.import ");
  EXPECT_TRUE(is_told);
}

// A clerk meets no problem of a file that is told in English only.
TEST(BankProblems, EachHasItsText) {
  const auto& texts = locale::shipped_catalogue();
  for (const auto& row : formats::bank::problem_codes()) {
    EXPECT_TRUE(texts.has("console.bank_problem." + std::string(row.code))) << row.code;
  }
  for (const std::string_view code :
       {"bank_account_foreign", "bank_account_not_configured", "entries_known", "entry_no_date",
        "unknown_payer", "unknown_mandate", "unknown_debit", "mandate_end_refused",
        "mandate_only_at_bank", "mandate_only_here", "mandate_account_differs",
        "debit_only_at_bank", "debit_only_here", "debit_amount_differs"}) {
    EXPECT_TRUE(texts.has("console.bank_problem." + std::string(code))) << code;
  }
}

TEST_F(BankFilesTest, ProblemsAreSearchedAndSaved) {
  const std::string path = sent("w.xml", wrong_);
  const HttpAnswer look = get(Role::kFinance, path);
  EXPECT_TRUE(look.body.contains("take_anyway")) << look.body;
  EXPECT_TRUE(look.body.contains("notice bad"));
  const HttpAnswer csv = get(Role::kFinance, path + "/problems.csv");
  EXPECT_TRUE(csv.header("Content-Type").starts_with("text/csv"));
  EXPECT_TRUE(csv.body.contains("\"line\",\"field\",\"code\",\"meaning\",\"text\""));
  const auto rows = [&](const std::string& query) {
    const std::string body = get(Role::kFinance, path + "/problems.csv" + query).body;
    return std::ranges::count(body, '\n') - 1;
  };
  EXPECT_GT(rows(""), 0);
  // In the clerk's language, and the numbers behind it.
  const auto& texts = locale::shipped_catalogue();
  const auto meaning =
      texts.text(locale::Language::kSwedish, "console.bank_problem.balances_do_not_add_up");
  EXPECT_TRUE(look.body.contains(meaning)) << look.body;
  EXPECT_TRUE(csv.body.contains(meaning)) << csv.body;
  EXPECT_GT(rows("?text=saldo+och+poster"), 0);
  EXPECT_EQ(rows("?text=nothing+like+this"), 0);
  EXPECT_EQ(rows("?code=nothing"), 0);
  EXPECT_FALSE(get(Role::kFinance, path + "?code=nothing").body.contains("class=\"number\">12<"));
  // It contradicts itself: it is refused, and taken once somebody says that they looked.
  const std::string file = import(path).header("Location");
  EXPECT_TRUE(get(Role::kFinance, file).body.contains("Avvisad")) << file;
  EXPECT_EQ(payments(), 0U);
  EXPECT_TRUE(get(Role::kFinance, file + "/problems.csv").body.contains("\"code\""));
  import(sent("w.xml", wrong_), "yes");
  EXPECT_EQ(payments(), 2U);
}

TEST_F(BankFilesTest, WhatCannotBeMeant) {
  const HttpAnswer text = upload("letter.txt", "Dear Sirs,\n");
  EXPECT_EQ(text.status, 422);
  EXPECT_TRUE(text.body.contains("Filen har inget format")) << text.body;
  EXPECT_TRUE(text.body.contains("camt.053 – Kontoutdrag (ISO 20022)")) << text.body;
  EXPECT_FALSE(text.body.contains("telgiro bank")) << "no command for who sits at the console";
  // An attack is told as one, and no box lets it in.
  const std::string bomb =
      "<!DOCTYPE Document [<!ENTITY a \"ha\">]>\n" + good_.substr(good_.find("<Document"));
  const HttpAnswer attack = get(Role::kFinance, sent("bomb.xml", bomb));
  EXPECT_TRUE(attack.body.contains("gjord som ett angrepp")) << attack.body;
  EXPECT_FALSE(attack.body.contains("take_anyway"));
  EXPECT_FALSE(attack.body.contains("motsäger sig själv"));
  EXPECT_TRUE(upload("empty.txt", "").body.contains("Filen är tom"));
  EXPECT_TRUE(upload("", "").body.contains("Välj en fil först"));
  EXPECT_EQ(upload(Role::kFinance, "s1.xml", good_, "wrong").status, 403);
  EXPECT_EQ(upload(Role::kAuditor, "s1.xml", good_, "any").status, 403);
  EXPECT_EQ(get(Role::kSeniorAgent, kNew).status, 403);
  EXPECT_TRUE(get(Role::kFinance, "/console/bank-files/uploads/none")
                  .body.contains("Filen finns inte kvar här"));
  // A file that somebody else has sent is nobody's to see.
  const std::string path = sent("s1.xml", good_);
  EXPECT_EQ(get(Role::kAdmin, path).status, 422);
  EXPECT_EQ(get(Role::kFinance, path).status, 200);
}

TEST_F(BankFilesTest, LargerThanMemoryAndTooLarge) {
  std::vector<tests::StatementEntry> entries;
  for (int n = 0; n < 6'000; ++n) entries.push_back({1, "2026-11-20", "R" + std::to_string(n)});
  const std::string large = statement_file({.entries = entries, .closing = 6'000});
  ASSERT_GT(large.size(), 1U << 20);
  const std::string path = sent("large.xml", large);
  EXPECT_TRUE(get(Role::kFinance, path).body.contains("6\u00a0000")) << path;
  const HttpAnswer done = import(path);
  EXPECT_TRUE(done.header("Location").starts_with("/console/bank-files/bank_"));
  WebWorld small({.settings = {.upload_bytes_max = 2 << 20}});
  const auto finance = small.console(Role::kFinance);
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n" +
      std::string(3 << 20, 'x') + "\r\n--b--\r\n";
  const HttpAnswer refused =
      finance->request("POST", kNew, body, {{"Content-Type", "multipart/form-data; boundary=b"}});
  EXPECT_EQ(refused.status, 413);
  EXPECT_TRUE(refused.body.contains("at most 2 MiB")) << refused.body;
}

TEST_F(BankFilesTest, TheListIsFilteredAndSaved) {
  import(sent("one.xml", good_));
  import(sent("two.txt", tests::bgmax_file({{5, "", "B1"}})));
  const auto shown = [&](const std::string& query) {
    const std::string body = get(Role::kAuditor, "/console/bank-files.csv" + query).body;
    return std::ranges::count(body, '\n') - 1;
  };
  EXPECT_EQ(shown(""), 2);
  EXPECT_EQ(shown("?text=one"), 1);
  EXPECT_EQ(shown("?format=bgmax"), 1);
  EXPECT_EQ(shown("?state=refused"), 0);
  EXPECT_EQ(shown("?from=2026-01-01&to=2026-01-02"), 0);
  const HttpAnswer page = get(Role::kAuditor, "/console/bank-files?text=one");
  EXPECT_TRUE(page.body.contains("one.xml"));
  EXPECT_FALSE(page.body.contains("two.txt"));
  EXPECT_FALSE(page.body.contains("/console/bank-files/new")) << "an auditor imports nothing";
}

TEST_F(BankFilesTest, ByTheApi) {
  const auto api = world_.api(Role::kIntegrator);
  const std::string path = "/api/v1/bank-files?name=s1.xml";
  const auto post = [&](const std::string& target, const std::string& bytes,
                        const std::string& key) {
    return api->request("POST", target, bytes,
                        {{"Content-Type", "application/xml"}, {"Idempotency-Key", key}});
  };
  const HttpAnswer taken = post(path, good_, "k1");
  EXPECT_EQ(taken.status, 201) << taken.body;
  EXPECT_TRUE(taken.body.contains("\"name\":\"s1.xml\""));
  EXPECT_TRUE(taken.body.contains("\"was_imported\":false"));
  EXPECT_EQ(post(path, good_, "k1").body, taken.body) << "asked again, answered again";
  EXPECT_TRUE(post(path, good_, "k2").body.contains("\"was_imported\":true"));
  EXPECT_EQ(payments(), 2U);
  EXPECT_EQ(post(path, good_ + " ", "k1").status, 409) << "the key of another file";
  EXPECT_EQ(post(path, good_, "").status, 400);
  EXPECT_EQ(post(path, "Dear Sirs", "k3").status, 415);
  EXPECT_EQ(post(path, "", "k4").status, 422);
  const HttpAnswer refused = post(path, wrong_, "k5");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(refused.body.contains("bank_file_refused"));
  EXPECT_EQ(post(path + "&take_anyway=true", wrong_, "k6").status, 201);
  EXPECT_EQ(world_.api(Role::kAuditor)->request("POST", path, good_).status, 403);
}

}  // namespace
}  // namespace web
