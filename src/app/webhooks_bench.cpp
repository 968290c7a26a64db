// Webhooks of payments, many at once: each signed, checked, read, applied to its bill once, and
// answered when it is durable; on each engine. As many callers wait as a busy server has requests.
// Beside it the limit: the same rows, written by nobody but the database.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "flows/intents/webhook_inbox.h"
#include "gateways/psp/adyen/adyen.h"
#include "gateways/psp/adyen/mapping.h"
#include "ports/http.h"
#include "support/crypto/mac.h"
#include "tests/support/bench_house.h"
#include "tests/support/ready_rows.h"
#include "tests/support/stores.h"

namespace app {
namespace {

using base::Json;
using base::Result;
using storage::sql::Engine;

constexpr int kMadeAtOnce = 50'000;
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

// Nobody is asked anything.
class NoLine final : public ports::HttpClient {
 public:
  Result<ports::HttpAnswer> send(const ports::HttpRequest&) override {
    return base::fail("http_not_sent", "there is no line");
  }
};

ports::StoredIntent intent_of(int number, base::Instant now) {
  ports::StoredIntent stored;
  domain::PaymentIntent& intent = stored.intent;
  const domain::Bill bill = tests::open_bill(number);
  intent = domain::make_intent(tests::numbered_id<domain::IntentId>("intent", number), bill.account,
                               {{bill.id, bill.account, bill.total}}, now)
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

void fill(ports::Store& store, base::Instant now, int payments) {
  tests::fill_with_payers(store, now, payments,
                          [&](ports::Transaction& transaction, int first, int count) {
                            std::vector<ports::StoredIntent> intents;
                            for (int number = first; number < first + count; ++number) {
                              intents.push_back(intent_of(number, now));
                            }
                            return transaction.intents().add(intents);
                          });
}

ports::Webhook webhook_of(int number) {
  Json item = Json::object();
  item.set("amount", Json::object()
                         .set("currency", "SEK")
                         .set("value", tests::open_bill(number).total.minor()))
      .set("eventCode", "AUTHORISATION")
      .set("eventDate", "2026-11-20T10:00:00+01:00")
      .set("merchantAccountCode", "TelgiroBench")
      .set("merchantReference", tests::numbered_id<domain::IntentId>("intent", number).to_string())
      .set("paymentMethod", "visa")
      .set("pspReference", "PSP" + std::to_string(number))
      .set("success", "true");
  const crypto::Digest signature =
      crypto::hmac_sha256(crypto::from_hex(kHmacKey).value(), gateways::adyen::signed_text(item));
  item.set("additionalData", Json::object().set("hmacSignature", crypto::to_base64(signature)));
  Json items = Json::array();
  items.push(Json::object().set("NotificationRequestItem", std::move(item)));
  ports::Webhook webhook;
  webhook.path = "/hooks/adyen";
  webhook.body =
      Json::object().set("live", "false").set("notificationItems", std::move(items)).dump();
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
bool bring(tests::TestStore& test, const std::vector<ports::Webhook>& webhooks) {
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

std::vector<ports::Webhook> webhooks_of(int first, int count) {
  std::vector<ports::Webhook> webhooks;
  for (int number = first; number < first + count; ++number) webhooks.push_back(webhook_of(number));
  return webhooks;
}

// All of them, as many at a time as fit into memory; what making them costs is not counted.
bool bring_all(tests::TestStore& test, int payments, tests::Cost& cost) {
  bool good = true;
  for (int first = 0; first < payments; first += kMadeAtOnce) {
    const auto webhooks = webhooks_of(first, std::min(kMadeAtOnce, payments - first));
    const tests::Stopwatch watch(test.database().engine());
    good = bring(test, webhooks) && good;
    cost += watch.cost();
  }
  return good;
}

void webhooks(benchmark::State& state, Engine engine) {
  const auto payments = static_cast<int>(state.range(0));
  for (auto _ : state) {
    tests::TestStore test(engine);
    fill(test.store(), test.clock.now(), payments);
    tests::forget_peak();
    tests::Cost cost;
    const bool good = bring_all(test, payments, cost);
    state.SetIterationTime(cost.seconds.count());
    tests::say_cost(state, cost, payments);
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
      tests::Cost cost;
      if (!bring_all(test, payments, cost)) state.SkipWithError("not all were applied");
      tables = tests::read_rows(test.database(), kWritten);
    }
    const tests::TestDatabase database(engine);
    const tests::Stopwatch watch(engine);
    const auto transactions = static_cast<std::size_t>(payments / kCallers + 1);
    state.SetIterationTime(
        tests::write_rows(database, tables, transactions, tests::Cut::kEveryNth, 1).count());
    tests::say_cost(state, watch.cost(), payments);
  }
  state.SetItemsProcessed(state.iterations() * payments);
}

constexpr int kPayments = 20'000;
constexpr int kPaymentsLarge = 1'000'000;
BENCHMARK_CAPTURE(webhooks, sqlite, Engine::kSqlite)
    ->Name("webhooks/sqlite")
    ->Arg(kPayments)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, sqlite, Engine::kSqlite)
    ->Name("webhooks/limit/sqlite")
    ->Arg(kPayments)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(webhooks, postgres, Engine::kPostgres)
    ->Name("webhooks/postgres")
    ->Arg(kPayments)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(limit, postgres, Engine::kPostgres)
    ->Name("webhooks/limit/postgres")
    ->Arg(kPayments)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(webhooks, postgres_large, Engine::kPostgres)
    ->Name("webhooks-large/postgres")
    ->Arg(kPaymentsLarge)
    ->Iterations(1)
    ->UseManualTime();

}  // namespace
}  // namespace app
