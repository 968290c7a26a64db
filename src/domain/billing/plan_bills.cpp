#include "domain/billing/plan_bills.h"

#include <algorithm>
#include <map>

#include "base/result/check.h"
#include "domain/billing/credit_note.h"
#include "domain/billing/due_date.h"
#include "domain/billing/grouping.h"
#include "domain/billing/service_timeline.h"
#include "domain/pricing/progressive_billing.h"

namespace domain {
namespace {

using base::Date;
using base::Money;
using base::Period;
using base::Result;

// Bills must come within reason, and what lies further back than corrections look is not seen.
constexpr int kWaitMonthsMax = 12;

AccountCalendar calendar_of(const AccountFacts& facts) {
  return AccountCalendar(facts.first_frequency, facts.frequencies);
}

template <class Visit>
void for_each_service(const std::vector<Service>& services, Visit visit) {
  for (auto first = services.begin(); first != services.end();) {
    const auto next = std::find_if(first, services.end(),
                                   [&](const Service& service) { return service.id != first->id; });
    visit(Revisions(first, next));
    first = next;
  }
}

// The day before which the bill of a boundary has charged everything: the end of the last price
// month that began before the next boundary. A week's bill has the month that begins in it.
Date charged_until(const AccountCalendar& calendar, Date boundary) {
  return calendar.tile_of(calendar.boundary_after(boundary) - 1).days.to();
}

// The day from which on the service's charges can differ from what the account's earlier bills
// say; nothing where they cannot: it is new, or nothing changed.
std::optional<Date> changed_since_closing(Revisions revisions, const AccountFacts& facts,
                                          const BillingTerms& terms,
                                          const AccountCalendar& calendar) {
  if (facts.closed.empty()) return std::nullopt;
  const Closing& last = facts.closed.back();
  const Revisions before = known_at(revisions, last.cutoff_epoch);
  if (before.empty() || before.size() == revisions.size()) return std::nullopt;
  const auto billed = Period::make(
      terms.looks_back_to, std::max(terms.looks_back_to, charged_until(calendar, last.boundary)));
  return first_difference(before, revisions, billed.value());
}

bool is_recurring(LineKind kind) {
  switch (kind) {
    case LineKind::kRecurring:
    case LineKind::kCatchUp:
    case LineKind::kCorrection:
    case LineKind::kDiscount: return true;
    case LineKind::kOneOff:
    case LineKind::kUsage: return false;
  }
  return false;
}

Money charged(const InvoiceLine& line) { return line.gross.value_or(line.net); }

// What tells one charge from another. What a service is called does not count: who moves house
// keeps what was billed. Nor does the net of a price with VAT: it follows from the document.
auto charge_key(const InvoiceLine& line) {
  return std::tuple(line.period, line.item, line.share.days, line.share.of_days,
                    line.unit_price.amount.scaled(), line.vat_class, line.vat_rate.value.scaled(),
                    line.gross.has_value());
}

// Of the lines that were issued, those that stand: a correction takes an earlier one away.
std::vector<InvoiceLine> standing(const std::vector<InvoiceLine>& issued) {
  std::vector<InvoiceLine> lines;
  for (const InvoiceLine& line : issued) {
    const auto taken_back = std::ranges::find_if(lines, [&](const InvoiceLine& earlier) {
      return line.kind == LineKind::kCorrection && charge_key(earlier) == charge_key(line) &&
             charged(earlier) == -charged(line);
    });
    if (taken_back != lines.end()) {
      lines.erase(taken_back);
    } else if (!charged(line).is_zero()) {
      lines.push_back(line);
    }
  }
  return lines;
}

bool charged_alike(std::vector<InvoiceLine> issued, std::vector<InvoiceLine> owed) {
  const auto order = [](const InvoiceLine& a, const InvoiceLine& b) {
    return std::pair(charge_key(a), charged(a)) < std::pair(charge_key(b), charged(b));
  };
  std::erase_if(owed, [](const InvoiceLine& line) { return charged(line).is_zero(); });
  std::ranges::sort(issued, order);
  std::ranges::sort(owed, order);
  return std::ranges::equal(issued, owed, [](const InvoiceLine& a, const InvoiceLine& b) {
    return charge_key(a) == charge_key(b) && charged(a) == charged(b);
  });
}

// Whether each service's days come to nothing: a plan for 0 kronor, or one that a campaign makes
// free. A purchase that is set off against something else is not nothing.
bool costs_nothing(const std::vector<InvoiceLine>& lines) {
  using Days = std::tuple<ServiceId, std::string, Period, std::string, std::int64_t, bool>;
  std::map<Days, std::int64_t> sums;
  for (const InvoiceLine& line : lines) {
    const auto rate = static_cast<std::int64_t>(line.vat_rate.value.scaled());
    sums[{line.service, line.record, line.period, line.vat_class, rate, line.gross.has_value()}] +=
        charged(line).minor();
  }
  return std::ranges::all_of(sums, [](const auto& sum) { return sum.second == 0; });
}

InvoiceLine taken_back(InvoiceLine line) {
  line.kind = LineKind::kCorrection;
  turn_sign(line);
  return line;
}

// Whether an earlier bill had the month's usage.
bool is_billed(base::Month month, const AccountFacts& facts) {
  return !facts.closed.empty() && month.period().to() <= facts.closed.back().boundary;
}

bool has_threshold(Revisions revisions, const BillingTerms& terms) {
  return std::ranges::any_of(revisions, [&](const Service& service) {
    const CatalogueItem* plan = terms.catalogue->find(service.plan, ItemKind::kPlan);
    return plan != nullptr && !plan->plan.bill_at.empty();
  });
}

// Lines by the bill that they go on; std::map keeps the bills in one order.
using Groups = std::map<std::string, std::vector<InvoiceLine>>;

class Planner {
 public:
  Planner(const AccountFacts& facts, const BillingTerms& terms, AccountCalendar calendar,
          Grouping grouping, std::optional<Date> boundary)
      : facts_(facts),
        terms_(terms),
        calendar_(std::move(calendar)),
        grouping_(std::move(grouping)),
        closes_(boundary.has_value()),
        boundary_(closes_ ? *boundary : facts.closed.back().boundary),
        pricing_{*terms.catalogue, terms.currency, terms.vat_rate_on, facts.customer.language,
                 calendar_,        terms.brand,    terms.zone} {}

