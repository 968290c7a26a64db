#include "flows/reconcile/keep_bank_side.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "flows/operations/derived_ids.h"
#include "flows/refunds/follow_refunds.h"
#include "ports/ledger.h"
#include "ports/reconciliation.h"

namespace flows {
namespace {

using base::Date;
using base::Money;
using base::Result;
using domain::HouseEntryId;
using domain::MoneyItem;
using ports::HouseEntry;

HouseEntryId entry_id(std::string_view identity) {
  return derived_id<HouseEntryId>({"house_entry", identity});
}

// ISO 20022 codes of bank transactions name what the bank takes so.
bool is_charge(std::string_view code) {
  return code.contains("CHRG") || code.contains("FEES") || code.contains("COMM") ||
         code.contains("NCHG");
}

struct HouseKind {
  std::string_view kind, ledger_account;
};
HouseKind kind_of(const MoneyItem& item, bool is_refund) {
  if (is_refund) return {"refund", domain::kRefundClearing};
  const bool interest = item.code.contains("INTR") || item.code.contains("NINT");
  if (interest) return {"interest", "bank_interest"};
  if (is_charge(item.code)) return {"charge", "bank_charges"};
  return {"outgoing", "bank_other"};
}

// What is told in its parts and as a sum is the same money.
Result<std::vector<const MoneyItem*>> new_ones(ports::Transaction& transaction,
                                               std::span<const MoneyItem> items) {
  std::vector<HouseEntryId> asked;
  for (const MoneyItem& item : items) {
    asked.push_back(entry_id(item.identity));
    if (!item.told_otherwise.empty()) asked.push_back(entry_id(item.told_otherwise));
  }
  const auto found = TRY(transaction.payments().reconciliation().known_entries(asked));
  const std::set<HouseEntryId> known(found.begin(), found.end());
  std::set<HouseEntryId> added;
  std::vector<const MoneyItem*> fresh;
  for (const MoneyItem& item : items) {
    const HouseEntryId id = entry_id(item.identity);
    const HouseEntryId other =
        item.told_otherwise.empty() ? HouseEntryId() : entry_id(item.told_otherwise);
    if (known.contains(id) || known.contains(other) || added.contains(other)) continue;
    if (added.insert(id).second) fresh.push_back(&item);
  }
  return fresh;
}

HouseEntry entry_of(const MoneyItem& item, domain::BankFileId file, bool is_refund,
                    base::Instant recorded) {
  HouseEntry entry;
  entry.id = entry_id(item.identity);
  entry.file = file;
  entry.entry = item.entry;
  entry.bank_account = item.bank_account;
  entry.amount = item.amount;
  entry.booked = item.booked;
  const HouseKind kind = kind_of(item, is_refund);
  entry.kind = kind.kind;
  entry.ledger_account = kind.ledger_account;
  entry.bank_reference = item.bank_reference;
  entry.end_to_end_id = item.end_to_end_id;
  entry.name = item.payer_name;
  entry.account = item.payer_account;
  entry.words = item.remittance;
  entry.recorded = recorded;
  return entry;
}

// A posting of the house for each account, currency, day and purpose, named after its first entry.
Result<> book(ports::Transaction& transaction, const std::vector<HouseEntry>& entries,
              domain::BankFileId file, base::Instant recorded) {
  struct Sum {
    Money amount;
    HouseEntryId first;
  };
  std::map<std::tuple<std::string, base::Currency, Date, std::string>, Sum> sums;
  for (const HouseEntry& entry : entries) {
    const auto [sum, added] = sums.try_emplace(
        {entry.bank_account, entry.amount.currency(), entry.booked, entry.ledger_account},
        Sum{entry.amount, entry.id});
    if (!added) sum->second.amount += entry.amount;
  }
  std::vector<domain::Posting> postings;
  for (const auto& [key, sum] : sums) {
    const auto& [account, currency, booked, ledger_account] = key;
    domain::Posting::Head head;
    head.id = derived_id<domain::PostingId>({"posting", sum.first.to_string(), "house"});
    head.kind = "bank";
    head.effective = booked;
    head.recorded = recorded;
    head.source = file.to_string();
    postings.push_back(TRY(domain::Posting::make(
        std::move(head), {{"bank:" + account, sum.amount}, {ledger_account, -sum.amount}})));
  }
  return transaction.ledger().append(postings);
}

Result<> keep_spent(ports::Transaction& transaction, domain::BankFileId file,
                    std::span<const MoneyItem> spent, const RefundContext& context) {
  if (spent.empty()) return {};
  std::vector<HouseEntry> entries;
  for (const MoneyItem* item : TRY(new_ones(transaction, spent))) {
    const auto refund = TRY(confirm_refund(transaction, *item, context));
    entries.push_back(entry_of(*item, file, refund.has_value(), context.recorded));
  }
  if (entries.empty()) return {};
  TRY(transaction.payments().reconciliation().add_entries(entries));
  return book(transaction, entries, file, context.recorded);
}

// --- What an account was brought in with.

struct Opening {
  const domain::KnownStatement& first;
  std::string bank, brought_in;  // Ledger accounts.
  base::Instant recorded;
};

Result<domain::Posting> opening_posting(const Opening& opening, Date day, Money amount,
                                        std::string_view what) {
  domain::Posting::Head head;
  head.id =
      derived_id<domain::PostingId>({"posting", opening.first.id.to_string(), "opening", what,
                                     day.to_string(), std::to_string(opening.recorded.micros)});
  head.kind = "bank_opening";
  head.effective = day;
  head.recorded = opening.recorded;
  head.source = opening.first.id.to_string();
  return domain::Posting::make(std::move(head),
                               {{opening.bank, amount}, {opening.brought_in, -amount}});
}

// The books begin with what the earliest statement opens with, less what they knew before it. An
// earlier one that comes later moves the beginning.
Result<> bring_in(ports::Transaction& transaction, const Opening& opening) {
  ports::Reconciliation& books = transaction.payments().reconciliation();
  const base::Currency currency = opening.first.opening.currency();
  const Money nothing(0, currency);
  const Date far = TRY(Date::make(9999, 12, 31));
  const auto days_of = [&](const std::string& account) -> Result<std::vector<domain::DaySum>> {
    auto all = TRY(books.ledger_days(account, far));
    return std::move(all[{account, currency}]);
  };
  const Date before = opening.first.from - 1;
  const auto brought_in = TRY(days_of(opening.brought_in));
  Money wanted = opening.first.opening, standing = nothing;
  bool is_late = false;
  for (const domain::DaySum& each : TRY(days_of(opening.bank))) {
    if (each.day <= before) wanted -= each.amount;
  }
  for (const domain::DaySum& each : brought_in) {
    standing -= each.amount;
    if (each.day <= before) wanted -= each.amount;
    is_late = is_late || (before < each.day && !each.amount.is_zero());
  }
  if (wanted == standing && !is_late) return {};
  std::vector<domain::Posting> postings;
  for (const domain::DaySum& each : brought_in) {
    if (each.amount.is_zero()) continue;
    postings.push_back(TRY(opening_posting(opening, each.day, each.amount, "withdrawn")));
  }
  if (!wanted.is_zero()) {
    postings.push_back(TRY(opening_posting(opening, before, wanted, "brought_in")));
  }
  return transaction.ledger().append(postings);
}

// By their first day; of several that begin with it the one that goes on from none of the others.
const domain::KnownStatement& first_of(const std::vector<domain::KnownStatement>& known) {
  const domain::KnownStatement& earliest = known.front();
  for (const domain::KnownStatement& each : known) {
    if (each.from != earliest.from) break;
    const bool goes_on = std::ranges::any_of(known, [&](const domain::KnownStatement& other) {
      return other.id != each.id && other.from == each.from && other.closing == each.opening;
    });
    if (!goes_on) return each;
  }
  return earliest;
}

Result<> keep_statements(ports::Transaction& transaction, domain::BankFileId file,
                         std::vector<domain::KnownStatement> statements, base::Instant recorded) {
  if (statements.empty()) return {};
  for (domain::KnownStatement& each : statements) {
    each.file = file;
    each.recorded = recorded;
  }
  ports::Reconciliation& books = transaction.payments().reconciliation();
  TRY(books.add_statements(statements));
  std::set<std::pair<std::string, base::Currency>> accounts;
  for (const auto& each : statements) {
    accounts.emplace(each.bank_account, each.opening.currency());
  }
  for (const auto& [account, currency] : accounts) {
    auto known = TRY(books.statements(account));
    std::erase_if(known, [&](const domain::KnownStatement& each) {
      return each.opening.currency() != currency;
    });
    TRY(bring_in(transaction, {.first = first_of(known),
                               .bank = "bank:" + account,
                               .brought_in = "bank_opening:" + account,
                               .recorded = recorded}));
  }
  return {};
}

}  // namespace

Result<> keep_bank_side(ports::Transaction& transaction, domain::BankFileId file,
                        const BankSide& side, const RefundContext& context) {
  TRY(keep_spent(transaction, file, side.spent, context));
  TRY(keep_statements(transaction, file, side.statements, context.recorded));
  return follow_statuses(transaction, side.statuses, context);
}

void StatementDays::entry(const domain::BankEntry& entry, std::optional<Date> fallback) {
  if (!entry.booked) return;
  const auto day = entry.booking_date ? entry.booking_date
                   : entry.value_date ? entry.value_date
                                      : fallback;
  if (!day) return;
  first_ = first_ ? std::min(*first_, *day) : *day;
  last_ = last_ ? std::max(*last_, *day) : *day;
}

std::optional<domain::KnownStatement> StatementDays::end(
    const domain::BankStatement& statement) const {
  if (!statement.opening || !statement.closing) return {};
  const auto& [opening, closing] = std::pair(*statement.opening, *statement.closing);
  if (opening.amount.currency() != closing.amount.currency()) return {};
  const auto said = closing.day ? closing.day : statement.to ? statement.to : last_;
  if (!said) return {};
  domain::KnownStatement known;
  known.name = statement.id;
  known.bank_account = domain::compact_account(statement.account);
  known.to = last_ ? std::max(*said, *last_) : *said;
  // A balance does not change before the first entry; what a bank dates it with is the day before
  // as often as the day itself.
  known.from = first_ ? *first_ : std::min(statement.from.value_or(known.to), known.to);
  known.opening = opening.amount;
  known.closing = closing.amount;
  known.id = derived_id<domain::BankStatementId>(
      {"bank_statement", known.bank_account, known.opening.currency().code(),
       known.from.to_string(), known.to.to_string(), known.opening.to_decimal_string(),
       known.closing.to_decimal_string()});
  return known;
}

}  // namespace flows
