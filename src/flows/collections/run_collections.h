// The collection run of a day: open bills of accounts with a mandate get a debit, whose payer is
// told; and debits whose time has come are ordered in files for the banks.
//
// A page of bills, and a file of debits, a transaction: it can be killed anywhere and called again
// for the same day, and the files are the same bytes. What a day's run has done it does not do
// again; `again` goes on with what came since. A dry run is the same code without its commit.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/time/instant.h"
#include "domain/law/rule_book.h"
#include "ports/mandates.h"
#include "ports/store.h"

namespace flows {

inline constexpr std::string_view kCollectionRunLock = "collection_run";
inline constexpr std::size_t kBillsPerPage = 2'000;
// What of a file is in memory at once.
inline constexpr std::size_t kDebitsPerFile = 20'000;

struct CollectionRequest {
  base::Date day;
  std::string actor = "command";
  bool again = false;
  std::size_t bills_per_page = kBillsPerPage;
  std::size_t debits_per_file = kDebitsPerFile;
};

struct CollectionReport {
  ports::CollectionRun run;     // Of the day.
  ports::CollectionRun before;  // What of it there was when this call began.
  bool was_done = false;        // Before: nothing was done now.
  // Of this call.
  std::vector<ports::OrderFile> files;
  std::vector<base::Error> problems;  // The first of them.
  std::map<std::string, std::int64_t> problem_counts, dropped;
};
using OnCollectionProgress = std::function<void(const ports::CollectionRun&)>;

// Problems of the report, besides those of plan_debit: no_debit_agreement and order_refused, which
// keep a creditor's debits planned. Errors: no_operator, several_operators, run_day_passed (a
// later day's run is there), those of the rules and the store.
[[nodiscard]] base::Result<CollectionReport> run_collections(
    ports::Store& store, const domain::RuleBook& rules, const base::Clock& clock,
    const CollectionRequest& request, const OnCollectionProgress& on_progress = nullptr);
// What it would do. Holds one write transaction meanwhile.
[[nodiscard]] base::Result<CollectionReport> try_collections(ports::Store& store,
                                                             const domain::RuleBook& rules,
                                                             const base::Clock& clock,
                                                             const CollectionRequest& request);

}  // namespace flows