  Result<AccountPlan> plan() {
    AccountPlan plan;
    plan.boundary = boundary_;
    plan.closes = closes_;
    if (closes_) TRY(add_services());
    TRY(add_usage());
    if (closes_) TRY(add_charges(plan));
    // That is no reason for a bill.
    std::erase_if(groups_, [](const auto& group) { return costs_nothing(group.second); });
    if (terms_.rounding_step_minor > 1 && groups_.size() > 1) join_small_groups();
    for (auto& [group, lines] : groups_) {
      plan.bills.push_back(make_bill(group, std::move(lines)));
    }
    std::ranges::sort(plan.bills, {}, &PlannedBill::group_key);
    plan.waits = is_too_little(plan);
    if (plan.waits) plan.bills.clear();
    use_credit(plan);
    return plan;
  }

 private:
  Result<> add_services() {
    Result<> added;
    for_each_service(facts_.services, [&](Revisions revisions) {
      if (added) added = add_service(revisions);
    });
    return added;
  }

  Result<> add_service(Revisions revisions) {
    const auto changed = changed_since_closing(revisions, facts_, terms_, calendar_);
    const Date end = calendar_.boundary_after(boundary_);
    const Date billed_before = covered_to(revisions);
    Date from = std::max(first_day(revisions), billed_before);
    if (changed) {
      from = std::max(first_day(revisions), calendar_.tile_of(*changed).days.from());
    }
    auto& lines = groups_[group_of(revisions.back(), "fixed")];
    while (from < end) {
      const PriceTile tile = calendar_.tile_of(from);
      std::vector<InvoiceLine> owed = TRY(charge_tile(revisions, tile, pricing_));
      if (from < billed_before) take_back_in(tile, revisions.back().id, owed, lines);
      for (InvoiceLine& line : owed) {
        if (tile.days.to() <= boundary_ && line.kind == LineKind::kRecurring) {
          line.kind = LineKind::kCatchUp;
        }
        lines.push_back(std::move(line));
      }
      from = tile.days.to();
    }
    return {};
  }

