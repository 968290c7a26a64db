#include "domain/ledger/posting.h"

#include <map>

namespace domain {
namespace {

struct LedgerName {
  std::string_view role;
  std::string_view name;
};

// Roles without a part of their own after the colon stand alone.
constexpr LedgerName kLedgerNames[] = {
    {"bank", "Bank"},
    {"bank_charges", "Bank charges"},
    {"bank_interest", "Interest of banks"},
    {"bank_opening", "Balance brought in"},
    {"bank_other", "Other payments by the bank"},
    {"clearing", "Clearing"},
    {"fees", "Fees of payments"},
    {"prepayment", "Prepayment"},
    {"provider_fees", "Providers' fees"},
    {"receivables", "Receivables"},
    {"revenue", "Revenue"},
    {"rounding", "Rounding"},
    {"suspense", "Suspense"},
    {"vat", "VAT"},
    {"write_off", "Write-off"},
};

}  // namespace

base::Result<Posting> Posting::make(Head head, std::vector<Entry> entries) {
  if (entries.empty()) {
    return base::fail("posting_empty", "a posting needs entries", head.source);
  }
  std::map<std::string_view, std::int64_t> sums;
  for (const Entry& entry : entries) {
    auto& sum = sums[entry.amount.currency().code()];
    CHECK(!__builtin_add_overflow(sum, entry.amount.minor(), &sum));
  }
  for (const auto& [currency, sum] : sums) {
    if (sum != 0) {
      return base::fail("posting_not_balanced",
                        "the entries of a posting must sum to zero; they sum to " +
                            std::to_string(sum) + " minor units",
                        std::string(currency));
    }
  }
  return Posting(std::move(head), std::move(entries));
}

Posting Posting::reversal(PostingId id, base::Date effective, base::Instant recorded) const {
  Head head = head_;
  head.reverses = head_.id;
  head.id = id;
  head.effective = effective;
  head.recorded = recorded;
  std::vector<Entry> entries = entries_;
  for (Entry& entry : entries) entry.amount = -entry.amount;
  return Posting(std::move(head), std::move(entries));
}

std::string ledger_account_name(std::string_view ledger_account) {
  const auto colon = ledger_account.find(':');
  const std::string_view role = ledger_account.substr(0, colon);
  std::string name(role);
  for (const auto& known : kLedgerNames) {
    if (known.role == role) name = known.name;
  }
  if (colon != std::string_view::npos) {
    std::string part(ledger_account.substr(colon + 1));
    for (char& c : part) {
      if (c == ':') c = ' ';
    }
    name += " " + part;
  }
  return name;
}

}  // namespace domain
