// How full allowances and spend caps are on the command line, and their alerts.
#include "app/cli/commands_usage_levels.h"

#include "flows/care/arrange_accounts.h"

namespace app::cli {
namespace {

using base::Json;
using base::Result;

Result<std::optional<base::Month>> month_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return TRY(of_option("--period", base::Month::parse(text)));
}

}  // namespace

std::string levels_text(const flows::AccountLevels& levels) {
  if (levels.levels.empty()) return {};
  TextTable table({"number", "pool", "used>", "of>", "unit", "alert>"});
  for (const flows::NumberedLevel& each : levels.levels) {
    table.add({each.number, each.level.pool, each.level.used.to_string(), each.level.of.to_string(),
               each.level.unit, each.percent == 0 ? "" : std::to_string(each.percent) + " %"});
  }
  return table.to_text();
}

Outcome usage_levels(const Context& context, const UsageLevelsOptions& options) {
  Workspace& workspace = context.workspace;
  const auto month = TRY(month_of(options.period));
  const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
  const auto account = TRY(flows::find_account(*transaction, options.account));
  const auto shown = TRY(flows::show_usage_levels(*transaction, workspace.clock(), account, month));
  return Answer{flows::to_json(shown), shown.month.to_string() + "\n" + levels_text(shown)};
}

Outcome usage_alert(const Context& context, const UsageAlertOptions& options) {
  Workspace& workspace = context.workspace;
  const auto month = TRY(month_of(options.period));
  const auto report =
      TRY(flows::alert_usage(workspace.store(), workspace.clock(), {.month = month}));
  Json json;
  json.set("period", report.month.to_string())
      .set("accounts", report.accounts)
      .set("alerts", report.alerts)
      .set("not_checked", report.not_checked);
  std::string text = std::to_string(report.alerts) + " new alerts among " +
                     std::to_string(report.accounts) + " accounts with usage in " +
                     report.month.to_string() + "\n";
  if (report.not_checked > 0) {
    text += std::to_string(report.not_checked) + " accounts could not be checked: a dry run of " +
            "billing says why\n";
  }
  return Answer{json, text};
}

}  // namespace app::cli
