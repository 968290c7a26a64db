// The console as a browser without scripts sees it: every page in every language, the forms, the
// exports, and what happens when the database is away (R03, R12 in their first form; D11).
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <regex>
#include <set>
#include <thread>

#include "ports/catalogue.h"
#include "tests/support/faulty_database.h"
#include "tests/support/shipped_catalogue.h"
#include "tests/web/web_world.h"
#include "web/security/csp.h"

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

class ConsoleTest : public testing::Test {
 protected:
  ConsoleTest() : finance_(world_.console(Role::kFinance)) {}

  HttpAnswer get(const std::string& path) {
    HttpAnswer page = finance_->get(path);
    EXPECT_EQ(page.status, 200) << path;
    return page;
  }
  // The first address on a page that begins so.
  std::string link(const HttpAnswer& page, const std::string& begin) {
    return begin + between(page.body, "href=\"" + begin, "\"");
  }
  std::string reject_path(const std::string& filter) {
    return link(get("/console/rejects?" + filter), "/console/rejects/rej_");
  }
  HttpAnswer start_run(const std::string& period, bool dry_run, const std::string& key = "") {
    const HttpAnswer form = get("/console/runs");
    const std::string given = key.empty() ? field_of(form, "idempotency_key") : key;
    if (dry_run) {
      return finance_->post_form("/console/runs", {{"form_token", field_of(form, "form_token")},
                                                   {"idempotency_key", given},
                                                   {"period", period},
                                                   {"dry_run", "yes"}});
    }
    return finance_->post_form("/console/runs", {{"form_token", field_of(form, "form_token")},
                                                 {"idempotency_key", given},
                                                 {"period", period}});
  }
  void set_language(std::string_view login, std::string_view language) {
    ASSERT_OK(ports::run_in_transaction(world_.store(),
                                        [&](ports::Transaction& transaction) -> base::Result<> {
                                          auto user = TRY(transaction.access().find_login(login));
                                          user->language = language;
                                          return transaction.access().update_user(*user);
                                        }));
  }

  WebWorld world_;
  std::unique_ptr<HttpClient> finance_;
};

// What holds for every page, whatever is on it.
void expect_good_page(const HttpAnswer& page, std::string_view language) {
  EXPECT_EQ(page.header("Content-Language"), language);
  EXPECT_TRUE(page.body.contains("<html lang=\"" + std::string(language) + "\">"));
  const std::string style = between(page.body, "<style>", "</style>");
  EXPECT_FALSE(style.empty());
  const std::string policy = page.header("Content-Security-Policy");
  EXPECT_TRUE(policy.contains(csp_hash(style))) << policy;
  EXPECT_TRUE(policy.starts_with("default-src 'none'"));
  EXPECT_FALSE(policy.contains("unsafe"));
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
  EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(page.header("Cross-Origin-Opener-Policy"), "same-origin");
  // Only a page that waits for something has a script, and its policy names it.
  const std::string script = between(page.body, "data-again=\"3\">", "</script>");
  EXPECT_EQ(count_of(page.body, "<script"), script.empty() ? 0 : 1);
  EXPECT_EQ(policy.contains("script-src 'sha256-"), !script.empty()) << policy;
  EXPECT_TRUE(script.empty() || policy.contains(csp_hash(script))) << policy;
  EXPECT_FALSE(page.body.contains(" style="));
  EXPECT_FALSE(page.body.contains(" onclick="));
  EXPECT_EQ(count_of(page.body, "<h1"), 1);
  // Every form that changes something carries the session's token.
  EXPECT_EQ(count_of(page.body, "<form method=\"post\""),
            count_of(page.body, "name=\"form_token\" value=\"") -
                count_of(page.body, "name=\"form_token\" value=\"\""));
  std::set<std::string> ids;
  const std::regex id_of(" id=\"([^\"]*)\"");
  for (auto id = std::sregex_iterator(page.body.begin(), page.body.end(), id_of);
       id != std::sregex_iterator(); ++id) {
    EXPECT_TRUE(ids.insert((*id)[1]).second) << "twice: " << (*id)[1];
  }
}

