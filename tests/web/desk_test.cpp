// The console's desk: people and bills are found, a bill is credited by preview and deed, a run is
// approved by a second person, money in suspense gets its owner, the ledger is in balance.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>

#include "flows/care/index_customers.h"
#include "flows/operations/approve_run.h"
#include "flows/operations/import_source_file.h"
#include "flows/payments/import_bank_file.h"
#include "ports/access.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/desk.h"
#include "ports/events.h"
#include "tests/flows/aurora.h"
#include "tests/flows/payment_world.h"
#include "tests/web/web_world.h"

namespace web {
namespace {

using domain::Role;
using tests::field_of;
using tests::HttpAnswer;
using tests::HttpClient;
using tests::WebWorld;

std::string between(const std::string& text, std::string_view from, std::string_view to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string::npos) return {};
  const std::size_t start = begin + from.size();
  return text.substr(start, text.find(to, start) - start);
}

int count_of(const std::string& text, std::string_view part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// The first address on a page that begins so.
std::string link(const HttpAnswer& page, const std::string& begin) {
  return begin + between(page.body, "href=\"" + begin, "\"");
}

class DeskTest : public testing::Test {
 protected:
  explicit DeskTest(bool approval = false)
      : world_({.settings = {.runs_need_approval = approval}}) {
    EXPECT_OK(flows::index_customers(world_.store()));
  }

  HttpAnswer get(Role role, const std::string& path) {
    if (!clients_.contains(role)) clients_[role] = world_.console(role);
    HttpAnswer page = clients_[role]->get(path);
    EXPECT_EQ(page.status, 200) << path;
    return page;
  }
  HttpAnswer post(Role role, const std::string& path, const HttpAnswer& form,
                  const std::vector<std::pair<std::string, std::string>>& fields,
                  const std::string& key) {
    Fields body;
    for (const auto& [name, value] : fields) body.set(name, value);
    body.set("form_token", field_of(form, "form_token"));
    body.set("idempotency_key", key);
    return clients_[role]->request("POST", path, body.encode(),
                                   {{"Content-Type", "application/x-www-form-urlencoded"}});
  }

  WebWorld world_;
  std::map<Role, std::unique_ptr<HttpClient>> clients_;
};

struct SearchRow {
  const char* text;
  int people, bills;
};

TEST_F(DeskTest, OneBoxFindsPeopleAndBills) {
  const HttpAnswer list = get(Role::kAgent, "/console/bills?text=elin");
  const std::string bill = link(list, "/console/bills/acct_");
  const HttpAnswer page = get(Role::kAgent, bill);
  const std::string reference = between(page.body, "<dt>Referens</dt><dd>", "<");
  const std::string number = between(page.body, "<h1>Faktura ", "<");
  const std::string customer = between(page.body, "<span class=\"soft\">", "<");
  const std::string by_reference = "ocr:" + reference;
  const SearchRow rows[] = {{"elin", 1, 0},           {"ELIN BERG", 1, 0},
                            {"ellin bärj", 0, 0},     {"elinn berg", 1, 0},  // A letter too many.
                            {"storgatan", 3, 0},      {"70002", 1, 0},
                            {"siv@example.se", 1, 0}, {customer.c_str(), 1, 0},
                            {number.c_str(), 0, 1},   {by_reference.c_str(), 0, 1},
                            {"nobody", 0, 0}};
  for (const SearchRow& row : rows) {
    SCOPED_TRACE(row.text);
    Fields query;
    query.set("text", row.text);
    const HttpAnswer found = get(Role::kAgent, "/console/search?" + query.encode());
    EXPECT_EQ(count_of(found.body, "href=\"/console/customers/cust_"), row.people);
    EXPECT_EQ(count_of(found.body, "href=\"/console/bills/acct_"), row.bills);
  }
  // What somebody searched for stays out of the trail; that they looked does not.
  const auto audit = world_.audit();
  EXPECT_EQ(std::ranges::count_if(audit,
                                  [](const std::string& row) {
                                    return row.contains(" search ") && row.contains("?text=");
                                  }),
            std::ssize(rows));
  for (const std::string& row : audit) EXPECT_FALSE(row.contains("siv")) << row;
}

TEST_F(DeskTest, TheIndexTellsNothingAndCanBeMadeAnew) {
  const auto transaction = world_.store().begin_sql(ports::TransactionKind::kRead).value();
  int rows = 0;
  ASSERT_OK(transaction->connection().query("SELECT search_token FROM search_index", {},
                                            [&](const storage::sql::Row& row) -> base::Result<> {
                                              ++rows;
                                              EXPECT_EQ(row.bytes(0).size(), 16U);
                                              EXPECT_FALSE(row.bytes(0).contains("elin"));
                                              return {};
                                            }));
  EXPECT_GT(rows, 50);
  EXPECT_EQ(flows::rebuild_search_index(world_.store()).value(), 3);
}

TEST_F(DeskTest, BillsAreFilteredSummedAndExportedAsFiltered) {
  struct Row {
    std::string query;
    int bills;
  };
  const HttpAnswer all = get(Role::kFinance, "/console/bills");
  EXPECT_EQ(count_of(all.body, "href=\"/console/bills/acct_"), 3);
  const std::string amount = between(all.body, "(SEK)\" class=\"number\">", "<");
  const std::string plain = std::regex_replace(amount, std::regex("[^0-9,]"), "");
  const Row rows[] = {{"state=open", 3},     {"state=overdue", 0},       {"state=paid", 0},
                      {"period=2026-10", 3}, {"period=2026-09", 0},      {"text=siv", 1},
                      {"text=nobody", 0},    {"amount=" + plain, 3},     {"amount=0.01", 0},
                      {"invoice=A99", 0},    {"state=open&text=olle", 1}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.query);
    EXPECT_EQ(count_of(get(Role::kFinance, "/console/bills?" + row.query).body,
                       "href=\"/console/bills/acct_"),
              row.bills);
    EXPECT_EQ(count_of(get(Role::kFinance, "/console/bills.csv?" + row.query).body, "\r\n"),
              row.bills + 1);
  }
  // Product sees figures and nobody's name.
  const HttpAnswer figures = get(Role::kProduct, "/console/bills?text=siv");
  EXPECT_EQ(count_of(figures.body, "data-label=\"Status\""), 3);
  EXPECT_FALSE(figures.body.contains("Berg"));
  EXPECT_FALSE(figures.body.contains("href=\"/console/bills/acct_"));
  EXPECT_EQ(clients_[Role::kProduct]->get("/console/bills.csv").status, 403);
  // Late on the day after the due day, without anybody having touched it.
  world_.clock().set(base::Instant::parse("2027-01-15T08:00:00Z").value());
  clients_.clear();
  EXPECT_EQ(count_of(get(Role::kFinance, "/console/bills?state=overdue").body,
                     "href=\"/console/bills/acct_"),
            3);
  clients_[Role::kFinance]->set_header("Accept-Language", "sv");
  EXPECT_EQ(clients_[Role::kFinance]->get("/console/bills?period=x").status, 422);
}

TEST_F(DeskTest, ABillIsCreditedByPreviewReasonAndDeed) {
  const std::string path =
      link(get(Role::kSeniorAgent, "/console/bills?text=elin"), "/console/bills/acct_");
  const HttpAnswer page = get(Role::kSeniorAgent, path);
  EXPECT_TRUE(page.body.contains("action=\"" + path + "/credit\""));
  EXPECT_FALSE(get(Role::kAgent, path).body.contains("/credit\""));
  const std::vector<std::pair<std::string, std::string>> fields = {{"amount", "10"},
                                                                   {"reason", "goodwill"}};
  auto preview = fields;
  preview.emplace_back("step", "preview");
  const HttpAnswer shown = post(Role::kSeniorAgent, path + "/credit", page, preview, "k1");
  EXPECT_EQ(shown.status, 200);
  EXPECT_TRUE(shown.body.contains("role=\"status\""));
  EXPECT_FALSE(get(Role::kSeniorAgent, path).body.contains("Kreditfaktura"));  // Nothing is kept.
  auto deed = fields;
  deed.emplace_back("step", "do");
  EXPECT_EQ(post(Role::kSeniorAgent, path + "/credit", page, deed, "k2").status, 303);
  EXPECT_EQ(post(Role::kSeniorAgent, path + "/credit", page, deed, "k2").status, 303);
  const HttpAnswer after = get(Role::kSeniorAgent, path);
  EXPECT_EQ(count_of(after.body, "/papers/K"), 1);  // Sent twice, done once.
  EXPECT_TRUE(after.body.contains("goodwill"));
  EXPECT_EQ(get(Role::kSeniorAgent, link(after, path + "/papers/K")).header("Content-Type"),
            "text/html; charset=utf-8");
  const HttpAnswer too_much = post(Role::kSeniorAgent, path + "/credit", page,
                                   {{"amount", "99999"}, {"reason", "x"}, {"step", "do"}}, "k3");
  EXPECT_EQ(too_much.status, 422);
  EXPECT_TRUE(too_much.body.contains("role=\"alert\""));
}

TEST_F(DeskTest, OneCustomerWithTabsInWordsAndEveryLookWrittenDown) {
  const HttpAnswer list = get(Role::kAgent, "/console/customers");
  EXPECT_EQ(count_of(list.body, "href=\"/console/customers/cust_"), 3);
  const std::string path =
      link(get(Role::kAgent, "/console/customers?text=elin"), "/console/customers/cust_");
  for (const std::string tab : {"", "/money", "/services", "/choices"}) {
    const HttpAnswer page = get(Role::kAgent, path + tab);
    EXPECT_TRUE(page.body.contains("<h1>Elin Berg</h1>"));
    EXPECT_TRUE(page.body.contains("broadband 70001"));
    EXPECT_TRUE(page.body.contains("Faktura A"));  // The timeline speaks in sentences.
    EXPECT_FALSE(page.body.contains("bill_issued"));
    EXPECT_FALSE(page.body.contains("console."));
  }
  EXPECT_EQ(clients_[Role::kAgent]->get(path + "/nothing").status, 404);
  const auto audit = world_.audit();
  EXPECT_EQ(std::ranges::count_if(
                audit, [](const std::string& row) { return row.contains(" customer.read "); }),
            5);
}

TEST_F(DeskTest, TheLedgerIsInBalanceOnAnyDay) {
  const HttpAnswer now = get(Role::kFinance, "/console/ledger");
  EXPECT_TRUE(now.body.contains("notice good"));
  EXPECT_TRUE(now.body.contains("receivables"));
  const HttpAnswer before = get(Role::kFinance, "/console/ledger?as_of=2026-10-01");
  EXPECT_FALSE(before.body.contains("receivables"));
  const HttpAnswer unknown = get(Role::kFinance, "/console/ledger?recorded=2026-01-01");
  EXPECT_FALSE(unknown.body.contains("receivables"));
  EXPECT_GT(count_of(get(Role::kFinance, "/console/ledger.csv").body, "\r\n"), 2);
  const HttpAnswer entries = get(Role::kFinance, "/console/ledger/entries?ledger=receivables");
  EXPECT_EQ(count_of(entries.body, "href=\"/console/customers/cust_"), 3);
  EXPECT_EQ(
      count_of(get(Role::kFinance, "/console/ledger/entries.csv?ledger=receivables").body, "\r\n"),
      4);
  EXPECT_EQ(count_of(get(Role::kFinance, "/console/ledger/revenue.csv?to=2026-11").body, "\r\n"),
            7);
  EXPECT_GT(count_of(get(Role::kAuditor, "/console/audit").body, "ledger.read"), 2);
}

TEST_F(DeskTest, AProgramGetsAProblemWhereverItAsks) {
  const auto client = world_.anybody();
  client->set_header("Accept", "application/json");
  const HttpAnswer answer = client->get("/nothing/here");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
}

// --- Money that waits for its owner.

TEST_F(DeskTest, MoneyInSuspenseGetsItsOwnerAndTheDeedIsUndone) {
  const std::string bill =
      link(get(Role::kFinance, "/console/bills?text=elin"), "/console/bills/acct_");
  const std::string reference =
      between(get(Role::kFinance, bill).body, "<dt>Referens</dt><dd>", "<");
  ASSERT_OK(flows::import_bank_file(
      world_.store(), world_.clock(),
      flows::Snapshot::of_text("bg.txt", tests::bgmax_file({{100, reference, "1"}, {70, "", "2"}})),
      {}));
  EXPECT_EQ(count_of(get(Role::kFinance, "/console/payments").body, "/console/payments/pay_"), 2);
  const HttpAnswer waiting = get(Role::kFinance, "/console/payments?state=suspense");
  EXPECT_EQ(count_of(waiting.body, "href=\"/console/payments/pay_"), 1);
  EXPECT_EQ(count_of(get(Role::kFinance, "/console/payments.csv?state=suspense").body, "\r\n"), 2);
  EXPECT_TRUE(get(Role::kFinance, "/console/bank-files").body.contains("bg.txt"));
  EXPECT_TRUE(get(Role::kFinance,
                  link(get(Role::kFinance, "/console/bank-files"), "/console/bank-files/bank_"))
                  .body.contains("bgmax"));
  const std::string path = link(waiting, "/console/payments/pay_");
  EXPECT_TRUE(get(Role::kFinance, path).body.contains("Ebba Ek"));
  // By a search for whom it may be from, to what assigning would do.
  const HttpAnswer found = get(Role::kFinance, path + "?text=elin");
  const std::string chosen = between(found.body, "?bill=", "#");
  ASSERT_TRUE(bill.ends_with(chosen)) << chosen;
  const HttpAnswer preview = get(Role::kFinance, path + "?bill=" + chosen);
  EXPECT_TRUE(preview.body.contains("action=\"" + path + "/assign\""));
  EXPECT_FALSE(get(Role::kSeniorAgent, path).body.contains("?bill="));  // Who may look only.
  const auto assign = [&](const std::string& reason, const std::string& key) {
    return post(Role::kFinance, path + "/assign", preview,
                {{"bill", chosen}, {"account", ""}, {"reason", reason}}, key);
  };
  EXPECT_EQ(assign("", "k1").status, 422);
  EXPECT_EQ(assign("she called", "k2").status, 303);
  EXPECT_EQ(assign("she called", "k2").status, 303);
  const HttpAnswer done = get(Role::kFinance, path);
  EXPECT_EQ(count_of(done.body, "?undo=alloc_"), 1);
  EXPECT_EQ(count_of(get(Role::kFinance, bill).body, "href=\"/console/payments/pay_"), 2);
  const std::string allocation = between(done.body, "?undo=", "#");
  EXPECT_TRUE(get(Role::kFinance, path + "?undo=" + allocation).body.contains("undo-reason"));
  EXPECT_EQ(post(Role::kFinance, path + "/undo", done,
                 {{"undo", allocation}, {"reason", "not she"}}, "k3")
                .status,
            303);
  EXPECT_TRUE(get(Role::kFinance, path).body.contains("tag warn"));
  EXPECT_TRUE(get(Role::kFinance, "/console/ledger").body.contains("notice good"));
  const auto api = world_.api(Role::kFinance);
  const HttpAnswer list = api->get("/api/v1/payments?state=suspense");
  EXPECT_EQ(count_of(list.body, "\"id\":\"pay_"), 1);
  EXPECT_EQ(api->get("/api/v1/payments/" + path.substr(path.rfind('/') + 1)).status, 200);
  EXPECT_EQ(count_of(api->get("/api/v1/bank-files").body, "\"id\":\"bank_"), 1);
}

// What a payment may be for, in words, and a yes to it by whoever may.
TEST_F(DeskTest, ASuggestionIsAcceptedByWhoMay) {
  ASSERT_OK(flows::import_bank_file(
      world_.store(), world_.clock(),
      flows::Snapshot::of_text("bg.txt",
                               tests::bgmax_file({{7, "", "1", "2026-11-20", "Berg Elin"}})),
      {}));
  const HttpAnswer waiting = get(Role::kFinance, "/console/payments?state=suspense");
  const std::string path = link(waiting, "/console/payments/pay_");
  const HttpAnswer page = get(Role::kFinance, path);
  EXPECT_TRUE(page.body.contains("Betalaren Berg Elin har kundens namn")) << page.body;
  const std::string candidate = between(page.body, "name=\"candidate\" value=\"", "\"");
  ASSERT_EQ(candidate.size(), 10U);
  EXPECT_FALSE(get(Role::kSeniorAgent, path).body.contains("name=\"candidate\""));
  const auto accept = [&](Role role, const std::string& code, const std::string& key) {
    return post(role, path + "/accept", page, {{"candidate", code}}, key).status;
  };
  EXPECT_EQ(accept(Role::kSeniorAgent, candidate, "k0"), 403);
  EXPECT_EQ(accept(Role::kFinance, "0123456789", "k1"), 422);
  EXPECT_EQ(accept(Role::kFinance, candidate, "k2"), 303);
  EXPECT_EQ(accept(Role::kFinance, candidate, "k2"), 303);
  const HttpAnswer done = get(Role::kFinance, path);
  EXPECT_TRUE(done.body.contains("Ett godtaget förslag"));
  EXPECT_EQ(count_of(done.body, "?undo=alloc_"), 1);
}

// Money went back of which nobody knows what it was: whoever may says which payment, or none.
TEST_F(DeskTest, AReturnIsSettledByWhoMay) {
  ASSERT_OK(flows::import_bank_file(
      world_.store(), world_.clock(),
      flows::Snapshot::of_text("bg.txt", tests::bgmax_file({{70, "", "1", "2026-11-18"},
                                                            {70, "", "2", "2026-11-19"},
                                                            {-70, "", "3", "2026-11-20"}})),
      {}));
  const HttpAnswer waiting =
      get(Role::kFinance, "/console/payments?state=suspense&reason=return_not_found");
  const std::string path = link(waiting, "/console/payments/pay_");
  const HttpAnswer page = get(Role::kFinance, path);
  EXPECT_EQ(count_of(page.body, "action=\"" + path + "/return\""), 3);  // And that of none.
  EXPECT_TRUE(page.body.contains("Samma belopp kom in"));
  EXPECT_FALSE(get(Role::kSeniorAgent, path).body.contains("name=\"of\""));
  const std::string of = between(page.body, "name=\"of\" value=\"", "\"");
  const auto settle = [&](Role role, const std::string& original, const std::string& reason,
                          const std::string& key) {
    return post(role, path + "/return", page, {{"of", original}, {"reason", reason}}, key).status;
  };
  EXPECT_EQ(settle(Role::kSeniorAgent, of, "why", "k0"), 403);
  EXPECT_EQ(settle(Role::kFinance, of, "", "k1"), 422);
  EXPECT_EQ(settle(Role::kFinance, path.substr(path.rfind('/') + 1), "why", "k2"), 422);
  EXPECT_EQ(settle(Role::kFinance, of, "the bank said so", "k3"), 303);
  EXPECT_EQ(settle(Role::kFinance, of, "the bank said so", "k3"), 303);
  const HttpAnswer done = get(Role::kFinance, path);
  EXPECT_TRUE(done.body.contains("href=\"/console/payments/" + of + "\""));
  const HttpAnswer undoing = get(Role::kFinance, path + "?undo=return");
  EXPECT_EQ(post(Role::kFinance, path + "/undo", undoing,
                 {{"undo", "return"}, {"reason", "not that one"}}, "k4")
                .status,
            303);
  EXPECT_EQ(settle(Role::kFinance, "", "none of ours", "k5"), 303);
  EXPECT_TRUE(get(Role::kFinance, path).body.contains("Retur av ingen av våra inbetalningar"));
  EXPECT_TRUE(get(Role::kFinance, "/console/ledger").body.contains("notice good"));
}

// --- The same questions to the other engine.

TEST(DeskOnPostgres, AnswersEveryQuestionAlike) {
  WebWorld world({.engine = storage::sql::Engine::kPostgres});
  EXPECT_GT(flows::index_customers(world.store()).value(), 0);
  const auto finance = world.console(Role::kFinance);
  struct Row {
    std::string path;
    std::string_view mark;
    int count;
  };
  const Row rows[] = {
      {"/console/search?text=elin", "href=\"/console/customers/cust_", 1},
      {"/console/search?text=elinn+berg", "href=\"/console/customers/cust_", 1},
      {"/console/bills?state=open&period=2026-10", "href=\"/console/bills/acct_", 3},
      {"/console/bills?state=overdue", "href=\"/console/bills/acct_", 0},
      {"/console/bills?text=elin", "href=\"/console/bills/acct_", 1},
      {"/console/bills.csv", "\r\n", 4},
      {"/console/payments", "href=\"/console/payments/pay_", 0},
      {"/console/ledger", "notice good", 1},
      {"/console/ledger/entries?ledger=receivables&from=2026-11-01&recorded=2027-01-01",
       "href=\"/console/customers/cust_", 3},
      {"/console/ledger/revenue.csv?to=2026-11", "\r\n", 7},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.path);
    const HttpAnswer answer = finance->get(row.path);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(count_of(answer.body, row.mark), row.count);
  }
  const HttpAnswer form = finance->get("/console/runs");
  EXPECT_EQ(finance
                ->post_form("/console/runs", {{"form_token", field_of(form, "form_token")},
                                              {"idempotency_key", "k"},
                                              {"period", "2026-11"},
                                              {"dry_run", "yes"}})
                .status,
            303);
  EXPECT_TRUE(world.jobs().run_one().value());
  EXPECT_TRUE(finance->get("/console/runs").body.contains("/console/runs/requests/job_"));
}