  // The day before which everything of the service has been billed; far back where nothing was.
  [[nodiscard]] Date covered_to(Revisions revisions) const {
    if (facts_.closed.empty()) return terms_.looks_back_to;
    const Closing& last = facts_.closed.back();
    if (known_at(revisions, last.cutoff_epoch).empty()) return terms_.looks_back_to;
    return charged_until(calendar_, last.boundary);
  }

  // Where a service that was never billed begins to be: with the price month before the boundary
  // of the first run that knew of it; with the one in which the cycle before that boundary began,
  // where the service began within the cycle, or where the cycle is shorter than a price month.
  [[nodiscard]] Date first_day(Revisions revisions) const {
    Date first = boundary_;
    const auto look_at = [&](std::span<const Closing> runs) {
      for (const Closing& run : runs) {
        if (known_at(revisions, run.cutoff_epoch).empty()) continue;
        first = std::min(first, calendar_.boundary_on_or_before(run.boundary));
      }
    };
    look_at(terms_.earlier_runs);
    look_at(facts_.closed);
    const Date month = calendar_.tile_of(first - 1).days.from();
    const Date cycle = calendar_.boundary_on_or_before(first - 1);
    const bool whole_cycle =
        revisions.back().starts >= cycle || cycle > calendar_.tile_of(month - 1).days.from();
    return whole_cycle ? calendar_.tile_of(cycle).days.from() : month;
  }

  // Takes back what was issued for the tile, unless it is what is owed anyway.
  void take_back_in(const PriceTile& tile, ServiceId service, std::vector<InvoiceLine>& owed,
                    std::vector<InvoiceLine>& lines) const {
    std::vector<InvoiceLine> issued;
    for (const InvoiceLine& line : facts_.issued) {
      if (line.service == service && is_recurring(line.kind) &&
          tile.days.contains(line.period.from())) {
        issued.push_back(line);
      }
    }
    issued = standing(issued);
    if (charged_alike(issued, owed)) {
      owed.clear();
      return;
    }
    for (InvoiceLine& line : issued) lines.push_back(taken_back(std::move(line)));
  }

  [[nodiscard]] std::string group_of(const Service& service, std::string_view category) const {
    return grouping_.key_of({.division = service.division,
                             .service = service.id,
                             .service_number = service.source_number,
                             .category = category,
                             .record = {}});
  }

  // Months that ended by the boundary: those that no bill has, those that grew since, and after
  // them those that have something carried on from them. Of months that go on what has come to a
  // threshold.
  Result<> add_usage() {
    std::vector<CarriedAllowance> carried;
    bool grew = false;
    for (const MonthOfUsage& usage : months_to_close()) {
      const bool ended = usage.month.period().to() <= boundary_;
      const bool billed = is_billed(usage.month, facts_);
      grew = usage.late || (grew && terms_.closes_every_month);
      if (!ended && !terms_.bills_within_months) continue;
      ClosedUsage closed = TRY(close(usage, carried));
      carried = closed.carried;
      if (!ended) {
        TRY(add_within(std::move(closed), usage.month));
        continue;
      }
      if (!closes_ || (billed && !grew)) continue;
      auto owed = TRY(lines_of(closed, usage.month, facts_.services, pricing_));
      if (billed || was_billed_within(usage.month)) {
        owed = less_issued(std::move(owed), facts_.issued, usage.month);
      }
      add_used(std::move(owed));
    }
    return {};
  }

