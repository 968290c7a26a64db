// Credit notes, the tab, statements and revenue on the command line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace app::cli {

struct BillCreditOptions {
  std::string bill;                 // Id, payment reference or invoice number.
  std::vector<std::int64_t> lines;  // From 1.
  std::string amount;
  std::string service;  // The division's number for it.
  std::string reason;
  bool dry_run = false;
};
[[nodiscard]] Outcome bill_credit(const Context& context, const BillCreditOptions& options);

struct RevenueOptions {
  std::string period;
  std::string recorded;  // A day or a time.
};
[[nodiscard]] Outcome ledger_revenue(const Context& context, const RevenueOptions& options);

struct StatementOptions {
  std::string account;  // A customer's number, or an account's id.
  std::string from;
  std::string to;
  bool csv = false;
};
[[nodiscard]] Outcome account_statement(const Context& context, const StatementOptions& options);

// The charges of an account that are not on a bill yet.
[[nodiscard]] Outcome tab(const Context& context, const std::string& account);

// A day counts whole: the last microsecond of it. Errors: not_a_time.
[[nodiscard]] base::Result<base::Instant> until(const std::string& text);

}  // namespace app::cli
