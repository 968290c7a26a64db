#include "domain/billing/plan_bills.h"

#include <algorithm>
#include <map>

#include "base/result/check.h"
#include "domain/billing/grouping.h"
#include "domain/billing/service_timeline.h"

namespace domain {
namespace {

using base::Date;
using base::Money;
using base::Period;
using base::Result;

Result<AccountCalendar> calendar_of(const AccountFacts& facts) {
  return AccountCalendar(TRY(Frequency::parse(facts.account.profile.frequency)));
}

template <class Visit>
void for_each_service(const std::vector<Service>& services, Visit visit) {
  for (auto first = services.begin(); first != services.end();) {
    const auto next = std::find_if(first, services.end(), [&](const Service& service) {
      return service.id != first->id;
    });
    visit(Revisions(first, next));
    first = next;
  }
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
  const auto billed = Period::make(terms.looks_back_to,
                                   std::max(terms.looks_back_to,
                                            calendar.boundary_after(last.boundary)));
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

InvoiceLine taken_back(InvoiceLine line) {
  line.kind = LineKind::kCorrection;
  line.net = -line.net;
  if (line.gross) line.gross = -*line.gross;
  line.quantity = -line.quantity;
  return line;
}

// Lines by the bill that they go on; std::map keeps the bills in one order.
using Groups = std::map<std::string, std::vector<InvoiceLine>>;

class Planner {
 public:
  Planner(const AccountFacts& facts, const BillingTerms& terms, AccountCalendar calendar,
          Grouping grouping, Date boundary)
      : facts_(facts),
        terms_(terms),
        calendar_(std::move(calendar)),
        grouping_(std::move(grouping)),
        boundary_(boundary),
        pricing_{*terms.catalogue, terms.currency, terms.vat_rate_on, facts.customer.language,
                 calendar_} {}

  Result<AccountPlan> plan() {
    Result<> added;
    for_each_service(facts_.services, [&](Revisions revisions) {
      if (added) added = add_service(revisions);
    });
    TRY(added);
    AccountPlan plan;
    plan.boundary = boundary_;
    TRY(add_charges(plan));
    for (auto& [group, lines] : groups_) {
      // What costs nothing is no reason for a bill.
      if (std::ranges::all_of(lines, [](const auto& line) { return charged(line).is_zero(); })) {
        continue;
      }
      PlannedBill bill = TRY(make_bill(group, std::move(lines)));
      plan.bills.push_back(std::move(bill));
    }
    std::ranges::sort(plan.bills, {}, &PlannedBill::group_key);
    return plan;
  }

 private:
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
    return calendar_.boundary_after(last.boundary);
  }

  // Where a service that was never billed begins to be: with the price month before the boundary
  // of the first run that knew of it.
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
    return calendar_.tile_of(first - 1).days.from();
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
      PlannedBill bill = TRY(make_bill("order:" + charge.source + ":" + charge.record_id,
                                       std::move(lines)));
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

  Result<PlannedBill> make_bill(const std::string& group, std::vector<InvoiceLine> lines) {
    PlannedBill bill;
    bill.group_key = group;
    set_nets(lines);
    bill.sums = sum_lines(lines, facts_.account.currency, terms_.rounding_step_minor);
    bill.lines = std::move(lines);
    bill.due = terms_.day + facts_.account.profile.due_days;
    if (bill.sums.total.is_negative()) {
      return base::fail("bill_is_negative",
                        "more is taken back than billed (" +
                            bill.sums.total.to_decimal_string() +
                            "); it stays open and meets the next period",
                        group);
    }
    return bill;
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

Result<std::optional<Date>> boundary_to_close(const AccountFacts& facts, Date day) {
  const AccountCalendar calendar = TRY(calendar_of(facts));
  return boundary_of(facts, day, calendar);
}

Result<bool> needs_issued(const AccountFacts& facts, const BillingTerms& terms) {
  const AccountCalendar calendar = TRY(calendar_of(facts));
  bool needed = false;
  for_each_service(facts.services, [&](Revisions revisions) {
    needed = needed || changed_since_closing(revisions, facts, terms, calendar).has_value();
  });
  return needed;
}

Result<AccountPlan> plan_bills(const AccountFacts& facts, const BillingTerms& terms) {
  AccountCalendar calendar = TRY(calendar_of(facts));
  Grouping grouping = TRY(Grouping::parse(facts.account.profile.grouping));
  const auto boundary = boundary_of(facts, terms.day, calendar);
  CHECK(boundary.has_value());
  return Planner(facts, terms, std::move(calendar), std::move(grouping), *boundary).plan();
}

}  // namespace domain