  void add_used(std::vector<InvoiceLine> lines) {
    for (InvoiceLine& line : lines) {
      const std::string group = grouping_.key_of({.division = line.division,
                                                  .service = line.service,
                                                  .service_number = line.service_number,
                                                  .category = "usage",
                                                  .record = {}});
      groups_[group].push_back(std::move(line));
    }
  }

  [[nodiscard]] static bool is_used_in(const InvoiceLine& line, base::Month month) {
    return line.kind == LineKind::kUsage && line.period == month.period();
  }

  [[nodiscard]] bool was_billed_within(base::Month month) const {
    return std::ranges::any_of(facts_.issued,
                               [&](const InvoiceLine& line) { return is_used_in(line, month); });
  }

  // What each service has used in a month that goes on, less what was billed of it before, where
  // that has come to a threshold. The minimum is the month's end's.
  Result<> add_within(ClosedUsage closed, base::Month month) {
    std::erase_if(closed.charges, [](const UsageCharge& charge) { return charge.makes_up; });
    const auto used = TRY(lines_of(closed, month, facts_.services, pricing_));
    std::vector<InvoiceLine> rest = less_issued(used, facts_.issued, month);
    Result<> judged;
    for_each_service(facts_.services, [&](Revisions revisions) {
      if (!judged) return;
      const ServiceId service = revisions.back().id;
      Money sum(0, facts_.account.currency), billed = sum;
      for (const InvoiceLine& line : used) {
        if (line.service == service) sum += charged(line);
      }
      for (const InvoiceLine& line : facts_.issued) {
        if (line.service == service && is_used_in(line, month)) billed += charged(line);
      }
      const auto due = is_due_within(revisions, month, sum, billed);
      if (!due) judged = std::unexpected(due.error());
      if (due && *due) return;
      std::erase_if(rest, [&](const InvoiceLine& line) { return line.service == service; });
    });
    TRY(judged);
    add_used(std::move(rest));
    return {};
  }

  // By the plan that the service has in the month's last days before the run's.
  [[nodiscard]] Result<bool> is_due_within(Revisions revisions, base::Month month, Money used,
                                           Money billed) const {
    const CatalogueItem* plan = nullptr;
    for (const TermSpan& span : timeline(revisions, month.period())) {
      if (plan != nullptr && span.days.from() >= terms_.day) break;
      plan = terms_.catalogue->find(span.terms->plan, ItemKind::kPlan);
    }
    if (plan == nullptr) return false;
    std::vector<Money> thresholds;
    for (const base::UnitPrice& amount : plan->plan.bill_at) {
      thresholds.push_back(base::line_amount(base::Decimal::from_integer(1), amount,
                                             facts_.account.currency, base::RoundingMode::kHalfUp));
    }
    const auto billing = TRY(ProgressiveBilling::make(std::move(thresholds)));
    return billing.due_now(used, billed).has_value();
  }

  // Those with records; where a month without any matters, too, every one since the first that
  // this account was billed for. Those that go on come last.
  [[nodiscard]] std::vector<MonthOfUsage> months_to_close() const {
    if (!terms_.closes_every_month) return facts_.usage;
    base::Month month = first_month();
    if (!facts_.usage.empty()) month = std::min(month, facts_.usage.front().month);
    std::vector<MonthOfUsage> months;
    for (auto next = facts_.usage.begin(); month.period().to() <= boundary_; month = month.next()) {
      const bool has_records = next != facts_.usage.end() && next->month == month;
      months.push_back(has_records ? *next++ : MonthOfUsage{.month = month, .sums = {}});
    }
    for (const MonthOfUsage& usage : facts_.usage) {
      if (usage.month.period().to() > boundary_) months.push_back(usage);
    }
    return months;
  }

  [[nodiscard]] base::Month first_month() const {
    if (!facts_.closed.empty()) return base::Month::of(facts_.closed.front().boundary - 1);
    Date first = boundary_ - 1;
    for_each_service(facts_.services,
                     [&](Revisions revisions) { first = std::min(first, first_day(revisions)); });
    return base::Month::of(first);
  }