// --- Four eyes.

class ApprovalTest : public DeskTest {
 protected:
  ApprovalTest() : DeskTest(true) {
    world_.clock().set(base::Instant::parse("2026-12-01T08:00:00Z").value());
  }

  // A dry run of November by this role; the address of its page.
  std::string dry_run(Role role, const std::string& key) {
    const HttpAnswer form = get(role, "/console/runs");
    const HttpAnswer asked = post(role, "/console/runs", form, {{"period", "2026-11"}}, key);
    EXPECT_EQ(asked.status, 303);
    EXPECT_TRUE(world_.jobs().run_one().value());
    return asked.header("Location");
  }
  HttpAnswer approve(Role role, const std::string& request, const std::string& key) {
    return post(role, request + "/approve", get(role, request), {}, key);
  }
  std::int64_t runs_of_november() {
    const auto transaction = world_.store().begin(ports::TransactionKind::kRead).value();
    const auto found = transaction->billing().list_runs(10).value();
    std::int64_t runs = 0;
    for (const auto& run : found) {
      runs += run.period == base::Month::parse("2026-11").value();
    }
    return runs;
  }
};

TEST_F(ApprovalTest, WhatASecondPersonApprovesIsIssued) {
  const std::string request = dry_run(Role::kFinance, "d1");
  const HttpAnswer page = get(Role::kFinance, request);
  EXPECT_TRUE(page.body.contains("Nya tjänster") || page.body.contains("skiljer sig"));
  EXPECT_FALSE(page.body.contains("/approve\""));  // Whoever asked may not.
  EXPECT_EQ(approve(Role::kFinance, request, "a1").status, 422);
  EXPECT_EQ(clients_[Role::kFinance]->get("/console/runs").status, 200);
  EXPECT_EQ(runs_of_november(), 0);
  EXPECT_TRUE(get(Role::kAdmin, request).body.contains("/approve\""));
  const HttpAnswer approved = approve(Role::kAdmin, request, "a2");
  ASSERT_EQ(approved.status, 303);
  EXPECT_EQ(approve(Role::kAdmin, request, "a3").status, 422);  // Once.
  EXPECT_TRUE(world_.jobs().run_one().value());
  EXPECT_EQ(runs_of_november(), 1);
  const HttpAnswer done = get(Role::kFinance, approved.header("Location"));
  EXPECT_TRUE(done.body.contains("href=\"/console/runs/run_"));
  const auto audit = world_.audit();
  EXPECT_TRUE(std::ranges::any_of(
      audit, [](const std::string& row) { return row.contains(" run.approved "); }));
}

