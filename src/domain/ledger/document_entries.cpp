#include "domain/ledger/document_entries.h"

#include <map>

namespace domain {

using base::Money;

std::vector<Entry> credit_note_entries(const Invoice& note, Money from_receivables) {
  std::map<std::string, Money> sums;
  const auto add = [&](const std::string& ledger_account, Money amount) {
    const auto [row, added] = sums.emplace(ledger_account, amount);
    if (!added) row->second += amount;
  };
  for (const InvoiceLine& line : note.lines) add("revenue:" + line.item, line.net);
  for (const VatSum& sum : note.vat) {
    add("vat:" + note.seller.country + ":" + sum.rate.value.to_string(), sum.vat);
  }
  add("rounding", note.rounding);
  add("receivables", -from_receivables);
  add("prepayment", from_receivables - note.total);
  std::vector<Entry> entries;
  for (const auto& [ledger_account, amount] : sums) {
    if (!amount.is_zero()) entries.push_back({ledger_account, amount});
  }
  return entries;
}

std::vector<Entry> used_credit_entries(Money amount) {
  if (amount.is_zero()) return {};
  return {{"prepayment", amount}, {"receivables", -amount}};
}

}  // namespace domain
