// How full allowances and spend caps are, and the alerts at 80 and 100 % of them (R03).
//
// What is shown is what a bill of the month would count, with what earlier months left over. An
// alert is an event, once for each service, pool, month and step, however often it is asked for:
// the account's own events say which there were. A pool that leaps over 80 % alerts at 100 only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/rating/rating.h"
#include "ports/store.h"

namespace flows {

struct NumberedLevel {
  domain::UsageLevel level;
  std::string number;  // The division's, of the service; empty for a pool that is shared.
  int percent = 0;     // The alert that it is worth: 0, 80 or 100.
};

struct AccountLevels {
  domain::AccountId account;
  base::Month month;
  std::vector<NumberedLevel> levels;  // In order of service and pool.
};

// Without a month, that of today. Errors: unknown_account, operator_not_loaded,
// several_operators, and those of domain::close_usage.
[[nodiscard]] base::Result<AccountLevels> show_usage_levels(ports::Transaction& transaction,
                                                            const base::Clock& clock,
                                                            domain::AccountId account,
                                                            std::optional<base::Month> month);

struct AlertRequest {
  std::optional<base::Month> month = {};  // Absent: that of today.
  std::string actor = "command";
  std::int64_t batch_accounts = 500;  // In one transaction.
};
struct AlertReport {
  base::Month month;
  std::int64_t accounts = 0;     // With usage in the month.
  std::int64_t alerts = 0;       // New ones.
  std::int64_t not_checked = 0;  // Whose usage cannot be closed: the next run says why.
};
// All accounts with usage in the month, in a few queries for many of them. Errors:
// operator_not_loaded, several_operators.
[[nodiscard]] base::Result<AlertReport> alert_usage(ports::Store& store, const base::Clock& clock,
                                                    const AlertRequest& request);

[[nodiscard]] base::Json to_json(const AccountLevels& levels);

}  // namespace flows