TEST_F(ApprovalTest, WhatCameInLaterIsNotIssuedAndIsSaid) {
  const std::string request = dry_run(Role::kFinance, "d1");
  EXPECT_FALSE(get(Role::kAdmin, request).body.contains("nya uppgifter"));
  world_.advance_seconds(60);
  ASSERT_OK(flows::import_source_file(
      world_.store(), world_.clock(),
      flows::Snapshot::of_text("later.csv",
                               "kundnr;namn;personnr_orgnr;adress;postnr;ort;epost;telefon;plan;"
                               "startdatum;slutdatum;kampanj;faktura_form;skapad\n"
                               "70009;Ulla Late;;Storgatan 9;111 22;Stockholm;ulla@example.se;;"
                               "FIBER100;2024-01-01;;;epost;\n"),
      {.mapping = tests::broadband("customers"), .operator_code = "aurora"}, {}));
  EXPECT_TRUE(get(Role::kAdmin, request).body.contains("nya uppgifter"));
  ASSERT_EQ(approve(Role::kAdmin, request, "a1").status, 303);
  EXPECT_TRUE(world_.jobs().run_one().value());
  const HttpAnswer bills = get(Role::kFinance, "/console/bills?period=2026-11");
  EXPECT_EQ(count_of(bills.body, "href=\"/console/bills/acct_"), 3);
  EXPECT_FALSE(bills.body.contains("Ulla"));
}

