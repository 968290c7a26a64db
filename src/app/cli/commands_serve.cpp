// The server: HTTP and background jobs until a signal asks for a stop, then what is under way ends.
#include <unistd.h>

#include <iostream>
#include <memory>
#include <mutex>

#include "app/chart.h"
#include "app/cli/commands.h"
#include "app/cli/stop_signals.h"
#include "app/demo/practice_page.h"
#include "app/gateways.h"
#include "app/intent_worker.h"
#include "app/orders.h"
#include "app/plan_worker.h"
#include "app/resources.h"
#include "app/source_files.h"
#include "app/telephone.h"
#include "app/text_messages.h"
#include "app/tills.h"
#include "app/web_parts.h"
#include "flows/operations/run_jobs.h"
#include "ports/catalogue.h"
#include "storage/sqlite/server_lock.h"
#include "support/observe/log.h"
#include "support/observe/metrics.h"
#include "web/application.h"
#include "web/bill/bill_watch.h"
#include "web/bill/version_checks.h"
#include "web/console/page.h"
#include "web/ivr/text_words.h"
#include "web/server/server.h"

namespace app::cli {
namespace {

// How long a stop waits for requests and jobs under way; what is left is begun again later.
constexpr std::chrono::seconds kStopDeadline{20};

observe::Level log_level(config::LogLevel level) {
  switch (level) {
    case config::LogLevel::kDebug: return observe::Level::kDebug;
    case config::LogLevel::kInfo: return observe::Level::kInfo;
    case config::LogLevel::kWarning: return observe::Level::kWarning;
    case config::LogLevel::kError: return observe::Level::kError;
  }
  return observe::Level::kInfo;
}

// Logs go to standard error, one JSON object a line, as long as this lives.
class Logging {
 public:
  Logging(config::LogLevel level, const base::Clock& clock) {
    observe::start_logging(log_level(level), clock, std::cerr);
  }
  ~Logging() { observe::stop_logging(); }
  Logging(const Logging&) = delete;
  Logging& operator=(const Logging&) = delete;
};

base::Result<> check_health(storage::SqlStore& store) {
  const auto transaction = TRY(store.begin_sql(ports::TransactionKind::kRead));
  return transaction->connection().query("SELECT MAX(number) FROM schema_migration", {},
                                         [](const storage::sql::Row&) { return base::Result<>(); });
}

// The operator as last read from the database, for pages that are shown while it is away.
class KnownOperator {
 public:
  explicit KnownOperator(ports::Store& store) : store_(store) {}

  std::shared_ptr<const domain::Operator> get() {
    const std::lock_guard lock(mutex_);
    if (!known_) {
      if (auto operators = load(); operators && !operators->empty()) {
        known_ = std::make_shared<const domain::Operator>(std::move(operators->front()));
      }
    }
    return known_;
  }

 private:
  base::Result<std::vector<domain::Operator>> load() {
    const auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
    return transaction->catalogue().list_operators();
  }

  ports::Store& store_;
  std::mutex mutex_;
  std::shared_ptr<const domain::Operator> known_;  // Under mutex_.
};

// Changes with every text, template and style that the binary carries, and with the methods that
// are offered.
std::string build_of(const flows::Gateways& gateways) {
  std::string digests;
  for (const flows::OfferedMethod& offered : gateways.methods()) {
    digests += offered.gateway + ":" + offered.method + ":" + offered.currency + "\n";
  }
  for (const Resource& resource : all_resources()) {
    digests += crypto::to_hex(crypto::hash(resource.bytes));
  }
  return crypto::to_hex(crypto::hash(digests)).substr(0, 12);
}

void report_page_error(const base::Error& error) {
  observe::log(observe::Level::kError, "bill_page_failed",
               {{"code", error.code}, {"text", error.text}, {"place", error.place}});
}

// What stands behind the pages of bills: it outlives the server that shows them.
class BillPages {
 public:
  explicit BillPages(Workspace& workspace)
      : workspace_(workspace),
        seller_(workspace.store()),
        checks_(workspace.store(), workspace.clock()),
        watch_(workspace.store(), report_page_error) {}

  web::bill::Deps deps(const locale::Catalogue& texts, const web::TemplateSet& templates,
                       const formats::document::pdf::PaperFonts& fonts,
                       const flows::Gateways& gateways) {
    const auto style = web::bill::make_style_sheet(asset("bill.css"));
    return {.store = workspace_.store(),
            .clock = workspace_.clock(),
            .catalogue = texts,
            .templates = templates,
            .style = style,
            .seller = [this] { return seller_.get(); },
            .public_url = workspace_.public_url(),
            .build = build_of(gateways),
            .report = report_page_error,
            .watch = &watch_,
            .live = web::bill::make_live_script(asset("bill_live.js"), style),
            .checks = &checks_,
            .fonts = &fonts,
            .takes_calls = takes_calls(workspace_)};
  }
  void start() {
    checks_.start();
    watch_.start();
  }
  // Before the server stops: it waits for answers, and a stream is an answer that does not end.
  void end_streams() { watch_.stop(); }

