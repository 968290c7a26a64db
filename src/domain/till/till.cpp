#include "domain/till/till.h"

#include <algorithm>

#include "domain/refund/refund.h"
#include "domain/till/drawer.h"

namespace domain {
namespace {

using base::Money;
using base::Result;

struct KindName {
  TillEntryKind kind;
  std::string_view name;
};
constexpr KindName kKinds[] = {
    {TillEntryKind::kFloat, "float"},        {TillEntryKind::kTaking, "taking"},
    {TillEntryKind::kCard, "card"},          {TillEntryKind::kPayOut, "pay_out"},
    {TillEntryKind::kPayIn, "pay_in"},       {TillEntryKind::kDrop, "drop"},
    {TillEntryKind::kStorno, "storno"},      {TillEntryKind::kDifference, "difference"},
    {TillEntryKind::kEmptied, "emptied"},    {TillEntryKind::kCount, "count"},
    {TillEntryKind::kCardPaid, "card_paid"},
};

Result<> check_wishes(const TakingRequest& request) {
  for (const TillWish& wish : request.wishes) {
    const std::string place = wish.bill.to_string();
    if (wish.amount.currency() != request.tendered.currency()) {
      return base::fail("other_currency", "the bill is in another currency than the drawer", place);
    }
    if (wish.amount.minor() <= 0) {
      return base::fail("nothing_to_take", "nothing is to be paid of the bill", place);
    }
    if (wish.amount > wish.rest) {
      return base::fail("amount_too_large",
                        "only " + wish.rest.to_decimal_string() + " is left to pay", place);
    }
  }
  return {};
}

// The first bills first.
std::vector<TillPart> spread(std::span<const TillWish> wishes, Money paid) {
  std::vector<TillPart> parts;
  for (const TillWish& wish : wishes) {
    const Money part = std::min(wish.amount, paid);
    if (part.is_zero()) continue;
    parts.push_back({wish.account, wish.bill, part, wish.rest - part, wish.paper});
    paid -= part;
  }
  if (!paid.is_zero()) {
    parts.push_back({wishes.front().account, {}, paid, Money(0, paid.currency()), ""});
  }
  return parts;
}

// Where an entry's cash came from, less the rounding; empty where none moved.
std::string other_side(const TillSession& session, TillEntryKind kind) {
  switch (kind) {
    case TillEntryKind::kFloat:
    case TillEntryKind::kPayIn:
    case TillEntryKind::kDrop:
    case TillEntryKind::kEmptied: return safe_account(session.safe);
    case TillEntryKind::kTaking:
    case TillEntryKind::kStorno: return "suspense";
    case TillEntryKind::kPayOut: return std::string(kRefundClearing);
    case TillEntryKind::kDifference: return "cash_difference";
    case TillEntryKind::kCard:
    case TillEntryKind::kCount:
    case TillEntryKind::kCardPaid: return {};
  }
  return {};
}

}  // namespace

std::string_view to_text(TillEntryKind kind) {
  return std::ranges::find(kKinds, kind, &KindName::kind)->name;
}

Result<TillEntryKind> parse_till_entry_kind(std::string_view text) {
  const auto* found = std::ranges::find(kKinds, text, &KindName::name);
  if (found != std::end(kKinds)) return found->kind;
  return base::fail("unknown_till_entry", "a till has no such entries", std::string(text));
}

Money asked_in_cash(std::span<const TillWish> wishes, std::int64_t step, base::Currency currency) {
  Money sum(0, currency);
  for (const TillWish& wish : wishes) sum += wish.amount;
  return sum + base::rounding_to_step(sum, step);
}

Result<Taking> plan_taking(const TakingRequest& request) {
  TRY(check_wishes(request));
  const base::Currency currency = request.tendered.currency();
  Money wanted(0, currency);
  for (const TillWish& wish : request.wishes) wanted += wish.amount;
  const Money asked = asked_in_cash(request.wishes, request.step, currency);
  if (asked.minor() <= 0) {
    return base::fail("nothing_to_take", "nothing is to be paid, or less than the smallest coin");
  }
  if (request.tendered.minor() % request.step != 0) {
    return base::fail("cash_not_in_coins",
                      "there are no coins for " + request.tendered.to_decimal_string(),
                      Money(request.step, currency).to_decimal_string());
  }
  Taking taking{{}, wanted, asked};
  const bool is_part = request.tendered < asked;
  if (is_part && (!request.part_is_fine || request.tendered.minor() <= 0)) {
    return base::fail("tendered_too_little",
                      asked.to_decimal_string() +
                          " is asked for: take it as a part, or ask for "
                          "the rest",
                      asked.to_decimal_string());
  }
  if (is_part || (request.rest_to_credit && request.tendered > asked)) {
    taking.paid = taking.cash = request.tendered;
  }
  taking.parts = spread(request.wishes, taking.paid);
  return taking;
}

Money expected_cash(std::span<const TillEntry> entries, base::Currency currency) {
  Money sum(0, currency);
  for (const TillEntry& entry : entries) sum += entry.cash;
  return sum;
}

Result<> check_cash_out(std::span<const TillEntry> entries, Money amount) {
  if (amount.minor() <= 0) {
    return base::fail("amount_not_positive", "say how much is taken out of the drawer");
  }
  const Money there = expected_cash(entries, amount.currency());
  if (there >= amount) return {};
  return base::fail("drawer_too_little", "there is not that much in the drawer", "amount");
}

Result<const TillEntry*> find_taking(std::span<const TillEntry> entries, std::int64_t ordinal) {
  const std::string place = std::to_string(ordinal);
  const auto entry = std::ranges::find(entries, ordinal, &TillEntry::ordinal);
  if (entry == entries.end()) {
    return base::fail("till_entry_not_found", "the session has no such entry", place);
  }
  if (entry->kind != TillEntryKind::kTaking) {
    return base::fail("not_a_taking", "only cash that was taken for bills is undone so", place);
  }
  if (std::ranges::find(entries, ordinal, &TillEntry::undoes) != entries.end()) {
    return base::fail("already_undone", "it is undone already", place);
  }
  return &*entry;
}

std::vector<Entry> till_entries(const TillSession& session, const TillEntry& entry) {
  const std::string other = other_side(session, entry.kind);
  if (other.empty() || (entry.cash.is_zero() && entry.paid.is_zero())) return {};
  std::vector<Entry> entries = {{drawer_account(session.name), entry.cash}, {other, -entry.paid}};
  if (!entry.rounding().is_zero()) entries.push_back({"rounding", -entry.rounding()});
  return entries;
}

TillSums sum_session(std::span<const TillEntry> entries, base::Currency currency) {
  const Money nothing(0, currency);
  TillSums sums{0,       0,       nothing, nothing, nothing,
                nothing, nothing, nothing, nothing, expected_cash(entries, currency)};
  for (const TillEntry& entry : entries) {
    switch (entry.kind) {
      case TillEntryKind::kFloat: sums.floated += entry.cash; break;
      case TillEntryKind::kTaking:
        ++sums.takings;
        sums.taken += entry.cash;
        break;
      case TillEntryKind::kCard: ++sums.cards; break;
      case TillEntryKind::kPayOut: sums.paid_out -= entry.cash; break;
      case TillEntryKind::kPayIn: sums.put_in += entry.cash; break;
      case TillEntryKind::kDrop: sums.dropped -= entry.cash; break;
      case TillEntryKind::kStorno: sums.stornoed -= entry.cash; break;
      case TillEntryKind::kDifference:
      case TillEntryKind::kEmptied:
      case TillEntryKind::kCount:
      case TillEntryKind::kCardPaid: break;
    }
    sums.rounding += entry.rounding();
  }
  return sums;
}

const TillEntry* standing_count(std::span<const TillEntry> entries) {
  const TillEntry* count = nullptr;
  for (const TillEntry& entry : entries) {
    if (entry.kind == TillEntryKind::kCount) {
      count = &entry;
    } else if (!entry.cash.is_zero()) {
      count = nullptr;
    }
  }
  return count;
}

}  // namespace domain
