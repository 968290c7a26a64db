// Webhooks of payments, many at once: each signed, checked, read, applied to its bill once, and
// answered when it is durable; on each engine. As many callers wait as a busy server has requests.
// Beside it the limit: the same rows, written by nobody but the database.
#include <benchmark/benchmark.h>

#include <atomic>
#include <thread>

#include "flows/intents/webhook_inbox.h"
#include "gateways/psp/adyen/adyen.h"
#include "gateways/psp/adyen/mapping.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/http.h"
#include "ports/parties.h"
#include "ports/work.h"
#include "support/crypto/mac.h"
#include "tests/support/process_use.h"
#include "tests/support/ready_rows.h"
#include "tests/support/stores.h"

namespace app {
namespace {

using base::Json;
using base::Result;
using storage::sql::Engine;

constexpr int kAtOnce = 1'000;
constexpr int kCallers = 256;
constexpr std::string_view kHmacKey =
    "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
constexpr tests::TableOrder kWritten[] = {{"payment_intent", "account_id, intent_id"},
                                          {"provider_event", "event_hash"},
                                          {"bill", "account_id, bill_id"},
                                          {"payment", "payment_id"},
                                          {"allocation", "account_id, allocation_id"},
                                          {"posting", "account_id, posting_id"},
                                          {"entry", "account_id, posting_id, ordinal"},
                                          {"event", "account_id, seq"}};

template <class IdType>
IdType numbered_id(std::string_view kind, int number) {
  const std::string text = std::to_string(number);
  const std::string_view parts[] = {kind, text};
  return IdType(crypto::derived_id(parts));
}

base::Date day(std::string_view text) { return *base::Date::parse(text); }

// Nobody is asked anything.
class NoLine final : public ports::HttpClient {
 public:
  Result<ports::HttpAnswer> send(const ports::HttpRequest&) override {
    return base::fail("http_not_sent", "there is no line");
  }
};

domain::Operator bench_operator() {
  domain::Operator value;
  value.code = "bench";
  value.legal_name = value.brand = "Prov Telekom AB";
  value.country = "SE";
  value.time_zone = "Europe/Stockholm";
  value.language = "sv";
  value.organisation_number = "5560360793";
  value.address = {{"Gatan 1"}, "111 22", "Stockholm", "SE"};
  value.payee.bankgiro = "50501055";
  value.reference_scheme = "se_ocr_luhn_length";
  value.invoice_series = "A";
  value.divisions = {{"broadband", "Bredband"}};
  return value;
}

base::Money sum_of(int number) { return base::Money(40'000 + number % 90'000, base::Currency()); }

ports::StoredIntent intent_of(int number, base::Instant now) {
  ports::StoredIntent stored;
  domain::PaymentIntent& intent = stored.intent;
  const auto account = numbered_id<domain::AccountId>("account", number);
  intent = domain::make_intent(numbered_id<domain::IntentId>("intent", number), account,
                               {{numbered_id<domain::BillId>("bill", number), account,
                                 sum_of(number)}},
                               now)
               .value();
  intent.gateway = "adyen";
  intent.method = "card";
  intent.state = domain::IntentState::kPending;
  intent.provider_reference = "PSP" + std::to_string(number);
  stored.order.method = "card";
  stored.order.idempotency_key = intent.id.to_string();
  stored.order.amount = intent.amount;
  return stored;
}

Result<> add_payments(ports::Transaction& transaction, base::Instant now, int first, int count) {
  const ports::Recording recording{now, TRY(transaction.work().hold_epoch())};
  std::vector<domain::Customer> customers;
  std::vector<domain::Account> accounts;
  std::vector<domain::Bill> bills;
  for (int number = first; number < first + count; ++number) {
    domain::Customer& customer = customers.emplace_back();
    customer.id = numbered_id<domain::CustomerId>("customer", number);
    customer.number = number;
    customer.language = "sv";
    domain::Account& account = accounts.emplace_back();
    account.id = numbered_id<domain::AccountId>("account", number);
    account.customer = customer.id;
    account.country = "SE";
    domain::Bill& bill = bills.emplace_back();
    bill.id = numbered_id<domain::BillId>("bill", number);
    bill.account = account.id;
    bill.group_key = "all";
    bill.total = sum_of(number);
    bill.fees = bill.paid = bill.credited = base::Money(0, base::Currency());
    bill.issued = day("2026-11-01");
    bill.due = day("2026-12-01");
    bill.reference_scheme = "plain";
    bill.reference = std::to_string(10'000'000 + number);
  }
  TRY(transaction.parties().add_customers(customers, recording));
  TRY(transaction.parties().add_accounts(accounts, recording));
  TRY(transaction.billing().add_bills(bills));
  for (int number = first; number < first + count; ++number) {
    TRY(transaction.intents().add(intent_of(number, now)));
  }
  return {};
}

void fill(ports::Store& store, base::Instant now, int payments) {
  auto done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.catalogue().save_operator(bench_operator(), now));
    return {};
  });
  for (int first = 0; first < payments && done; first += kAtOnce) {
    done = ports::run_in_transaction(store, [&](ports::Transaction& transaction) {
      return add_payments(transaction, now, first, std::min(kAtOnce, payments - first));
    });
  }
  if (!done) throw std::runtime_error(base::describe(done.error()));
}

