// What a page of a bill costs: from a browser's request over the server to the database and back,
// unchanged (page-unchanged) and rendered anew (page-render), beside the server's own limit; and
// its parts once the bill is loaded.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "flows/care/links.h"
#include "formats/document/invoice_json.h"
#include "formats/document/qr/qr_code.h"
#include "ports/billing.h"
#include "tests/browser/fixture/sample_bills.h"
#include "tests/browser/fixture/templates.h"
#include "tests/support/http_load.h"
#include "tests/support/process_use.h"
#include "tests/support/sample_rows.h"
#include "tests/support/shipped_catalogue.h"
#include "tests/support/stores.h"
#include "web/application.h"
#include "web/bill/bill_model.h"
#include "web/bill/bill_watch.h"
#include "web/bill/version_checks.h"
#include "web/server/server.h"

namespace web::bill {
namespace {

constexpr std::string_view kAddress = "https://faktura.example/b/3q2-7wAbCdEfGhIjKlMnOpQrStU";

const TemplateSet& templates() {
  static const auto kTemplates =
      fixture::bill_templates(TELGIRO_SOURCE_DIR, locale::shipped_catalogue());
  CHECK(kTemplates.has_value());
  return *kTemplates;
}

PageSetting setting() {
  static const StyleSheet kStyle =
      make_style_sheet(fixture::read_file(TELGIRO_SOURCE_DIR "/src/web/assets/bill.css"));
  return {locale::shipped_catalogue(), locale::Language::kSwedish, kStyle.css, kAddress};
}

void values_of_a_bill(benchmark::State& state) {
  const auto shown = fixture::seen("open", fixture::household_bill()).shown;
  for (auto _ : state) benchmark::DoNotOptimize(bill_values(shown, setting()));
}
BENCHMARK(values_of_a_bill)->Name("page-values/memory")->Unit(benchmark::kMicrosecond);

void html_of_a_bill(benchmark::State& state) {
  const auto shown = fixture::seen("open", fixture::household_bill()).shown;
  const Value values = bill_values(shown, setting());
  for (auto _ : state) benchmark::DoNotOptimize(templates().render("bill/page", "sv", values));
}
BENCHMARK(html_of_a_bill)->Name("page-html/memory")->Unit(benchmark::kMicrosecond);

void page_of_a_bill(benchmark::State& state) {
  const auto shown = fixture::seen("open", fixture::household_bill()).shown;
  for (auto _ : state) {
    benchmark::DoNotOptimize(templates().render("bill/page", "sv", bill_values(shown, setting())));
  }
}
BENCHMARK(page_of_a_bill)->Name("page-whole/memory")->Unit(benchmark::kMicrosecond);

void qr_code_of_an_address(benchmark::State& state) {
  for (auto _ : state) {
    const auto code = formats::document::QrCode::encode(kAddress);
    benchmark::DoNotOptimize(code->to_svg());
  }
}
BENCHMARK(qr_code_of_an_address)->Name("page-qr/memory")->Unit(benchmark::kMicrosecond);

// --- Over the server.

constexpr int kAccounts = 500;
constexpr std::size_t kConnections = 64;

ports::StoredDocument stored(const domain::Invoice& invoice, const domain::Bill& bill,
                             domain::CustomerId customer) {
  return {.account = bill.account,
          .customer = customer,
          .id = invoice.id,
          .bill = bill.id,
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
}

base::IdBytes id_bytes(std::int64_t number) {
  base::IdBytes bytes{};
  for (std::size_t at = 0; at < 8; ++at) bytes[at] = static_cast<std::uint8_t>(number >> (at * 8));
  bytes[15] = 1;
  return bytes;
}

std::string token_of(std::int64_t account) {
  return "benchmark-link-0000000-" + std::to_string(100'000 + account);
}

// A household's bill and five before it, each a row and a paper, for each of the accounts.
base::Result<> fill(storage::SqlStore& store) {
  const auto transaction = TRY(store.begin_sql(ports::TransactionKind::kWrite));
  auto now = fixture::household_bill();
  const domain::Invoice last = *now.last_paper;
  std::vector<domain::Bill> bills;
  std::vector<ports::StoredDocument> documents;
  std::vector<ports::Link> links;
  for (std::int64_t account = 0; account < kAccounts; ++account) {
    TRY(tests::add_sample_account(*transaction, account));
    for (std::int64_t before = 0; before < 6; ++before) {
      domain::Bill bill = now.bill;
      domain::Invoice paper = before == 0 ? now.invoices.front() : last;
      bill.account = tests::sample_account(account);
      bill.id = domain::BillId(id_bytes(account * 10 + before));
      bill.total = paper.total;
      bill.issued = paper.issued = base::add_months(now.bill.issued, -static_cast<int>(before));
      bill.reference = std::to_string(account * 10 + before);
      paper.bill = bill.id;
      paper.id = domain::DocumentId(id_bytes(account * 10 + before));
      paper.number += account * 10 + before;
      documents.push_back(stored(paper, bill, tests::sample_customer(account)));
      bills.push_back(std::move(bill));
    }
    links.push_back({.token_hash = flows::link_token_hash(token_of(account)),
                     .account = tests::sample_account(account),
                     .bill = domain::BillId(id_bytes(account * 10)),
                     .attempt = "issue",
                     .recorded = {}});
  }
  TRY(transaction->billing().add_bills(bills));
  TRY(transaction->billing().add_documents(documents));
  TRY(transaction->billing().add_links(links));
  return transaction->commit();
}

// The whole of what `telgiro serve` puts between a socket and the database.
class Site {
 public:
  explicit Site(storage::sql::Engine engine)
      : test_(engine),
        style_(make_style_sheet(fixture::read_file(TELGIRO_SOURCE_DIR "/src/web/assets/bill.css"))),
        checks_(test_.store(), test_.clock),
        watch_(test_.store()),
        application_(dependencies()) {
    CHECK(fill(test_.store()).has_value());
    test_.clock.set(*base::Instant::parse("2026-11-22T09:00:00+01:00"));
    server_.emplace(Server::start(application_, {}).value());
    checks_.start();
    watch_.start();
  }
  ~Site() {
    watch_.stop();
    server_->stop(std::chrono::seconds(1));
    checks_.stop();
  }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }

 private:
  Dependencies dependencies() {
    const Rate boundless{.per_minute = 1'000'000'000, .burst = 1'000'000'000};
    return {
        .store = test_.store(),
        .clock = test_.clock,
        .random = test_.random,
        .texts = locale::shipped_catalogue(),
        .templates = templates(),
        .console_style = style_,
        .console_live = {},
        .bill = {.store = test_.store(),
                 .clock = test_.clock,
                 .catalogue = locale::shipped_catalogue(),
                 .templates = templates(),
                 .style = style_,
                 .seller = [seller = std::make_shared<const domain::Operator>(
                                fixture::aurora())] { return seller; },
                 .public_url = "https://faktura.example",
                 .build = "benchmark",
                 .report = {},
                 .watch = &watch_,
                 .live = make_live_script(
                     fixture::read_file(TELGIRO_SOURCE_DIR "/src/web/assets/bill_live.js"), style_),
                 .checks = &checks_},
        .find_mapping = {},
        .check_health = {},
        .job_added = {},
        .settings = {.limits = {.requests = boundless}}};
  }

  tests::TestStore test_;
  StyleSheet style_;
  VersionChecks checks_;
  BillWatch watch_;
  Application application_;
  std::optional<Server> server_;
};

// The same bytes for everybody: what the server could do if a page cost nothing.
class ConstantPage final : public Handler {
 public:
  Response handle(const Request&) override { return html_response(200, page_); }
  Response refuse(int status, const base::Error&) override { return text_response(status, ""); }

 private:
  std::string page_ = std::string(12'000, 'x');
};

std::string request_for(std::int64_t account, std::string_view headers) {
  return "GET /b/" + token_of(account) + " HTTP/1.1\r\nHost: faktura.example\r\n" +
         "Accept-Language: sv\r\n" + std::string(headers) + "\r\n";
}

// cpu_us_each is the processor's time of this process for a request, without what asking costs;
// server_us_each that of the database's server.
void run(benchmark::State& state, storage::sql::Engine engine, const tests::HttpLoad& load) {
  const auto micros = [](std::chrono::nanoseconds time) {
    return static_cast<double>(time.count()) / 1000.0;
  };
  const double count = static_cast<double>(load.requests);
  for (auto _ : state) {
    const tests::Stopwatch watch(engine);
    const auto result = tests::run_load(load);
    if (!result) {
      state.SkipWithError(base::describe(result.error()).c_str());
      return;
    }
    state.SetIterationTime(std::chrono::duration<double>(result->took).count());
    state.counters["cpu_us_each"] = (watch.processor().count() - micros(result->own_cpu)) / count;
    state.counters["server_us_each"] = watch.server().count() / count;
    state.counters["p50_us"] = micros(result->percentile(50));
    state.counters["p99_us"] = micros(result->percentile(99));
    state.counters["bytes_each"] = static_cast<double>(result->bytes) / count;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(load.requests));
}

void serve_unchanged(benchmark::State& state, storage::sql::Engine engine) {
  const Site site(engine);
  tests::HttpLoad load{.port = site.port(), .connections = kConnections, .requests = 40'000};
  for (std::int64_t account = 0; account < kAccounts; ++account) {
    load.texts.push_back(request_for(account, "If-None-Match: \"1-own-2026-11-22-benchmark\"\r\n"));
  }
  load.status = 304;
  run(state, engine, load);
}

void serve_anew(benchmark::State& state, storage::sql::Engine engine) {
  const Site site(engine);
  tests::HttpLoad load{.port = site.port(), .connections = kConnections, .requests = 5'000};
  for (std::int64_t account = 0; account < kAccounts; ++account) {
    load.texts.push_back(request_for(account, ""));
  }
  run(state, engine, load);
}

void serve_constant(benchmark::State& state) {
  ConstantPage page;
  auto server = Server::start(page, {}).value();
  run(state, storage::sql::Engine::kSqlite,
      {.port = server.port(),
       .connections = kConnections,
       .requests = 40'000,
       .texts = {request_for(0, "")}});
  server.stop(std::chrono::seconds(1));
}

BENCHMARK_CAPTURE(serve_unchanged, sqlite, storage::sql::Engine::kSqlite)
    ->Name("page-unchanged/sqlite")
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(serve_unchanged, postgres, storage::sql::Engine::kPostgres)
    ->Name("page-unchanged/postgres")
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK(serve_constant)->Name("page-unchanged/limit")->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(serve_anew, sqlite, storage::sql::Engine::kSqlite)
    ->Name("page-render/sqlite")
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(serve_anew, postgres, storage::sql::Engine::kPostgres)
    ->Name("page-render/postgres")
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK(serve_constant)->Name("page-render/limit")->Iterations(1)->UseManualTime();

}  // namespace
}  // namespace web::bill