TEST_F(ConsoleTest, EveryPageInEveryLanguage) {
  const HttpAnswer asked = start_run("2026-11", true);
  const std::string request = asked.header("Location");
  const std::string run = link(get("/console/runs"), "/console/runs/run_");
  const std::string reject = reject_path("state=open");
  const std::string bill = link(get("/console/bills"), "/console/bills/acct_");
  const std::string customer = link(get("/console/customers"), "/console/customers/cust_");
  for (const locale::Language language : locale::kLanguages) {
    const std::string_view code = locale::code(language);
    set_language("finance", code);
    for (const std::string& path : {std::string("/console"),
                                    std::string("/console/runs"),
                                    run,
                                    request,
                                    request + "?refresh=off",
                                    std::string("/console/imports"),
                                    std::string("/console/rejects?state=open&text=a"),
                                    reject,
                                    std::string("/console/search?text=elin"),
                                    std::string("/console/customers"),
                                    customer,
                                    customer + "/money",
                                    customer + "/services",
                                    customer + "/choices",
                                    std::string("/console/bills?state=open"),
                                    bill,
                                    std::string("/console/payments"),
                                    std::string("/console/bank-files"),
                                    std::string("/console/ledger"),
                                    std::string("/console/ledger/entries?ledger=receivables"),
                                    std::string("/console/ledger/revenue")}) {
      SCOPED_TRACE(std::string(code) + " " + path);
      const HttpAnswer page = get(path);
      expect_good_page(page, code);
      const auto& texts = locale::shipped_catalogue();
      EXPECT_TRUE(page.body.contains(texts.text(language, "console.nav.rejects")));
      // The user's name ends in markup: it is text.
      EXPECT_FALSE(page.body.contains("finance <b>"));
      EXPECT_TRUE(page.body.contains("finance &lt;b&gt;"));
      // No key stands where its text should.
      EXPECT_FALSE(std::regex_search(page.body, std::regex("console\\.[a-z]+\\.")));
    }
    HttpClient stranger(world_.port());
    stranger.set_header("Accept-Language", code);
    expect_good_page(stranger.get("/console/sign-in"), code);
    EXPECT_EQ(stranger.get("/nothing/here").status, 404);
  }
}

TEST_F(ConsoleTest, NavigationShowsWhatOneMaySee) {
  const HttpAnswer finance = get("/console/runs");
  EXPECT_TRUE(finance.body.contains("href=\"/console/rejects\""));
  EXPECT_TRUE(finance.body.contains("href=\"/console/runs\" aria-current=\"page\""));
  const auto agent = world_.console(Role::kAgent);
  const HttpAnswer home = agent->get("/console");
  EXPECT_FALSE(home.body.contains("href=\"/console/rejects\""));
  EXPECT_FALSE(home.body.contains("href=\"/console/runs\""));
  const auto auditor = world_.console(Role::kAuditor);
  EXPECT_FALSE(auditor->get("/console/runs").body.contains("action=\"/console/runs\""));
}

TEST_F(ConsoleTest, ARunFromTheFormToItsInvoices) {
  world_.clock().set(base::Instant::parse("2026-12-01T08:00:00Z").value());
  finance_ = world_.console(Role::kFinance);
  const HttpAnswer asked = start_run("2026-11", false, "one-key");
  ASSERT_EQ(asked.status, 303);
  const std::string place = asked.header("Location");
  const HttpAnswer waiting = get(place);
  EXPECT_TRUE(waiting.body.contains("data-again=\"3\""));
  EXPECT_FALSE(get(place + "?refresh=off").body.contains("data-again"));
  // The same form sent twice asks once.
  EXPECT_EQ(start_run("2026-11", false, "one-key").header("Location"), place);
  EXPECT_TRUE(world_.jobs().run_one().value());
  EXPECT_FALSE(world_.jobs().run_one().value());
  const HttpAnswer done = get(place);
  EXPECT_FALSE(done.body.contains("data-again"));
  const HttpAnswer run = get(link(done, "/console/runs/run_"));
  EXPECT_TRUE(run.body.contains("november 2026"));
  EXPECT_TRUE(run.body.contains("finance &lt;b&gt;"));
}

TEST_F(ConsoleTest, AFailedRunSaysWhy) {
  // A second operator: no run may choose between them.
  ASSERT_OK(ports::run_in_transaction(
      world_.store(), [&](ports::Transaction& transaction) -> base::Result<> {
        auto operators = TRY(transaction.catalogue().list_operators());
        operators.front().code = "other";
        TRY(transaction.catalogue().save_operator(operators.front(), world_.clock().now()));
        return {};
      }));
  const std::string place = start_run("2026-11", false).header("Location");
  EXPECT_TRUE(world_.jobs().run_one().value());
  const HttpAnswer failed = get(place);
  EXPECT_TRUE(failed.body.contains("this database holds several operators"));
  EXPECT_FALSE(failed.body.contains("data-again"));
}

