// Mandates that another system kept, from a table (CSV): one row a mandate, in any order.
//
// Every row is registered as one that its bank knows already; what is there stays as it is, so that
// a table may be imported again. A bad row is a problem with its line and stops nothing. A dry run
// is the same code without its commit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time/instant.h"
#include "domain/law/rule_book.h"
#include "ports/store.h"

namespace flows {

struct MandateImportRequest {
  std::string actor = "import";
  bool dry_run = false;
  std::size_t rows_per_batch = 500;
};

struct MandateImportProblem {
  std::int64_t line = 0;
  std::string field, code, text;
};

struct MandateImportReport {
  std::int64_t rows = 0, registered = 0, known = 0;
  std::vector<MandateImportProblem> problems;  // rows = registered + known + problems
};

// Columns: customer, scheme, reference, creditor, name, account, identity, signed_on, limit,
// notice_days, debits; in any order, the first two and signed_on required. `debits` is how many
// were made before: 0 makes the next a first one. Errors: csv_head (a column is missing or not
// known), those of DebitTerms and the store.
[[nodiscard]] base::Result<MandateImportReport> import_mandates(
    ports::Store& store, const domain::RuleBook& rules, const base::Clock& clock,
    std::string_view text, const std::string& name, const MandateImportRequest& request);

}  // namespace flows