  [[nodiscard]] Result<ClosedUsage> close(const MonthOfUsage& usage,
                                          std::span<const CarriedAllowance> carried) const {
    const auto terms = terms_in(facts_.services, usage.month, terms_.brand);
    return close_usage(usage.sums, terms, usage.month, *terms_.catalogue, carried);
  }

  Result<> add_charges(AccountPlan& plan) {
    for (const Charge& charge : facts_.charges) {
      InvoiceLine line = TRY(line_of_charge(charge));
      if (charge.payment == ChargePayment::kOnBill) {
        const std::string group = grouping_.key_of({.division = charge.division,
                                                    .service = charge.service,
                                                    .service_number = line.service_number,
                                                    .category = "one_off",
                                                    .record = line.record});
        groups_[group].push_back(std::move(line));
        continue;
      }
      std::vector<InvoiceLine> lines;
      lines.push_back(std::move(line));
      PlannedBill bill =
          make_bill("order:" + charge.source + ":" + charge.record_id, std::move(lines));
      bill.paid_at_order = charge.payment == ChargePayment::kDirect;
      if (charge.payment == ChargePayment::kInstalments12) bill.plan = twelve_parts(bill);
      plan.bills.push_back(std::move(bill));
    }
    return {};
  }

  Result<InvoiceLine> line_of_charge(const Charge& charge) {
    const CatalogueItem* item = terms_.catalogue->find(charge.item, ItemKind::kOneOff);
    InvoiceLine line;
    line.kind = LineKind::kOneOff;
    line.nature = LineNature::kExtra;
    line.item = charge.item;
    line.name = item == nullptr ? charge.item : item->name(facts_.customer.language);
    line.division = charge.division;
    line.service = charge.service;
    line.period = TRY(Period::make(charge.effective, charge.effective + 1));
    line.quantity = charge.quantity;
    line.unit_price = charge.unit_price;
    line.net = charge.net;
    line.vat_class = charge.vat_class;
    line.vat_rate = TRY(terms_.vat_rate_on(charge.vat_class, charge.effective));
    line.record = charge.source + ":" + charge.record_id;
    for (const Service& service : facts_.services) {
      if (service.id == charge.service) {
        line.service_number = service.source_number;
        line.service_label = service.label;
      }
    }
    return line;
  }

  [[nodiscard]] PlannedBill make_bill(const std::string& group,
                                      std::vector<InvoiceLine> lines) const {
    const Money nothing(0, facts_.account.currency);
    PlannedBill bill;
    bill.group_key = group;
    bill.from_credit = nothing;
    set_nets(lines);
    bill.sums = sum_lines(lines, facts_.account.currency, terms_.rounding_step_minor);
    bill.due = due_date(terms_.day, facts_.profile, terms_.least_due_days);
    if (bill.sums.total.is_negative()) {
      CreditNoteParts note = credit_note_of(std::move(lines), bill.sums);
      bill.is_credit = true;
      bill.due = terms_.day;
      bill.lines = std::move(note.lines);
      bill.sums = std::move(note.sums);
    } else {
      bill.lines = std::move(lines);
    }
    return bill;
  }

  // Whether there is something to pay, and it is less than half the smallest coin.
  [[nodiscard]] static bool is_below_coin(const InvoiceSums& sums) {
    return sums.total.is_zero() && !sums.rounding.is_zero();
  }

  // A bill of less than the smallest coin would ask for nothing: its lines go on the one that has
  // most, the first of equal ones.
  void join_small_groups() {
    auto largest = groups_.begin();
    std::int64_t most = -1;
    std::vector<std::string> small;
    for (auto group = groups_.begin(); group != groups_.end(); ++group) {
      set_nets(group->second);
      const InvoiceSums sums =
          sum_lines(group->second, facts_.account.currency, terms_.rounding_step_minor);
      if (is_below_coin(sums)) small.push_back(group->first);
      const std::int64_t minor = sums.total.minor() < 0 ? -sums.total.minor() : sums.total.minor();
      if (minor <= most) continue;
      most = minor;
      largest = group;
    }
    for (const std::string& key : small) {
      if (key == largest->first) continue;
      for (InvoiceLine& line : groups_[key]) largest->second.push_back(std::move(line));
      groups_.erase(key);
    }
  }

