#include "domain/billing/explain_bill.h"

#include <algorithm>
#include <optional>

#include "base/result/check.h"

namespace domain {
namespace {

using base::Money;

// What lines are told apart by. A plan is found by its service alone, where it has one, so that a
// plan that became another is still the same thing.
struct Key {
  LineKind kind;
  ServiceId service;
  std::string item;
  friend bool operator==(const Key&, const Key&) = default;
};

[[nodiscard]] Key key_of(const InvoiceLine& line) {
  const bool by_service = line.kind == LineKind::kRecurring && !line.service.is_nil();
  return {line.kind, line.service, by_service ? std::string() : line.item};
}

// All lines of one paper with one key.
struct Side {
  const InvoiceLine* line = nullptr;  // The largest one, which gives its name.
  Money largest;
  Money sum;
  DayShare days = {};
  base::Decimal used = {};
};

struct Pair {
  Key key;
  std::optional<Side> before;
  std::optional<Side> after;
};

[[nodiscard]] Money size_of(Money amount) { return amount.is_negative() ? -amount : amount; }

void add(std::optional<Side>& side, const InvoiceLine& line, Money amount) {
  if (!side) {
    side = Side{&line, amount, amount, line.share, line.quantity};
    return;
  }
  side->sum += amount;
  side->days.days += line.share.days;
  side->used = side->used + line.quantity;
  if (size_of(side->largest) < size_of(amount)) {
    side->largest = amount;
    side->line = &line;
  }
}

void add_lines(std::vector<Pair>& pairs, const PricedPaper& paper,
               std::optional<Side> Pair::* side) {
  CHECK(paper.amounts.size() == paper.invoice.lines.size());
  for (std::size_t at = 0; at < paper.amounts.size(); ++at) {
    const InvoiceLine& line = paper.invoice.lines[at];
    const Key key = key_of(line);
    auto pair = std::ranges::find(pairs, key, &Pair::key);
    if (pair == pairs.end()) pair = pairs.insert(pairs.end(), Pair{key, {}, {}});
    add((*pair).*side, line, paper.amounts[at]);
  }
}

[[nodiscard]] CauseKind plan_cause(const Pair& pair) {
  if (!pair.before) return CauseKind::kServiceNew;
  if (!pair.after) return CauseKind::kServiceGone;
  if (pair.before->line->item != pair.after->line->item) return CauseKind::kPlanChanged;
  return pair.before->days == pair.after->days ? CauseKind::kPrice : CauseKind::kDays;
}

[[nodiscard]] CauseKind kind_of(const Pair& pair) {
  switch (pair.key.kind) {
    case LineKind::kRecurring: return plan_cause(pair);
    case LineKind::kDiscount:
      if (!pair.before) return CauseKind::kDiscountBegan;
      return pair.after ? CauseKind::kDiscountChanged : CauseKind::kDiscountEnded;
    case LineKind::kUsage: return CauseKind::kUsage;
    case LineKind::kOneOff: return pair.after ? CauseKind::kOneOff : CauseKind::kOneOffBefore;
    case LineKind::kCatchUp: return pair.after ? CauseKind::kCatchUp : CauseKind::kCatchUpBefore;
    case LineKind::kCorrection:
      return pair.after ? CauseKind::kCorrection : CauseKind::kCorrectionBefore;
  }
  return CauseKind::kOneOff;
}

[[nodiscard]] Cause cause_of(const Pair& pair, Money nothing) {
  const InvoiceLine& line = pair.after ? *pair.after->line : *pair.before->line;
  Cause cause;
  cause.kind = kind_of(pair);
  cause.change =
      (pair.after ? pair.after->sum : nothing) - (pair.before ? pair.before->sum : nothing);
  cause.name = line.name;
  cause.owner = line.service_label;
  cause.unit = line.unit;
  if (cause.kind == CauseKind::kPlanChanged) cause.before_name = pair.before->line->name;
  if (pair.after) {
    cause.days = pair.after->days;
    cause.used = pair.after->used;
  }
  if (pair.before) {
    cause.days_before = pair.before->days;
    cause.used_before = pair.before->used;
  }
  return cause;
}

// A one-off of this bill and the same of the last are two purchases, which say more than their
// difference; only where they cost the same is there nothing to say.
void split(std::vector<Cause>& causes, const Pair& pair, Money nothing) {
  const bool two = pair.before && pair.after && pair.before->sum != pair.after->sum &&
                   (pair.key.kind == LineKind::kOneOff || pair.key.kind == LineKind::kCatchUp ||
                    pair.key.kind == LineKind::kCorrection);
  if (!two) {
    causes.push_back(cause_of(pair, nothing));
    return;
  }
  causes.push_back(cause_of({pair.key, {}, pair.after}, nothing));
  causes.push_back(cause_of({pair.key, pair.before, {}}, nothing));
}

// What is left of a total whose lines are without VAT; nothing where they include it.
[[nodiscard]] Money vat_of(const PricedPaper& paper) {
  Money rest = paper.invoice.total - paper.invoice.rounding;
  for (const Money amount : paper.amounts) rest -= amount;
  return rest;
}

}  // namespace

Explanation explain_bill(const PricedPaper& before, const PricedPaper& after,
                         std::size_t causes_max) {
  const Money nothing(0, after.invoice.total.currency());
  CHECK(before.invoice.total.currency() == nothing.currency());
  std::vector<Pair> pairs;
  add_lines(pairs, after, &Pair::after);
  add_lines(pairs, before, &Pair::before);
  Explanation told{before.invoice.total,
                   after.invoice.total,
                   {},
                   nothing,
                   0,
                   vat_of(after) - vat_of(before),
                   after.invoice.rounding - before.invoice.rounding};
  for (const Pair& pair : pairs) split(told.causes, pair, nothing);
  std::erase_if(told.causes, [](const Cause& cause) { return cause.change.is_zero(); });
  std::ranges::stable_sort(told.causes, [](const Cause& left, const Cause& right) {
    return size_of(right.change) < size_of(left.change);
  });
  for (std::size_t at = causes_max; at < told.causes.size(); ++at) {
    told.smaller += told.causes[at].change;
    ++told.smaller_count;
  }
  if (told.causes.size() > causes_max) told.causes.resize(causes_max);
  Money sum = told.before + told.smaller + told.vat + told.rounding;
  for (const Cause& cause : told.causes) sum += cause.change;
  CHECK(sum == told.after);
  return told;
}

std::string_view to_text(CauseKind kind) {
  switch (kind) {
    case CauseKind::kServiceNew: return "service_new";
    case CauseKind::kServiceGone: return "service_gone";
    case CauseKind::kPlanChanged: return "plan_changed";
    case CauseKind::kDays: return "days";
    case CauseKind::kPrice: return "price";
    case CauseKind::kDiscountBegan: return "discount_began";
    case CauseKind::kDiscountEnded: return "discount_ended";
    case CauseKind::kDiscountChanged: return "discount_changed";
    case CauseKind::kUsage: return "usage";
    case CauseKind::kOneOff: return "one_off";
    case CauseKind::kOneOffBefore: return "one_off_before";
    case CauseKind::kCatchUp: return "catch_up";
    case CauseKind::kCatchUpBefore: return "catch_up_before";
    case CauseKind::kCorrection: return "correction";
    case CauseKind::kCorrectionBefore: return "correction_before";
  }
  return {};
}

}  // namespace domain