ports::Webhook webhook_of(int number) {
  Json item = Json::object();
  item.set("amount", Json::object()
                         .set("currency", "SEK")
                         .set("value", sum_of(number).minor()))
      .set("eventCode", "AUTHORISATION")
      .set("eventDate", "2026-11-20T10:00:00+01:00")
      .set("merchantAccountCode", "TelgiroBench")
      .set("merchantReference", numbered_id<domain::IntentId>("intent", number).to_string())
      .set("paymentMethod", "visa")
      .set("pspReference", "PSP" + std::to_string(number))
      .set("success", "true");
  const crypto::Digest signature = crypto::hmac_sha256(
      crypto::from_hex(kHmacKey).value(), gateways::adyen::signed_text(item));
  item.set("additionalData",
           Json::object().set("hmacSignature", crypto::to_base64(signature)));
  Json items = Json::array();
  items.push(Json::object().set("NotificationRequestItem", std::move(item)));
  ports::Webhook webhook;
  webhook.path = "/hooks/adyen";
  webhook.body = Json::object()
                     .set("live", "false")
                     .set("notificationItems", std::move(items))
                     .dump();
  return webhook;
}

struct Adyen {
  explicit Adyen(const base::Clock& clock)
      : gateway(gateways::adyen::kind()
                    .make({gateways::Settings::read(
                               gateways::adyen::kind().settings,
                               {{"merchant_account", "TelgiroBench"},
                                {"api_key", "env:KEY"},
                                {"hmac_key", "env:HMAC"}},
                               [](std::string_view where) -> Result<std::string> {
                                 return std::string(where == "env:HMAC" ? kHmacKey : "key");
                               })
                               .value(),
                           line, clock})
                    .value()),
        gateways({gateway.get()}, {}) {}
  NoLine line;
  std::unique_ptr<ports::Gateway> gateway;
  flows::Gateways gateways;
};

// Each once, and its answer waited for. False where one was not applied.
bool bring_all(tests::TestStore& test, const std::vector<ports::Webhook>& webhooks) {
  Adyen adyen(test.clock);
  flows::WebhookInbox inbox;
  std::atomic<std::size_t> next = 0;
  std::atomic<std::int64_t> applied = 0;
  std::vector<std::jthread> callers;
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&] {
      for (std::size_t at = next++; at < webhooks.size(); at = next++) {
        const auto report =
            inbox.take(test.store(), test.clock, adyen.gateways, "adyen", webhooks[at]);
        if (report) applied += report->applied;
      }
    });
  }
  callers.clear();
  return applied == static_cast<std::int64_t>(webhooks.size());
}

void say_cost(benchmark::State& state, const tests::Stopwatch& watch) {
  const auto count = static_cast<double>(state.range(0));
  state.counters["cpu_us_each"] = watch.processor().count() / count;
  state.counters["server_us_each"] = watch.server().count() / count;
}

std::vector<ports::Webhook> webhooks_of(int payments) {
  std::vector<ports::Webhook> webhooks;
  for (int number = 0; number < payments; ++number) webhooks.push_back(webhook_of(number));
  return webhooks;
}

void webhooks(benchmark::State& state, Engine engine) {
  const auto payments = static_cast<int>(state.range(0));
  const auto all = webhooks_of(payments);
  for (auto _ : state) {
    tests::TestStore test(engine);
    fill(test.store(), test.clock.now(), payments);
    tests::forget_peak();
    const tests::Stopwatch watch(engine);
    const bool good = bring_all(test, all);
    state.SetIterationTime(watch.seconds().count());
    say_cost(state, watch);
    state.counters["peak_mb"] = static_cast<double>(tests::peak_megabytes());
    if (!good) state.SkipWithError("not all were applied");
  }
  state.SetLabel("webhooks/s");
  state.SetItemsProcessed(state.iterations() * payments);
}

void limit(benchmark::State& state, Engine engine) {
  const auto payments = static_cast<int>(state.range(0));
  for (auto _ : state) {
    std::vector<tests::TableRows> tables;
    {
      tests::TestStore test(Engine::kSqlite);
      fill(test.store(), test.clock.now(), payments);
      if (!bring_all(test, webhooks_of(payments))) state.SkipWithError("not all were applied");
      tables = tests::read_rows(test.database(), kWritten);
    }
    const tests::TestDatabase database(engine);
    const tests::Stopwatch watch(engine);
    const auto transactions = static_cast<std::size_t>(payments / kCallers + 1);
    state.SetIterationTime(
        tests::write_rows(database, tables, transactions, tests::Cut::kEveryNth, 1).count());
    say_cost(state, watch);
  }
  state.SetItemsProcessed(state.iterations() * payments);
}

constexpr int kPayments = 20'000;
constexpr int kPaymentsLarge = 1'000'000;
BENCHMARK_CAPTURE(webhooks, sqlite, Engine::kSqlite)
    ->Name("webhooks/sqlite")->Arg(kPayments)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(limit, sqlite, Engine::kSqlite)
    ->Name("webhooks/limit/sqlite")->Arg(kPayments)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(webhooks, postgres, Engine::kPostgres)
    ->Name("webhooks/postgres")->Arg(kPayments)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(limit, postgres, Engine::kPostgres)
    ->Name("webhooks/limit/postgres")->Arg(kPayments)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(webhooks, postgres_large, Engine::kPostgres)
    ->Name("webhooks-large/postgres")->Arg(kPaymentsLarge)->Iterations(1)->UseManualTime();

}  // namespace
}  // namespace app
