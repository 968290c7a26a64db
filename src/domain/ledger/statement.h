// An account's statement: what it owed at first, every posting that changed it, and what it owes
// at last. What it owes is its receivables less the credit that stands to it: where credit pays a
// bill it owes as much as before, and the row says how much was used.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/ledger/posting.h"

namespace domain {

struct StatementRow {
  base::Date day;
  std::string kind;     // Of the posting: invoice, payment, credit_note.
  std::string source;   // What it books: a document's or payment's id.
  base::Money amount;   // Above zero: owed; below: paid or credited.
  base::Money credit;   // Part of it that came to the account's credit; below zero: that was used.
  base::Money balance;  // After it.

  friend bool operator==(const StatementRow&, const StatementRow&) = default;
};

struct Statement {
  base::Money opening;
  std::vector<StatementRow> rows;  // By day, then as they were recorded.
  base::Money closing;
};

// Both days count. Postings of other currencies are left out.
[[nodiscard]] Statement make_statement(std::span<const Posting> postings, base::Currency currency,
                                       std::optional<base::Date> from,
                                       std::optional<base::Date> to);

}  // namespace domain
