// Run billing: close a period for all accounts (design.md part 6, D9, D15).
//
// A run counts first, then takes its block of invoice numbers, then issues batch by batch, each
// in one transaction. It can be killed anywhere and is finished by the next call for its period;
// it can be asked for twice, or run with any number of workers: the stored bytes are the same. A
// dry run is the counting pass alone. An account that cannot be billed is set aside with its
// reason and does not stop the others.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/law/rule_book.h"
#include "ports/billing.h"
#include "ports/store.h"
#include "support/crypto/crypto.h"

namespace flows {

struct BillingTools {
  ports::Store& store;
  const base::Clock& clock;
  const domain::RuleBook& rules;
  const crypto::Key& link_key;  // Of the links that a bill is opened by (D6).
};

// The day on which a run closes the period (D15): the day after it.
[[nodiscard]] inline base::Date closing_day(base::Month period) {
  return period.next().period().from();
}

struct RunRequest {
  base::Date day;  // On which it bills: each account whose cycle ended by then.
  bool dry_run = false;
  int workers = 1;
  std::int64_t batch_accounts = 1000;  // Accounts a transaction.
  std::string actor = "command";
};

// Sums over what a run billed, per run in the operator's currency.
struct RunTotals {
  std::int64_t accounts = 0;      // Looked at.
  std::int64_t billed = 0;        // That got at least one bill.
  std::int64_t documents = 0;     // Invoices.
  std::int64_t credit_notes = 0;  // Where more was taken back than charged.
  std::int64_t set_aside = 0;
  std::int64_t net_minor = 0;  // Of invoices less credit notes, as the other sums.
  std::int64_t vat_minor = 0;
  std::int64_t total_minor = 0;
};

struct RunOutcome {
  domain::RunId run;  // Nil after a dry run and where there was nothing left to bill.
  base::Month period;
  bool dry_run = false;
  bool resumed = false;
  base::Date issue_day;
  base::Currency currency;
  std::string series;
  std::int64_t first_number = 0;  // 0 without documents.
  std::int64_t last_number = 0;
  RunTotals totals;
  std::vector<ports::SetAside> set_aside;  // By account; at most kSetAsideShownMax.
  // Facts up to here are billed; those recorded later are the next run's, also where a killed run
  // is finished much later. Nothing for a dry run, which sees all there is.
  struct Cutoff {
    std::int64_t epoch = 0;
    base::Instant recorded;  // When the run was begun.
  };
  std::optional<Cutoff> cutoff = {};
  // Documents of the run that another call had issued, at the same time or before.
  std::int64_t found_issued = 0;
};

inline constexpr std::size_t kSetAsideShownMax = 1000;

struct RunProgress {
  std::string_view phase;  // counting | issuing
  std::int64_t batches_done = 0;
  std::int64_t batches = 0;
  std::int64_t documents = 0;
};
// Called from any worker's thread, one call at a time.
using OnRunProgress = std::function<void(const RunProgress&)>;

// Errors: no_operator, several_operators, period_not_over (it has days left; a dry run may look
// ahead), run_unfinished (another period's run was begun),
// run_inputs_changed (what was counted is no longer what is there: a defect or a hand in the
// database), and those of the store.
[[nodiscard]] base::Result<RunOutcome> run_billing(const BillingTools& tools,
                                                   const RunRequest& request,
                                                   const OnRunProgress& on_progress);

}  // namespace flows
