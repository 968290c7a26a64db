#include "domain/ledger/statement.h"

#include <algorithm>

namespace domain {
namespace {

// What a posting changes of what the customer owes, and of the credit that stands to it.
struct Change {
  base::Money amount, credit;
};

// Nothing where the posting does not touch them.
std::optional<Change> change_of(const Posting& posting, base::Currency currency) {
  const base::Money nothing(0, currency);
  Change change{nothing, nothing};
  bool is_touched = false;
  for (const Entry& entry : posting.entries()) {
    if (entry.amount.currency() != currency) continue;
    const bool is_credit = entry.ledger_account == "prepayment";
    if (!is_credit && entry.ledger_account != "receivables") continue;
    is_touched = true;
    change.amount += entry.amount;
    if (is_credit) change.credit += -entry.amount;
  }
  return is_touched ? std::optional(change) : std::nullopt;
}

}  // namespace

Statement make_statement(std::span<const Posting> postings, base::Currency currency,
                         std::optional<base::Date> from, std::optional<base::Date> to) {
  std::vector<const Posting*> sorted;
  for (const Posting& posting : postings) sorted.push_back(&posting);
  std::ranges::stable_sort(sorted, {}, [](const Posting* posting) {
    return std::pair(posting->head().effective, posting->head().recorded.micros);
  });
  const base::Money nothing(0, currency);
  Statement statement{nothing, {}, nothing};
  for (const Posting* posting : sorted) {
    const auto& head = posting->head();
    const auto change = change_of(*posting, currency);
    if (!change || (to && *to < head.effective)) continue;
    statement.closing += change->amount;
    if (from && head.effective < *from) {
      statement.opening += change->amount;
    } else {
      statement.rows.push_back({head.effective, head.kind, head.source, change->amount,
                                change->credit, statement.closing});
    }
  }
  return statement;
}

}  // namespace domain
