// GET /b/{token}: what is answered, to whom, with which headers; and when nothing is sent again.
#include "web/bill/bill_page.h"

#include <atomic>
#include <future>
#include <vector>

#include <gtest/gtest.h>

#include "flows/care/links.h"
#include "flows/tills/bill_code.h"
#include "formats/document/invoice_json.h"
#include "ports/billing.h"
#include "ports/payments.h"
#include "tests/browser/fixture/sample_bills.h"
#include "tests/browser/fixture/templates.h"
#include "tests/support/sample_rows.h"
#include "tests/support/shipped_catalogue.h"
#include "tests/support/shipped_fonts.h"
#include "tests/support/stores.h"
#include "web/bill/bill_watch.h"
#include "web/bill/version_checks.h"
#include "web/feed.h"
#include "web/security/csp.h"

namespace web::bill {
namespace {

constexpr std::string_view kToken = "3q2-7wAbCdEfGhIjKlMnOpQrStU";

// A store where nothing can be reached, or that fails in some other way.
class BrokenStore final : public ports::Store {
 public:
  explicit BrokenStore(base::Error error) : error_(std::move(error)) {}
  base::Result<std::unique_ptr<ports::Transaction>> begin(ports::TransactionKind) override {
    return std::unexpected(error_);
  }
  int writers_max() const override { return 1; }

 private:
  base::Error error_;
};

const TemplateSet& templates() {
  static const TemplateSet kTemplates = [] {
    auto set = fixture::bill_templates(TELGIRO_SOURCE_DIR, locale::shipped_catalogue());
    if (!set) {
      ADD_FAILURE() << base::describe(set.error());
      std::abort();  // No page can be made without them.
    }
    return *std::move(set);
  }();
  return kTemplates;
}

// One that goes away and comes back.
class FlakyStore final : public ports::Store {
 public:
  explicit FlakyStore(ports::Store& store) : store_(store) {}
  base::Result<std::unique_ptr<ports::Transaction>> begin(ports::TransactionKind kind) override {
    if (away) return base::fail("database_unavailable", "cannot connect");
    return store_.begin(kind);
  }
  int writers_max() const override { return store_.writers_max(); }
  std::atomic<bool> away = false;

 private:
  ports::Store& store_;
};

class BillPage : public ::testing::Test {
 protected:
  BillPage() { test_.clock.set(*base::Instant::parse("2026-11-22T09:00:00+01:00")); }

  // The household's bill with a link, as a run leaves it.
  void issue() {
    auto shown = fixture::household_bill();
    shown.bill.id = domain::BillId({1});
    shown.bill.account = tests::sample_account(1);
    auto& invoice = shown.invoices.front();
    invoice.bill = shown.bill.id;
    invoice.id = domain::DocumentId({2});
    const auto transaction = test_.store().begin_sql(ports::TransactionKind::kWrite);
    ASSERT_OK(transaction);
    ASSERT_OK(tests::add_sample_account(**transaction, 1));
    const ports::StoredDocument document{.account = shown.bill.account,
                                         .customer = tests::sample_customer(1),
                                         .id = invoice.id,
                                         .bill = shown.bill.id,
                                         .kind = "invoice",
                                         .series = invoice.series,
                                         .number = invoice.number,
                                         .issued = invoice.issued,
                                         .due = invoice.due,
                                         .net = invoice.net,
                                         .vat = invoice.vat_total,
                                         .rounding = invoice.rounding,
                                         .total = invoice.total,
                                         .recorded = {},
                                         .content = formats::document::write_invoice_json(invoice)};
    const ports::Link link{.token_hash = flows::link_token_hash(kToken),
                           .account = shown.bill.account,
                           .bill = shown.bill.id,
                           .attempt = "issue",
                           .expires = {},
                           .revoked = {},
                           .recorded = {}};
    auto& billing = (*transaction)->billing();
    ASSERT_OK(billing.add_bills({{shown.bill}}));
    ASSERT_OK(billing.add_documents({{document}}));
    ASSERT_OK(billing.add_links({{link}}));
    ASSERT_OK((*transaction)->commit());
    bill_ = shown.bill;
  }

