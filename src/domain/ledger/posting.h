// Double entry: a Posting is a set of entries that sum to zero per currency. It cannot be built
// otherwise, is never changed, and is corrected by its reversal (Fowler; Bokföringslagen 5 kap).
//
// Debits are positive, credits negative.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"

namespace domain {

// Where money stands, by role: "receivables", "revenue:FIBER100", "vat:SE:25", "rounding",
// "clearing:card". The chart of accounts gives each its number and name for a general ledger.
struct Entry {
  std::string ledger_account;
  base::Money amount;
  friend bool operator==(const Entry&, const Entry&) = default;
};

class Posting {
 public:
  struct Head {
    PostingId id;
    AccountId account;
    std::string kind;  // invoice, payment, ...
    base::Date effective;
    base::Instant recorded;
    std::string source;  // What it books: a document's or payment's id.
    PostingId reverses;  // Nil unless it is a reversal.
  };

  // Errors: posting_not_balanced (place: the currency), posting_empty.
  [[nodiscard]] static base::Result<Posting> make(Head head, std::vector<Entry> entries);
  // The same entries with the opposite sign.
  [[nodiscard]] Posting reversal(PostingId id, base::Date effective, base::Instant recorded) const;

  [[nodiscard]] const Head& head() const { return head_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

 private:
  Posting(Head head, std::vector<Entry> entries)
      : head_(std::move(head)), entries_(std::move(entries)) {}
  Head head_;
  std::vector<Entry> entries_;
};

struct TrialBalanceRow {
  std::string ledger_account;
  std::string name;
  base::Currency currency;
  base::Money debit;   // Sum of debits.
  base::Money credit;  // Sum of credits, positive.
  [[nodiscard]] base::Money balance() const { return debit - credit; }
};

// What an account of the ledger is called in English: "Receivables", "Revenue FIBER100".
[[nodiscard]] std::string ledger_account_name(std::string_view ledger_account);

}  // namespace domain
