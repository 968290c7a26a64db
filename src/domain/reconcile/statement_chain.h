// Whether a bank's statements of an account follow one another, and whether what is booked of the
// account is what they say. Pure.
//
// Statements may overlap and come in any order; the same one in two files is one. A statement
// that is missing shows where the closing balance of one is not the opening balance of the next.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/reconcile/ids.h"

namespace domain {

struct KnownStatement {
  BankStatementId id;
  BankFileId file;
  std::string name;  // As the bank calls it.
  std::string bank_account;
  base::Date from, to;  // Both days are in it.
  base::Money opening, closing;
  base::Instant recorded;
};

// What is booked of an account on a day.
struct DaySum {
  base::Date day;
  base::Money amount;
};

struct AccountMonth {
  std::string bank_account;
  base::Money opening, entries, closing;  // Of the month, as the bank says.
  base::Money ledger;                     // At the month's end, as the books say.
  std::int64_t statements = 0;            // That end in the month.
  std::optional<base::Date> proved_to;    // The last day that a statement says.
  // statement_missing, statement_entries_differ, statement_opening_differs, bank_differs,
  // month_without_statement. The place names the statement or the account.
  std::vector<base::Error> problems;
};

// `days`: every day of the account up to the month's end, ascending; `statements`: of this account
// and currency, in any order. An account of which no statement ever came is proved by its ledger
// alone (opening + entries = closing).
[[nodiscard]] AccountMonth prove_account(std::string bank_account, base::Currency currency,
                                         std::span<const KnownStatement> statements,
                                         std::span<const DaySum> days, base::Period month);

}  // namespace domain