TEST_F(ApprovalTest, WhenTheBillsChangedNothingIsIssued) {
  const std::string request = dry_run(Role::kFinance, "d1");
  const auto id = domain::JobId::parse(request.substr(request.rfind('/') + 1)).value();
  // As if a price had been changed in between: the bills are not those of the hash any more.
  ASSERT_OK(ports::run_in_transaction(
      world_.store(), [&](ports::Transaction& transaction) -> base::Result<> {
        auto catalogue = TRY(transaction.catalogue().load_catalogue());
        std::vector<domain::CatalogueItem> items(catalogue.items().begin(),
                                                 catalogue.items().end());
        for (domain::CatalogueItem& item : items) {
          for (domain::PriceRow& price : item.prices) {
            if (price.model) continue;
            price.price.amount = price.price.amount + base::Decimal::from_integer(1);
          }
        }
        TRY(transaction.catalogue().save_catalogue(TRY(domain::Catalogue::make(std::move(items))),
                                                   world_.clock().now()));
        return {};
      }));
  ASSERT_EQ(approve(Role::kAdmin, request, "a1").status, 303);
  EXPECT_TRUE(world_.jobs().run_one().value());
  EXPECT_EQ(runs_of_november(), 0);
  const auto transaction = world_.store().begin(ports::TransactionKind::kRead).value();
  EXPECT_EQ(transaction->access().desk().find_proposal(id).value()->state, "outdated");
}

TEST_F(ApprovalTest, TheApiIssuesNothingByItself) {
  const auto api = world_.api(Role::kFinance);
  const HttpAnswer answer =
      api->post_json("/api/v1/billing-runs", R"({"period":"2026-11"})", {{"Idempotency-Key", "k"}});
  EXPECT_EQ(answer.status, 409);
  EXPECT_TRUE(answer.body.contains("approval_needed"));
}

}  // namespace
}  // namespace web