 private:
  Workspace& workspace_;
  KnownOperator seller_;
  web::bill::VersionChecks checks_;
  web::bill::BillWatch watch_;
};

base::Result<web::NameInBooks> load_names_in_books(ports::Transaction& transaction) {
  auto chart = TRY(ChartOfAccounts::load(transaction));
  return
      [chart = std::move(chart)](const std::string& account) { return chart.account_of(account); };
}

// What goes on beside the answers: payments that providers are asked about, plans and charges of
// the day, and orders.
class PaymentWorkers {
 public:
  PaymentWorkers(Workspace& workspace, const PaymentProviders& providers,
                 const flows::OrderTools& order_tools, flows::Listener listener)
      : intents(workspace.store(), workspace.clock(), providers),
        plans_(workspace.store(), workspace.clock(), providers, workspace.public_url()),
        orders_(order_tools, std::move(listener)) {}

  void start() {
    intents.start();
    plans_.start();
    orders_.start();
  }
  void stop() {
    orders_.stop();
    plans_.stop();
    intents.stop();
  }

  IntentWorker intents;

 private:
  PlanWorker plans_;
  OrderWorker orders_;
};

const std::string& address_of(const config::Settings& settings, const ServeOptions& options) {
  return options.address.empty() ? settings.server_address : options.address;
}

base::Result<web::Server> listen(const config::Settings& settings, const ServeOptions& options) {
  return web::Server::listen(
      {.address = address_of(settings, options),
       .port = static_cast<std::uint16_t>(options.port.value_or(settings.server_port)),
       .threads = settings.server_threads});
}

base::Result<web::Settings> web_settings(const Workspace& workspace) {
  const config::Settings& given = workspace.settings();
  web::Settings settings;
  settings.public_url = given.server_public_url;
  settings.session_micros = given.session_hours * 3600 * base::kMicrosPerSecond;
  settings.runs_need_approval = given.billing_approvals > 0;
  settings.upload_bytes_max = std::int64_t{given.server_upload_megabytes} << 20;
  settings.upload_folder = workspace.data_dir();
  settings.till_recount_above = TRY(till_recount_above(given));
  return settings;
}

}  // namespace

Outcome serve(const Context& context, const ServeOptions& options) {
  Workspace& workspace = context.workspace;
  const config::Settings& settings = workspace.settings();
  const StopSignals signals;
  const Logging logging(settings.log_level, workspace.clock());
  const auto lock = TRY(storage::sqlite::ServerLock::take(workspace.data_dir()));
  auto server = TRY(listen(settings, options));
  const std::string url = url_of(address_of(settings, options), server.port());
  TRY(lock.announce(url));
  const locale::Catalogue texts = TRY(load_texts());
  const web::TemplateSet templates = TRY(load_templates(texts));
  const auto fonts = TRY(load_paper_fonts());

  flows::JobRunner jobs(
      {.billing = workspace.billing_tools(), .run_workers = settings.workers_count},
      flows::job_kinds(), {.threads = 1, .worker = "server-" + std::to_string(getpid())});
  Mappings mappings;
  BillPages bill(workspace);
  const auto opened = TRY(PaymentProviders::open(workspace));
  const PaymentProviders& providers = *opened;
  const flows::OrderTools order_tools = TRY(app::order_tools(workspace, providers));
  flows::Listener listener = TRY(order_listener(workspace));
  const auto messages = TRY(TextMessages::open(workspace, providers, texts));
  PaymentWorkers workers(workspace, providers, order_tools, std::move(listener));
  const web::bill::Deps pages = bill.deps(texts, templates, fonts, providers.gateways());
  web::Settings for_web = TRY(web_settings(workspace));
  const auto console_style = web::console_style_sheet(asset("bill.css"), asset("console.css"));
  web::Application application({
      .store = workspace.store(),
      .clock = workspace.clock(),
      .random = workspace.random(),
      .texts = texts,
      .templates = templates,
      .console_style = console_style,
      .console_live = web::bill::make_live_script(asset("console_live.js"), console_style),
      .bill = pages,
      .find_mapping = [&](std::string_view source) { return mappings.find(source); },
      .check_health = [&] { return check_health(workspace.store()); },
      .job_added = [&] { jobs.wake(); },
      .settings = std::move(for_web),
      .rule_book = &workspace.rules(),
      .link_key = &workspace.link_key(),
      .load_chart = load_names_in_books,
      .gateways = &providers.gateways(),
      .drive_later = [&workers](domain::IntentId id) { workers.intents.drive(id); },
      .order_rules = order_tools.order_rules,
  });
  web::ivr::TextWords text_words(workspace.store(), workspace.clock(), messages->sender(),
                                 workspace.public_url(), application);
  const auto telephone = TRY(open_telephone(workspace, providers, texts, text_words));
  demo::PracticePage handler(providers.practice(), pages, *telephone);
  server.serve(handler);
  jobs.start();
  workers.start();
  messages->start();
  bill.start();
  observe::log(observe::Level::kInfo, "server_started", {{"url", url}});
  if (options.on_listening) {
    options.on_listening(base::Json::object().set("event", "listening").set("url", url));
  }
  const int signal = signals.wait();
  observe::log(observe::Level::kInfo, "server_stopping", {{"signal", signal}});
  bill.end_streams();
  server.stop(kStopDeadline);
  messages->stop();
  workers.stop();
  const bool finished = jobs.stop(kStopDeadline);
  observe::log(observe::Level::kInfo, "server_stopped", {{"jobs_finished", finished}});
  return Answer{base::Json::object().set("event", "stopped"), "Stopped\n"};
}

}  // namespace app::cli
