// The server: HTTP and background jobs until a signal asks for a stop, then what is under way ends.
#include <unistd.h>

#include <iostream>
#include <memory>
#include <mutex>

#include "app/chart.h"
#include "app/cli/commands.h"
#include "app/cli/stop_signals.h"
#include "app/resources.h"
#include "app/source_files.h"
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
  return transaction->connection().query(
      "SELECT MAX(number) FROM schema_migration", {},
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

// Changes with every text, template and style that the binary carries.
std::string build_of_resources() {
  std::string digests;
  for (const Resource& resource : all_resources()) {
    digests += crypto::to_hex(crypto::hash(resource.bytes));
  }
  return crypto::to_hex(crypto::hash(digests)).substr(0, 12);
}

void report_page_error(const base::Error& error) {
  observe::log(observe::Level::kError, "bill_page_failed",
               {{"code", error.code}, {"text", error.text}, {"place", error.place}});
}

}  // namespace

Outcome serve(const Context& context, const ServeOptions& options) {
  Workspace& workspace = context.workspace;
  const config::Settings& settings = workspace.settings();
  const StopSignals signals;
  const Logging logging(settings.log_level, workspace.clock());
  const auto lock = TRY(storage::sqlite::ServerLock::take(workspace.data_dir()));
  const locale::Catalogue texts = TRY(load_texts());
  const web::TemplateSet templates = TRY(load_templates(texts));
  const auto fonts = TRY(load_paper_fonts());

  flows::JobRunner jobs(
      {.billing = workspace.billing_tools(), .run_workers = settings.workers_count},
      flows::job_kinds(), {.threads = 1, .worker = "server-" + std::to_string(getpid())});
  Mappings mappings;
  KnownOperator seller(workspace.store());
  web::bill::VersionChecks checks(workspace.store(), workspace.clock());
  web::bill::BillWatch watch(workspace.store(), report_page_error);
  const auto style = web::bill::make_style_sheet(asset("bill.css"));
  web::Application application({
      .store = workspace.store(),
      .clock = workspace.clock(),
      .random = workspace.random(),
      .texts = texts,
      .templates = templates,
      .console_style = web::console_style_sheet(asset("bill.css"), asset("console.css")),
      .bill = {.store = workspace.store(),
               .clock = workspace.clock(),
               .catalogue = texts,
               .templates = templates,
               .style = style,
               .seller = [&] { return seller.get(); },
               .public_url = workspace.public_url(),
               .build = build_of_resources(),
               .report = report_page_error,
               .watch = &watch,
               .live = web::bill::make_live_script(asset("bill_live.js"), style),
               .checks = &checks,
               .fonts = &fonts},
      .find_mapping = [&](std::string_view source) { return mappings.find(source); },
      .check_health = [&] { return check_health(workspace.store()); },
      .job_added = [&] { jobs.wake(); },
      .settings = {.public_url = settings.server_public_url,
                   .session_micros = settings.session_hours * 3600 * base::kMicrosPerSecond,
                   .runs_need_approval = settings.billing_approvals > 0},
      .rule_book = &workspace.rules(),
      .link_key = &workspace.link_key(),
      .load_chart = [](ports::Transaction& transaction) -> base::Result<web::NameInBooks> {
        auto chart = TRY(ChartOfAccounts::load(transaction));
        return [chart = std::move(chart)](const std::string& account) {
          return chart.account_of(account);
        };
      },
  });
  auto server = TRY(web::Server::start(
      application,
      {.address = options.address.empty() ? settings.server_address : options.address,
       .port = static_cast<std::uint16_t>(options.port.value_or(settings.server_port)),
       .threads = settings.server_threads}));
  jobs.start();
  checks.start();
  watch.start();
  const std::string url =
      "http://" + (options.address.empty() ? settings.server_address : options.address) + ":" +
      std::to_string(server.port());
  observe::log(observe::Level::kInfo, "server_started", {{"url", url}});
  if (options.on_listening) {
    base::Json line;
    line.set("event", "listening").set("url", url);
    options.on_listening(line);
  }
  const int signal = signals.wait();
  observe::log(observe::Level::kInfo, "server_stopping", {{"signal", signal}});
  watch.stop();
  server.stop(kStopDeadline);
  checks.stop();
  const bool finished = jobs.stop(kStopDeadline);
  observe::log(observe::Level::kInfo, "server_stopped", {{"jobs_finished", finished}});
  return Answer{base::Json::object().set("event", "stopped"), "Stopped\n"};
}

}  // namespace app::cli
