// Whether a month is explained to the last krona: each sum of the books, and the same sum made of
// the rows that stand behind it. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/reconcile/statement_chain.h"

namespace domain {

// At the end of the month. Amounts as people say them: what we owe customers is above zero, too.
struct ProofLine {
  std::string name;     // suspense, receivables, clearing:card, cash:kassa-1, safe:main ...
  std::string made_of;  // open_payments, bills, credits, payouts, refunds, till_entries
  base::Money ledger, rows;

  [[nodiscard]] bool holds() const { return ledger == rows; }
};

struct MonthProof {
  base::Month month;
  std::vector<AccountMonth> banks;
  std::vector<ProofLine> lines;
  // Of both: what does not hold, with the rows that make the difference.
  std::vector<base::Error> problems;

  [[nodiscard]] bool holds() const;
};

// Adds a line, and proof_line_differs where it does not hold.
void add_line(MonthProof& proof, ProofLine line);

}  // namespace domain
