#include "domain/ledger/statement.h"

#include <algorithm>

namespace domain {
namespace {

// What a posting changes of what the customer owes; nothing where it does not touch it.
std::optional<base::Money> owed(const Posting& posting, base::Currency currency) {
  std::optional<base::Money> sum;
  for (const Entry& entry : posting.entries()) {
    if (entry.amount.currency() != currency) continue;
    if (entry.ledger_account != "receivables" && entry.ledger_account != "prepayment") continue;
    sum = sum ? *sum + entry.amount : entry.amount;
  }
  return sum;
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
    const auto amount = owed(*posting, currency);
    if (!amount || (to && *to < head.effective)) continue;
    statement.closing += *amount;
    if (from && head.effective < *from) {
      statement.opening += *amount;
    } else {
      statement.rows.push_back(
          {head.effective, head.kind, head.source, *amount, statement.closing});
    }
  }
  return statement;
}

}  // namespace domain