  void pay(std::int64_t minor) {
    bill_.paid += fixture::kronor(minor);
    ++bill_.version;
    const auto transaction = test_.store().begin(ports::TransactionKind::kWrite);
    ASSERT_OK(transaction);
    ASSERT_OK((*transaction)->billing().update_bill(bill_));
    ASSERT_OK((*transaction)->commit());
  }

  [[nodiscard]] Deps deps(ports::Store& store) {
    return {.store = store,
            .clock = test_.clock,
            .catalogue = locale::shipped_catalogue(),
            .templates = templates(),
            .style = make_style_sheet("b { color: red }"),
            .seller = [] { return std::make_shared<const domain::Operator>(fixture::aurora()); },
            .public_url = "https://faktura.example",
            .build = "b1",
            .report = [this](const base::Error& error) { reported_.push_back(error.code); },
            .fonts = &formats::document::pdf::shipped_fonts()};
  }

  [[nodiscard]] Response get(std::string_view token, std::string_view query = {},
                             std::vector<std::pair<std::string, std::string>> headers = {}) {
    return get_from(test_.store(), token, query, std::move(headers));
  }
  [[nodiscard]] Response get_from(ports::Store& store, std::string_view token,
                                  std::string_view query = {},
                                  std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request request;
    request.path = "/b/" + std::string(token);
    request.query = query;
    for (const auto& [name, value] : headers) request.headers.set(name, value);
    return handle(deps(store), request, token);
  }

  [[nodiscard]] static bool says(const Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }

  tests::TestStore test_{storage::sql::Engine::kSqlite};
  domain::Bill bill_;
  std::vector<std::string> reported_;
};

TEST_F(BillPage, R40ShowsTheBillInItsOwnLanguage) {
  issue();
  const Response response = get(kToken);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(response.headers.get("Content-Language"), "sv");
  EXPECT_EQ(response.headers.get("Cache-Control"), "private, no-cache");
  EXPECT_EQ(response.headers.get("ETag"), "\"1-own-2026-11-22-b1\"");
  EXPECT_TRUE(says(response, "<html lang=\"sv\">"));
  EXPECT_TRUE(says(response, "<title>2 847,00 kr senast 1 december"));
  EXPECT_FALSE(says(response, "<script"));
}

TEST_F(BillPage, PolicyAllowsTheStyleOfThePageAndNothingElse) {
  issue();
  const Response response = get(kToken);
  const std::string_view policy = response.headers.get("Content-Security-Policy");
  const std::size_t open = response.body.find("<style>") + 7;
  const std::string css = response.body.substr(open, response.body.find("</style>") - open);
  EXPECT_EQ(css, "b { color: red }");
  EXPECT_NE(policy.find("default-src 'none'"), std::string_view::npos);
  EXPECT_NE(policy.find("style-src " + csp_hash(css)), std::string_view::npos);
  EXPECT_EQ(policy.find("script-src"), std::string_view::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string_view::npos);
}

TEST_F(BillPage, PapersCanBeSaved) {
  issue();
  const auto file = [this](std::string_view number, std::string_view query = {}) {
    Request request;
    request.path = "/b/" + std::string(kToken) + "/papers/" + std::string(number);
    request.query = query;
    return handle_paper(deps(test_.store()), request, kToken, number);
  };
  EXPECT_TRUE(says(get(kToken), "/papers/A1000123.pdf\">Spara som PDF"));
  EXPECT_TRUE(says(get(kToken, "l=fi"), "/papers/A1000123.pdf?l=fi\">"));
  const Response swedish = file("A1000123.pdf");
  EXPECT_EQ(swedish.status, 200);
  EXPECT_EQ(swedish.headers.get("Content-Type"), "application/pdf");
  EXPECT_EQ(swedish.headers.get("Content-Disposition"), "inline; filename=\"A1000123.pdf\"");
  EXPECT_EQ(swedish.headers.get("Cache-Control"), "private, no-cache");
  EXPECT_TRUE(swedish.body.starts_with("%PDF-1.7\n"));
  EXPECT_TRUE(says(swedish, "/Lang(sv)"));
  EXPECT_TRUE(says(file("A1000123.pdf", "l=fi"), "/Lang(fi)"));
  EXPECT_TRUE(says(file("A1000123"), "/papers/A1000123.pdf\">Spara som PDF"));
  for (const std::string_view other : {"A1000124.pdf", ".pdf", "A1000123.pdf.pdf"}) {
    EXPECT_EQ(file(other).status, 404) << other;
  }
}

// Papers are looked at as they are: only a code that somebody asked for stands on them.
TEST_F(BillPage, ACodeIsOfferedAndPrintedWhereSomebodyTakesIt) {
  issue();
  struct Row {
    std::string_view what;
    bool has_drawer, takes_calls, is_offered;
  };
  constexpr Row kRows[] = {{"no shop and no telephone", false, false, false},
                           {"a shop with a till", true, false, true},
                           {"a telephone", false, true, true}};
  const auto deps_of = [&](const Row& row) {
    Deps mine = deps(test_.store());
    auto seller = std::make_shared<domain::Operator>(fixture::aurora());
    seller->drawers.clear();
    if (row.has_drawer) {
      seller->drawers.push_back(
          {.name = "kungsgatan-1", .place = {}, .currency = {}, .terminal = {}});
    }
    mine.seller = [seller] { return seller; };
    mine.takes_calls = row.takes_calls;
    return mine;
  };
  Request request;
  request.path = "/b/" + std::string(kToken);
  constexpr std::string_view kNumber = "A1000123.pdf";
  const auto file = [&](const Row& row) {
    return handle_paper(deps_of(row), request, kToken, kNumber).body;
  };
  const std::string plain = file(kRows[0]);
  for (const Row& row : kRows) {
    const Response page = handle(deps_of(row), request, kToken);
    EXPECT_EQ(says(page, "/code\""), row.is_offered) << row.what;
    EXPECT_EQ(file(row), plain) << row.what;
  }
  ASSERT_OK(ports::run_in_transaction(
      test_.store(), [&](ports::Transaction& transaction) -> base::Result<> {
        TRY(flows::code_of_bill(transaction, test_.clock, bill_.account, bill_.id));
        return {};
      }));
  for (const Row& row : kRows) EXPECT_EQ(file(row) != plain, row.is_offered) << row.what;
}

TEST_F(BillPage, LanguageCanBeAskedFor) {
  issue();
  const Response finnish = get(kToken, "l=fi");
  EXPECT_EQ(finnish.headers.get("Content-Language"), "fi");
  EXPECT_EQ(finnish.headers.get("ETag"), "\"1-fi-2026-11-22-b1\"");
  EXPECT_TRUE(says(finnish, "Viimeistään tiistaina 1. joulukuuta"));
  // What is no language of ours, and what the browser would like, change nothing.
  EXPECT_EQ(get(kToken, "l=xx").headers.get("Content-Language"), "sv");
  EXPECT_EQ(get(kToken, "", {{"Accept-Language", "de"}}).headers.get("Content-Language"), "sv");
}

TEST_F(BillPage, UnchangedPageIsNotSentAgain) {
  issue();
  const std::string tag(get(kToken).headers.get("ETag"));
  const Response same = get(kToken, "", {{"If-None-Match", tag}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.headers.get("ETag"), tag);
  EXPECT_EQ(get(kToken, "", {{"If-None-Match", "\"x\", W/" + tag}}).status, 304);
  EXPECT_EQ(get(kToken, "", {{"If-None-Match", tag + "x"}}).status, 200);
  EXPECT_EQ(get(kToken, "l=fi", {{"If-None-Match", tag}}).status, 200);
  EXPECT_EQ(get("other", "", {{"If-None-Match", tag}}).status, 404);
}

TEST_F(BillPage, R40PaymentAndMidnightChangeThePage) {
  issue();
  const std::string tag(get(kToken).headers.get("ETag"));
  pay(100'000);
  const Response paid = get(kToken, "", {{"If-None-Match", tag}});
  EXPECT_EQ(paid.status, 200);
  EXPECT_TRUE(says(paid, "Kvar att betala"));
  EXPECT_TRUE(says(paid, "1 847,00 kr"));
  // The operator's midnight, not that of Greenwich.
  test_.clock.set(*base::Instant::parse("2026-11-22T23:30:00Z"));
  const Response next_day =
      get(kToken, "", {{"If-None-Match", std::string(paid.headers.get("ETag"))}});
  EXPECT_EQ(next_day.status, 200);
  EXPECT_TRUE(says(next_day, "Om 8 dagar"));
}

// What was undone is as if it had not come; what went beyond the bill is said to be kept.
TEST_F(BillPage, R40PaymentsAreAmongWhatHappened) {
  issue();
  const auto row = [&](std::uint8_t id, std::uint8_t payment, std::int64_t minor,
                       std::string_view day, bool to_bill = true) {
    ports::Allocation allocation;
    allocation.account = bill_.account;
    allocation.id = domain::AllocationId({id});
    allocation.payment = domain::PaymentId({payment});
    if (to_bill) allocation.bill = bill_.id;
    allocation.amount = fixture::kronor(minor);
    allocation.effective = fixture::date(day);
    allocation.rail = "bankgiro";
    allocation.by = "exact_reference";
    return allocation;
  };
  auto undone = row(3, 2, -77'700, "2026-11-15");
  undone.undoes = domain::AllocationId({2});
  const ports::Allocation rows[] = {row(1, 1, 100'000, "2026-11-10"),
                                    row(2, 2, 77'700, "2026-11-12"),
                                    undone,
                                    row(4, 3, 184'700, "2026-11-20"),
                                    row(5, 3, 5'000, "2026-11-20", false),
                                    row(6, 9, 99'900, "2026-11-21", false)};
  bill_.state = domain::BillState::kSettled;
  const auto transaction = test_.store().begin(ports::TransactionKind::kWrite);
  ASSERT_OK(transaction);
  ASSERT_OK((*transaction)->payments().add_allocations(rows));
  ASSERT_OK((*transaction)->commit());
  pay(284'700);
  const Response page = get(kToken);
  EXPECT_TRUE(says(page, "Tack, Elin Öhrström!"));
  EXPECT_TRUE(says(page, "Bankgiro, 20 november."));
  EXPECT_TRUE(says(page, "Du betalade 50,00 kr mer än fakturan."));
  const std::size_t first = page.body.find("1 000,00 kr kom in<small>Bankgiro</small>");
  const std::size_t second = page.body.find("1 847,00 kr kom in<small>Bankgiro</small>");
  EXPECT_NE(first, std::string::npos);
  EXPECT_LT(first, second);
  EXPECT_NE(second, std::string::npos);
  EXPECT_FALSE(says(page, "777,00"));
}

TEST_F(BillPage, EveryTokenThatOpensNothingGetsTheSameAnswer) {
  issue();
  const Response unknown = get("AAAAAAAAAAAAAAAAAAAAAAAAAAA");
  EXPECT_EQ(unknown.status, 404);
  const auto transaction = test_.store().begin(ports::TransactionKind::kWrite);
  ASSERT_OK(transaction);
  ASSERT_OK((*transaction)->billing().revoke_links(bill_.account, bill_.id, test_.clock.now()));
  ASSERT_OK((*transaction)->commit());
  for (const std::string_view token : {kToken, std::string_view("x"), std::string_view("")}) {
    const Response answer = get(token);
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.body, unknown.body);
    EXPECT_EQ(answer.headers.rows(), unknown.headers.rows());
  }
  EXPECT_TRUE(reported_.empty());
}

TEST_F(BillPage, UnknownLinkSpeaksTheBrowsersLanguage) {
  const Response german = get("x", "", {{"Accept-Language", "fr, de-AT;q=0.9, en;q=0.1"}});
  EXPECT_EQ(german.headers.get("Content-Language"), "de");
  EXPECT_EQ(german.headers.get("Vary"), "Accept-Language");
  EXPECT_EQ(get("x").headers.get("Content-Language"), "en");
  EXPECT_EQ(get("x", "l=it").headers.get("Content-Language"), "it");
}

// What is not known is said; a sum of nought would be a lie.
TEST_F(BillPage, DatabaseAwayIsSaidAndNeverAnAmount) {
  BrokenStore store({"database_unavailable", "cannot connect"});
  const Response away = get_from(store, kToken, "l=sv");
  EXPECT_EQ(away.status, 503);
  EXPECT_EQ(away.headers.get("Retry-After"), "30");
  EXPECT_FALSE(says(away, ",00"));
  EXPECT_TRUE(says(away, "5050-1055"));
  EXPECT_TRUE(says(away, "08-465 004 20"));
  EXPECT_FALSE(says(away, "cannot connect"));
  EXPECT_EQ(reported_, std::vector<std::string>{"database_unavailable"});
}

TEST_F(BillPage, OurOwnMistakeIsReportedAndNotTold) {
  BrokenStore store({"cannot_unseal", "the key is wrong"});
  const Response broken = get_from(store, kToken);
  EXPECT_EQ(broken.status, 500);
  EXPECT_FALSE(says(broken, "key"));
  EXPECT_EQ(reported_, std::vector<std::string>{"cannot_unseal"});
}

TEST_F(BillPage, AfterTheDatabaseIsBackTheSameAddressShowsTheBill) {
  issue();
  FlakyStore store(test_.store());
  store.away = true;
  const Response away = get_from(store, kToken);
  EXPECT_EQ(away.status, 503);
  EXPECT_TRUE(says(away, "href=\"/b/" + std::string(kToken) + "\""));
  store.away = false;
  EXPECT_TRUE(says(get_from(store, kToken), "2 847,00 kr"));
}

// Many browsers ask at once, with one question to the database; each gets its own answer.
TEST_F(BillPage, UnchangedPagesAreAskedForTogether) {
  issue();
  VersionChecks checks(test_.store(), test_.clock);
  Deps with_checks = deps(test_.store());
  with_checks.checks = &checks;
  const std::string tag(get(kToken).headers.get("ETag"));
  struct Row {
    std::string_view token;
    std::string tag;
    int status;
  };
  const Row rows[] = {
      {kToken, tag, 304}, {kToken, "\"0\"", 200}, {"other", tag, 404}, {kToken, tag, 304}};
  std::vector<Request> requests(std::size(rows));
  std::vector<Response> answers;
  std::vector<std::promise<void>> ready(std::size(rows));
  for (std::size_t at = 0; at < std::size(rows); ++at) {
    requests[at].path = "/b/" + std::string(rows[at].token);
    requests[at].headers.set("If-None-Match", rows[at].tag);
    answers.push_back(handle(with_checks, requests[at], rows[at].token));
    ASSERT_TRUE(answers.back().later);
    answers.back().later->begin([&ready, at] { ready[at].set_value(); });
  }
  checks.start();
  for (std::size_t at = 0; at < std::size(rows); ++at) {
    ready[at].get_future().wait();
    EXPECT_EQ(answers[at].later->finish().status, rows[at].status) << at;
  }
  // What changed since is seen by the very next check.
  pay(100'000);
  EXPECT_EQ(settle(handle(with_checks, requests[0], kToken)).status, 200);
  checks.stop();
  EXPECT_EQ(settle(handle(with_checks, requests[0], kToken)).status, 503);
}

TEST_F(BillPage, ALivePageHasAScriptThatItsPolicyNames) {
  issue();
  BillWatch watch(test_.store());
  Deps live = deps(test_.store());
  live.watch = &watch;
  live.live = make_live_script("// A comment.\n  go();\n\n  on();\n", live.style);
  Request request;
  const Response page = handle(live, request, kToken);
  EXPECT_TRUE(says(page, "<script>go();\non();\n</script>"));
  EXPECT_TRUE(says(page, "data-live=\"/b/" + std::string(kToken) + "/live\" data-version=\"1\""));
  EXPECT_TRUE(says(page, "<p class=\"said\" id=\"said\" role=\"status\"></p>"));
  const std::string_view policy = page.headers.get("Content-Security-Policy");
  EXPECT_NE(policy.find("script-src " + csp_hash("go();\non();\n") + "; connect-src 'self'"),
            std::string_view::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string_view::npos);
}

class LiveBill : public BillPage {
 protected:
  LiveBill() : store_(test_.store()) {}

  [[nodiscard]] Response listen(std::string_view token, std::string_view query = {},
                                std::string_view last_event = {}) {
    Request request;
    request.path = "/b/" + std::string(token) + "/live";
    request.query = query;
    if (!last_event.empty()) request.headers.set("Last-Event-ID", last_event);
    Deps live = deps(store_);
    live.watch = &watch_;
    return handle_live(live, request, token, "192.0.2.1");
  }

  FlakyStore store_;
  BillWatch watch_{store_, {}, {.feeds_max = 4, .feeds_of_peer_max = 3, .rounds_max = 5}};
};

TEST_F(LiveBill, R40APaymentOfAnotherProcessIsToldToWhoLooks) {
  issue();
  const Response stream = listen(kToken, "v=1");
  EXPECT_EQ(stream.status, 200);
  EXPECT_EQ(stream.headers.get("Content-Type"), "text/event-stream");
  ASSERT_TRUE(stream.feed);
  EXPECT_EQ(stream.feed->take().text, "retry: 2000\n\n");
  EXPECT_OK(watch_.look());
  EXPECT_EQ(stream.feed->take().text, "");
  pay(100'000);
  EXPECT_OK(watch_.look());
  EXPECT_EQ(stream.feed->take().text, "id: 2\nevent: bill\ndata: 2\n\n");
  EXPECT_OK(watch_.look());
  EXPECT_EQ(stream.feed->take().text, "");
}

TEST_F(LiveBill, WhoKnowsAnOlderVersionIsToldAtOnce) {
  issue();
  pay(100'000);
  EXPECT_TRUE(listen(kToken, "v=1").feed->take().text.ends_with("data: 2\n\n"));
  EXPECT_TRUE(listen(kToken, "v=2").feed->take().text.ends_with("retry: 2617\n\n"));
  // What the browser heard last counts more than what its page said first.
  EXPECT_TRUE(listen(kToken, "v=1", "2").feed->take().text.starts_with("retry:"));
}

TEST_F(LiveBill, SaysNothingWhileTheDatabaseIsAwayAndGoesOnAfter) {
  issue();
  const Response stream = listen(kToken, "v=1");
  (void)stream.feed->take();
  store_.away = true;
  EXPECT_EQ(tests::code_of(watch_.look()), "database_unavailable");
  EXPECT_FALSE(stream.feed->is_over());
  EXPECT_EQ(listen(kToken, "v=1").status, 503);
  pay(100'000);
  store_.away = false;
  EXPECT_OK(watch_.look());
  EXPECT_TRUE(stream.feed->take().text.ends_with("data: 2\n\n"));
}

TEST_F(LiveBill, ALinkThatOpensNothingHasNoStream) {
  issue();
  const Response unknown = listen("x");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.body, get("x").body);
  EXPECT_FALSE(unknown.feed);
}

TEST_F(LiveBill, StreamsHaveLimitsAndMakeRoomWhenTheyEnd) {
  issue();
  std::vector<Response> streams;
  for (int number = 0; number < 3; ++number) streams.push_back(listen(kToken, "v=1"));
  EXPECT_EQ(listen(kToken, "v=1").status, 429);
  streams.pop_back();
  EXPECT_EQ(listen(kToken, "v=1").status, 429);  // Its feed is still open to the server.
  streams.back().feed->detach();
  EXPECT_EQ(listen(kToken, "v=1").status, 200);
}

TEST_F(LiveBill, AStreamEndsAfterAWhileAndWhenTheServerStops) {
  issue();
  const Response first = listen(kToken, "v=1");
  for (int round = 0; round < 4; ++round) EXPECT_OK(watch_.look());
  EXPECT_FALSE(first.feed->is_over());
  const Response second = listen(kToken, "v=1");
  EXPECT_OK(watch_.look());
  EXPECT_TRUE(first.feed->is_over());
  EXPECT_EQ(watch_.feeds(), 1U);
  watch_.stop();
  EXPECT_TRUE(second.feed->is_over());
  EXPECT_EQ(watch_.feeds(), 0U);
  EXPECT_EQ(listen(kToken, "v=1").status, 429);
}

TEST_F(LiveBill, TheThreadTellsBySelf) {
  issue();
  BillWatch quick(store_, {}, {.every = std::chrono::milliseconds(1)});
  quick.start();
  const auto feed = quick.open({bill_.account, bill_.id, 1}, "1", "192.0.2.1");
  ASSERT_OK(feed);
  std::promise<void> told;
  std::atomic<bool> once = false;
  (void)(*feed)->take();
  (*feed)->attach([&] {
    if (!once.exchange(true)) told.set_value();
  });
  pay(100'000);
  ASSERT_EQ(told.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
  EXPECT_TRUE((*feed)->take().text.ends_with("data: 2\n\n"));
  (*feed)->detach();
}

TEST_F(BillPage, CanOnlyBeRead) {
  issue();
  Request request;
  request.method = Method::kPost;
  const Response refused = handle(deps(test_.store()), request, kToken);
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.headers.get("Allow"), "GET, HEAD");
}

}  // namespace
}  // namespace web::bill
