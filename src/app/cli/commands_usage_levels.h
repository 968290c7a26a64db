// How full allowances are, on the command line (commands_usage_levels.cpp).
#pragma once

#include <string>

#include "app/cli/commands.h"
#include "flows/care/usage_levels.h"

namespace app::cli {

struct UsageLevelsOptions {
  std::string account;
  std::string period;  // Empty: the month of today.
};
[[nodiscard]] Outcome usage_levels(const Context& context, const UsageLevelsOptions& options);

struct UsageAlertOptions {
  std::string period;  // Empty: the month of today.
};
[[nodiscard]] Outcome usage_alert(const Context& context, const UsageAlertOptions& options);

// A table of them; empty where there are none.
[[nodiscard]] std::string levels_text(const flows::AccountLevels& levels);

}  // namespace app::cli
