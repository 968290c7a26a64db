#include "app/orders.h"

#include <chrono>

#include "flows/orders/report_rail_costs.h"
#include "support/observe/log.h"

namespace app {
namespace {

using base::Result;

constexpr std::chrono::seconds kPause{3};
constexpr std::size_t kAtOnce = 200;

void report(std::string_view event, const base::Error& error) {
  observe::log(observe::Level::kWarning, event,
               {{"code", error.code}, {"text", error.text}, {"place", error.place}});
}

Result<std::optional<base::Decimal>> limit_of(const std::string& text, std::string_view key) {
  if (text.empty()) return std::optional<base::Decimal>();
  const auto amount = base::Decimal::parse(text);
  if (amount && !amount->is_negative()) return std::optional(*amount);
  return base::fail("bad_config_value", "'" + std::string(key) + "' is an amount like \"1000.00\"",
                    std::string(key));
}

bool is_safe(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://127.0.0.1:") ||
         url.starts_with("http://localhost:");
}

}  // namespace

Result<domain::OrderRules> order_rules(const config::Settings& settings) {
  domain::OrderRules rules;
  rules.bill_limit = TRY(limit_of(settings.orders_bill_limit, "orders.bill_limit"));
  rules.debit_at_once_up_to =
      TRY(limit_of(settings.orders_debit_at_once_up_to, "orders.debit_at_once_up_to"));
  rules.parts_at_once_up_to =
      TRY(limit_of(settings.orders_parts_at_once_up_to, "orders.parts_at_once_up_to"));
  rules.overdue_days_max = settings.orders_overdue_days_max;
  rules.debit_days = settings.orders_debit_days;
  rules.pay_within_days = settings.orders_pay_within_days;
  return rules;
}

Result<flows::OrderTools> order_tools(Workspace& workspace, const PaymentProviders& providers) {
  auto rules = TRY(order_rules(workspace.settings()));
  return flows::OrderTools{.store = workspace.store(),
                           .clock = workspace.clock(),
                           .rules = workspace.rules(),
                           .gateways = providers.gateways(),
                           .link_key = workspace.link_key(),
                           .order_rules = std::move(rules),
                           .public_url = workspace.public_url()};
}

Result<flows::Listener> order_listener(const Workspace& workspace) {
  const config::Settings& settings = workspace.settings();
  flows::Listener listener;
  if (settings.webhook_url.empty()) return listener;
  if (!is_safe(settings.webhook_url)) {
    return base::fail("webhook_not_safe", "'webhook.url' begins with https://",
                      settings.webhook_url);
  }
  if (settings.webhook_secret.empty()) {
    return base::fail("webhook_without_secret",
                      "name in 'webhook.secret' what messages are signed with");
  }
  listener.url = settings.webhook_url;
  listener.secret = TRY(read_secret(workspace, "webhook.secret", settings.webhook_secret));
  return listener;
}

void OrderWorker::start() {
  thread_ = std::thread([this] { run(); });
}

void OrderWorker::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void OrderWorker::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (woken_.wait_for(lock, kPause, [this] { return stopping_; })) return;
    }
    const auto followed = flows::follow_orders(tools_, kAtOnce);
    if (!followed) report("orders_not_followed", followed.error());
    if (followed) {
      for (const base::Error& problem : followed->problems) report("order_not_followed", problem);
    }
    const auto told = flows::send_tellings(tools_.store, tools_.clock, http_, listener_, kAtOnce);
    if (!told) report("orders_not_told", told.error());
    const auto measured = flows::measure_rails(tools_.store, tools_.clock);
    if (!measured) report("rails_not_measured", measured.error());
  }
}

}  // namespace app