TEST_F(ConsoleTest, APeriodThatIsNoneIsSaidOnTheForm) {
  const HttpAnswer page = start_run("2026-13", true);
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(page.body.contains("role=\"alert\""));
  EXPECT_TRUE(page.body.contains("value=\"2026-13\""));  // What was typed is kept.
}

TEST_F(ConsoleTest, RejectsAreFilteredAndExportedAsFiltered) {
  const HttpAnswer all = get("/console/rejects");
  EXPECT_EQ(count_of(all.body, "href=\"/console/rejects/rej_"), 2);
  const HttpAnswer some = get("/console/rejects?code=unknown_plan&state=open");
  EXPECT_EQ(count_of(some.body, "href=\"/console/rejects/rej_"), 1);
  EXPECT_TRUE(some.body.contains("value=\"unknown_plan\""));
  const std::string file = link(some, "/console/rejects.csv?");
  EXPECT_TRUE(file.contains("code=unknown_plan"));
  const HttpAnswer exported = get(std::regex_replace(file, std::regex("&amp;"), "&"));
  EXPECT_EQ(exported.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(exported.header("Content-Disposition"), "attachment; filename=\"rejects.csv\"");
  EXPECT_EQ(count_of(exported.body, "\r\n"), 2);  // The head and one row.
  EXPECT_TRUE(exported.body.contains("NOPLAN"));
  EXPECT_EQ(count_of(get("/console/imports.csv").body, "\r\n"), 2);
}

TEST_F(ConsoleTest, ARejectIsCorrectedOnItsPage) {
  const std::string path = reject_path("code=unknown_plan");
  const HttpAnswer page = get(path);
  const std::string raw = between(page.body, "class=\"code\">", "</textarea>");
  EXPECT_TRUE(raw.contains("NOPLAN"));
  const auto correct = [&](const std::string& text, const std::string& key) {
    return finance_->post_form(
        path + "/correct",
        {{"form_token", field_of(page, "form_token")}, {"idempotency_key", key}, {"raw", text}});
  };
  const HttpAnswer again = correct(raw + "\r\n", "k1");
  EXPECT_EQ(again.status, 422);
  EXPECT_TRUE(again.body.contains("the division has no such plan"));
  const std::string mended = std::regex_replace(raw, std::regex("NOPLAN"), "FIBER100") + "\r\n";
  EXPECT_EQ(correct(mended, "k2").status, 303);
  EXPECT_EQ(correct(mended, "k2").status, 303);  // Sent twice, done once.
  const HttpAnswer closed = get(path);
  EXPECT_FALSE(closed.body.contains("<textarea"));
  EXPECT_EQ(correct(mended, "k3").status, 409);
}

TEST_F(ConsoleTest, ARejectIsDiscardedWithAReason) {
  const std::string path = reject_path("field=startdatum");
  const HttpAnswer page = get(path);
  const auto discard = [&](const std::string& reason, const std::string& key) {
    return finance_->post_form(path + "/discard", {{"form_token", field_of(page, "form_token")},
                                                   {"idempotency_key", key},
                                                   {"reason", reason}});
  };
  EXPECT_EQ(discard("  ", "k1").status, 422);
  EXPECT_EQ(discard("dubblett <i>", "k2").status, 303);
  EXPECT_TRUE(get(path).body.contains("dubblett &lt;i&gt;"));
}

TEST_F(ConsoleTest, WhatIsNotThereIsSaidInWords) {
  finance_->set_header("Accept-Language", "sv");
  for (const std::string& path :
       {std::string("/console/runs/run_00000000000000000000000001"),
        std::string("/console/rejects/rej_00000000000000000000000001"),
        std::string("/console/runs/requests/job_00000000000000000000000001"),
        std::string("/console/nothing")}) {
    const HttpAnswer page = finance_->get(path);
    EXPECT_EQ(page.status, 404) << path;
    expect_good_page(page, "sv");
  }
  EXPECT_EQ(finance_->get("/console/rejects?file=x").status, 400);
  EXPECT_EQ(finance_->get("/console/runs/x").status, 400);
}

TEST_F(ConsoleTest, ASlashTooManyLeadsToThePage) {
  for (const std::string& path : {std::string("/console"), std::string("/console/runs")}) {
    const HttpAnswer page = finance_->get(path + "/?state=open");
    EXPECT_EQ(page.status, 303) << path;
    EXPECT_EQ(page.header("Location"), path + "?state=open");
  }
  EXPECT_EQ(finance_->get("//evil.example/").status, 404);
  EXPECT_EQ(finance_->get("/console/nothing/").status, 404);
}

TEST_F(ConsoleTest, TheServerStopsWithoutBreakingWhatIsUnderWay) {
  std::vector<std::thread> clients;
  std::atomic<int> whole = 0;
  std::atomic<int> broken = 0;
  std::latch begun(4);
  for (int number = 0; number < 4; ++number) {
    clients.emplace_back([&] {
      HttpClient client(world_.port());
      client.get("/healthz");
      begun.count_down();
      for (int count = 0; count < 200; ++count) {
        const HttpAnswer answer = client.get("/console/sign-in");
        if (answer.status == 0) return;  // Closed before the request, or not taken any more.
        ++(answer.body.ends_with("</html>\n") ? whole : broken);
      }
    });
  }
  begun.wait();
  world_.server().stop(std::chrono::seconds(10));
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(broken, 0);
}

// --- With a database that goes away.

TEST(DatabaseAway, IsSaidToPeopleAndPrograms) {
  auto faults = std::make_shared<tests::Faults>();
  WebWorld world({.wrap = [&](std::unique_ptr<storage::sql::Database> database) {
    return std::make_unique<tests::FaultyDatabase>(std::move(database), faults);
  }});
  const auto finance = world.console(Role::kFinance);
  const auto api = world.api(Role::kFinance);
  const std::string form_token = field_of(finance->get("/console/runs"), "form_token");
  // The next statement that writes fails, as when the database goes away in the middle.
  faults->arm(1, tests::answer_error("database_unavailable"));
  const HttpAnswer page = finance->post_form(
      "/console/runs",
      {{"form_token", form_token}, {"idempotency_key", "k"}, {"period", "2026-11"}});
  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(page.header("Retry-After"), "5");
  expect_good_page(page, "sv");
  EXPECT_TRUE(page.body.contains("Inget har gått förlorat"));
  EXPECT_FALSE(page.body.contains("database"));  // What we say in English is for the log.

  faults->arm(1, tests::answer_error("database_unavailable"));
  const HttpAnswer problem =
      api->post_json("/api/v1/billing-runs", R"({"period":"2026-11"})", {{"Idempotency-Key", "k"}});
  EXPECT_EQ(problem.status, 503);
  EXPECT_EQ(problem.header("Retry-After"), "5");
  EXPECT_TRUE(problem.body.contains("\"code\":\"database_unavailable\""));

  faults->arm(1, tests::answer_error("database_error"));
  const HttpAnswer ours =
      api->post_json("/api/v1/billing-runs", R"({"period":"2026-11"})", {{"Idempotency-Key", "k"}});
  EXPECT_EQ(ours.status, 500);
  EXPECT_TRUE(ours.body.contains("\"code\":\"internal_error\""));
  EXPECT_FALSE(ours.body.contains("database_error"));
  faults->disarm();
  EXPECT_EQ(world.jobs_added(), 0);
  EXPECT_EQ(
      api->post_json("/api/v1/billing-runs", R"({"period":"2026-11"})", {{"Idempotency-Key", "k"}})
          .status,
      202);
}

TEST(DatabaseAway, EveryDoorSaysSoAndOpensAgain) {
  WebWorld world;
  const auto console = world.console(Role::kFinance);
  const auto api = world.api(Role::kFinance);
  const auto anybody = world.anybody();
  struct Row {
    HttpClient& client;
    std::string_view path;
    int status;  // While it is away.
    int later;   // When it is back.
  };
  const Row rows[] = {
      {*anybody, "/healthz", 503, 200},
      {*anybody, "/b/a-link-that-opens-nothing", 503, 404},
      {*anybody, "/console/sign-in", 200, 200},
      {*anybody, "/api/v1/openapi.json", 200, 200},
      {*api, "/api/v1/bills", 503, 200},
      {*api, "/api/v1/rejects", 503, 200},
      {*console, "/console", 503, 200},
      {*console, "/console/rejects", 503, 200},
  };
  world.set_database_away(true);
  for (const Row& row : rows) {
    SCOPED_TRACE(row.path);
    const HttpAnswer answer = row.client.get(row.path);
    EXPECT_EQ(answer.status, row.status);
    EXPECT_EQ(answer.header("Retry-After").empty(), row.status == 200);
  }
  world.set_database_away(false);
  for (const Row& row : rows) EXPECT_EQ(row.client.get(row.path).status, row.later) << row.path;
}

}  // namespace
}  // namespace web