  // A minimum lets small sums wait, and so does the smallest coin; what is ordered and paid at
  // once, or given back, does not, nor what has waited for a year.
  [[nodiscard]] bool is_too_little(const AccountPlan& plan) const {
    const Date oldest = base::add_months(boundary_, -kWaitMonthsMax);
    Money total(0, facts_.account.currency);
    bool below_coin = true;
    for (const PlannedBill& bill : plan.bills) {
      if (bill.is_credit || bill.paid_at_order || !bill.plan.empty()) return false;
      for (const InvoiceLine& line : bill.lines) {
        if (line.period.from() < oldest) return false;
      }
      total += bill.sums.total;
      below_coin = below_coin && is_below_coin(bill.sums);
    }
    const bool too_little = below_coin || total.minor() < facts_.profile.minimum_minor;
    return !plan.bills.empty() && too_little && goes_on();
  }

  // Whether a service runs beyond the boundary: then there will be another bill.
  [[nodiscard]] bool goes_on() const {
    bool any = false;
    for_each_service(facts_.services, [&](Revisions revisions) {
      const auto& ends = revisions.back().ends;
      any = any || !ends || *ends > boundary_;
    });
    return any;
  }

  // What stands to the account, and what this plan gives back, pays the bills in their order.
  void use_credit(AccountPlan& plan) const {
    Money left = facts_.credit;
    for (const PlannedBill& bill : plan.bills) {
      if (bill.is_credit) left += bill.sums.total;
    }
    for (PlannedBill& bill : plan.bills) {
      if (bill.is_credit || bill.paid_at_order || !bill.plan.empty()) continue;
      bill.from_credit = std::min(left, bill.sums.total);
      left -= bill.from_credit;
    }
  }

  static std::vector<PlanRow> twelve_parts(const PlannedBill& bill) {
    const std::vector<std::int64_t> equal(12, 1);
    std::vector<PlanRow> rows;
    int month = 0;
    for (const Money part : base::split(bill.sums.total, equal)) {
      rows.push_back({base::add_months(bill.due, month++), part});
    }
    return rows;
  }

  const AccountFacts& facts_;
  const BillingTerms& terms_;
  AccountCalendar calendar_;
  Grouping grouping_;
  bool closes_;
  Date boundary_;
  PricingTerms pricing_;
  Groups groups_;
};

std::optional<Date> boundary_of(const AccountFacts& facts, Date day,
                                const AccountCalendar& calendar) {
  const Date boundary = calendar.boundary_on_or_before(day);
  if (!facts.closed.empty() && boundary <= facts.closed.back().boundary) return std::nullopt;
  return boundary;
}

}  // namespace

std::optional<Date> boundary_to_close(const AccountFacts& facts, Date day) {
  return boundary_of(facts, day, calendar_of(facts));
}

bool needs_issued(const AccountFacts& facts, const BillingTerms& terms) {
  const AccountCalendar calendar = calendar_of(facts);
  bool needed = std::ranges::any_of(facts.usage, [&](const MonthOfUsage& usage) {
    return usage.late && is_billed(usage.month, facts);
  });
  for_each_service(facts.services, [&](Revisions revisions) {
    needed = needed || (terms.bills_within_months && has_threshold(revisions, terms));
    needed = needed || changed_since_closing(revisions, facts, terms, calendar).has_value();
  });
  return needed;
}

Result<AccountPlan> plan_bills(const AccountFacts& facts, const BillingTerms& terms) {
  AccountCalendar calendar = calendar_of(facts);
  Grouping grouping = TRY(Grouping::parse(facts.profile.grouping));
  const auto boundary = boundary_of(facts, terms.day, calendar);
  CHECK(boundary.has_value() || !facts.closed.empty());
  return Planner(facts, terms, std::move(calendar), std::move(grouping), boundary).plan();
}

}  // namespace domain
