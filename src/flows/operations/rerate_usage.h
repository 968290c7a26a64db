// Rate a month's usage anew: after a price was mended, or a plan change came in late.
//
// A row whose rating now differs is reversed and written anew, in the epoch of now: what was billed
// stays as it is, and the next bill carries the difference. Rows that come to the same are left
// alone, so a second call does nothing. Where a record cannot be rated any more, its row stands
// and the report says so.
#pragma once

#include <map>
#include <string>

#include "base/money/decimal.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/law/rule_book.h"
#include "ports/store.h"

namespace flows {

struct RerateRequest {
  base::Month month;
  std::string division = {};  // With a number: only the usage of the services that had it.
  std::string service_number = {};
  bool dry_run = false;  // Everything but the commit.
  std::string actor = "command";
  const domain::RuleBook* rules = nullptr;  // Of holidays, for prices that ask; may be null.
};

struct RerateReport {
  std::int64_t records = 0;                       // Rated anew.
  std::int64_t changed = 0;                       // Reversed and written anew.
  std::int64_t accounts = 0;                      // With changed ones.
  base::Decimal before, after;                    // Amounts of the changed ones.
  std::map<std::string, std::int64_t> not_rated;  // By code: their rows stand.
};

// Errors: operator_not_loaded, several_operators, unknown_service (no service has or had the
// number; place: the number), those of the store.
[[nodiscard]] base::Result<RerateReport> rerate_usage(ports::Store& store, const base::Clock& clock,
                                                      const RerateRequest& request);

}  // namespace flows
