#include "domain/billing/plan_bills.h"

#include <algorithm>
#include <map>
#include <span>

#include "base/result/check.h"

namespace domain {
namespace {

using base::Date;
using base::Decimal;
using base::Money;
using base::Month;
using base::Period;
using base::Result;
using base::RoundingMode;

// The revisions of one service, ascending.
using Revisions = std::span<const Service>;

// What was known of the service at an epoch; null where it was not known yet.
const Service* as_of(Revisions revisions, std::int64_t epoch) {
  const Service* known = nullptr;
  for (const Service& revision : revisions) {
    if (revision.epoch <= epoch) known = &revision;
  }
  return known;
}

// Days on which the service ran. A service that ended before it began never ran.
Period running(const Service& service, Period within) {
  const Date ends = std::min(service.ends.value_or(within.to()), within.to());
  const auto days = Period::make(service.starts, std::max(service.starts, ends));
  CHECK(days.has_value());
  return days->intersect(within);
}

// Whether the campaign counts in the month: the first whole calendar months of the service.
bool campaign_counts(const CampaignTerms& campaign, const Service& service, Month month) {
  const Month start = Month::of(service.starts);
  const Month first_whole = service.starts.day() == 1 ? start : start.next();
  return first_whole <= month && month.index() < first_whole.index() + campaign.whole_months;
}

Result<Money> share_of_price(base::UnitPrice price, DayShare share, base::Currency currency) {
  const base::Int128 numerator = price.amount.scaled() * share.days;
  const base::Int128 unit = Decimal::kOne / currency.minor_per_unit();
  const base::Int128 minor =
      base::divide_rounded(numerator, unit * share.of_days, RoundingMode::kHalfUp);
  if (minor > Money::kMinorMax || minor < -Money::kMinorMax) {
    return base::fail("amount_out_of_range", "the amount is beyond ten thousand million");
  }
  return Money(static_cast<std::int64_t>(minor), currency);
}

InvoiceLine line_of_service(const Service& service) {
  InvoiceLine line;
  line.division = service.division;
  line.service = service.id;
  line.service_number = service.source_number;
  line.service_label = service.label;
  line.quantity = Decimal::from_integer(1);
  return line;
}

// The stretches of `days` that have one price each.
Result<std::vector<std::pair<Period, PriceRow>>> price_stretches(const CatalogueItem& item,
                                                                 Period days) {
  std::vector<std::pair<Period, PriceRow>> stretches;
  Date from = days.from();
  while (from < days.to()) {
    PriceRow row = TRY(Catalogue::price_on(item, from));
    if (row.includes_vat) {
      return base::fail("price_includes_vat", "a plan's price must stand without VAT", item.code);
    }
    Date to = days.to();
    for (const PriceRow& later : item.prices) {
      if (from < later.valid_from) {
        to = std::min(to, later.valid_from);
        break;
      }
    }
    stretches.emplace_back(TRY(Period::make(from, to)), std::move(row));
    from = to;
  }
  return stretches;
}

std::optional<InvoiceLine> discount_of(const InvoiceLine& line, const CatalogueItem& campaign,
                                       const Service& service, Month month,
                                       std::string_view language) {
  if (!campaign_counts(campaign.campaign, service, month)) return std::nullopt;
  InvoiceLine discount = line;
  discount.kind = LineKind::kDiscount;
  discount.item = campaign.code;
  discount.name = campaign.name(language);
  discount.net = -base::percent_of(line.net, campaign.campaign.off, RoundingMode::kHalfUp);
  discount.unit_price = {Decimal()};
  return discount;
}

Result<const CatalogueItem*> campaign_of(const Service& service, const Catalogue& catalogue) {
  if (service.campaign.empty()) return nullptr;
  const CatalogueItem* campaign = catalogue.find(service.campaign, ItemKind::kCampaign);
  if (campaign == nullptr) {
    return base::fail("unknown_campaign", "the catalogue has no campaign " + service.campaign,
                      service.source_number);
  }
  const auto& plans = campaign->campaign.plans;
  return std::ranges::find(plans, service.plan) == plans.end() ? nullptr : campaign;
}

// Whether two months are charged alike. What a service is called does not count: who moves house
// keeps what was billed.
bool charged_alike(const std::vector<InvoiceLine>& before, const std::vector<InvoiceLine>& now) {
  return std::ranges::equal(before, now, [](InvoiceLine a, const InvoiceLine& b) {
    a.service_number = b.service_number;
    a.service_label = b.service_label;
    return a == b;
  });
}

std::string group_of(const BillingProfile& profile, const std::string& division,
                     const ServiceId& service) {
  if (profile.grouping == "division") return "division:" + division;
  if (profile.grouping == "service" && !service.is_nil()) return "service:" + service.to_string();
  return "all";
}

// Lines by the bill that they go on; std::map keeps the bills in one order.
using Groups = std::map<std::string, std::vector<InvoiceLine>>;

class Planner {
 public:
  Planner(const AccountFacts& facts, const BillingTerms& terms) : facts_(facts), terms_(terms) {}

  Result<AccountPlan> plan() {
    TRY(add_services());
    AccountPlan plan;
    TRY(add_charges(plan));
    for (auto& [group, lines] : groups_) {
      if (lines.empty()) continue;
      plan.bills.push_back(TRY(make_bill(group, std::move(lines))));
    }
    std::ranges::sort(plan.bills, {}, &PlannedBill::group_key);
    return plan;
  }

 private:
  Result<> add_services() {
    const auto& services = facts_.services;
    for (auto first = services.begin(); first != services.end();) {
      const auto next = std::find_if(first, services.end(), [&](const Service& service) {
        return service.id != first->id;
      });
      TRY(add_service(Revisions(first, next)));
      first = next;
    }
    return {};
  }

  Result<> add_service(Revisions revisions) {
    const Service& now = revisions.back();
    auto& lines = groups_[group_of(facts_.account.profile, now.division, now.id)];
    const Covered covered = covered_by_earlier_runs(revisions);
    Month month = covered.before == &now ? covered.end : covered.first;
    for (; month <= terms_.period.next(); month = month.next()) {
      std::vector<InvoiceLine> owed = TRY(month_of(now, month));
      if (month < covered.end) TRY(take_back(*covered.before, month, owed, lines));
      for (InvoiceLine& line : owed) {
        if (month <= terms_.period && line.kind == LineKind::kRecurring) {
          line.kind = LineKind::kCatchUp;
        }
        lines.push_back(std::move(line));
      }
    }
    return {};
  }

  // The months [first, end) of a service that earlier runs billed, all of them as `before` says:
  // each run brings what it covers up to its own facts. Without them, `end` is where to begin.
  struct Covered {
    Month first;
    Month end;
    const Service* before = nullptr;
  };
  [[nodiscard]] Covered covered_by_earlier_runs(Revisions revisions) const {
    Covered covered{terms_.period, terms_.period, nullptr};
    for (const ClosedPeriod& closed : facts_.closed) {
      const Service* known = as_of(revisions, closed.cutoff_epoch);
      if (known == nullptr) continue;
      if (covered.before == nullptr) covered.first = closed.period;
      covered.before = known;
      covered.end = closed.period.next().next();
    }
    // An account that was set aside at first was billed from then on when its turn came.
    const Month seen = first_seen(revisions);
    covered.first = covered.before == nullptr ? seen : std::min(covered.first, seen);
    if (covered.before == nullptr) covered.end = seen;
    return covered;
  }

  // The period of the first run that knew of the service; this one's where none did.
  [[nodiscard]] Month first_seen(Revisions revisions) const {
    Month first = terms_.period;
    for (const ClosedPeriod& run : terms_.earlier_runs) {
      if (as_of(revisions, run.cutoff_epoch) != nullptr) first = std::min(first, run.period);
    }
    return first;
  }

  // Takes back what `before` was billed in the month, unless it is what is owed anyway.
  Result<> take_back(const Service& before, Month month, std::vector<InvoiceLine>& owed,
                     std::vector<InvoiceLine>& lines) {
    std::vector<InvoiceLine> billed = TRY(month_of(before, month));
    if (charged_alike(billed, owed)) {
      owed.clear();
      return {};
    }
    for (InvoiceLine& line : billed) {
      line.kind = LineKind::kCorrection;
      line.net = -line.net;
      line.quantity = -line.quantity;
      lines.push_back(std::move(line));
    }
    return {};
  }

  Result<std::vector<InvoiceLine>> month_of(const Service& service, Month month) {
    return month_of_service(service, month, terms_, facts_.customer.language);
  }

  Result<> add_charges(AccountPlan& plan) {
    for (const Charge& charge : facts_.charges) {
      InvoiceLine line = TRY(line_of_charge(charge));
      if (charge.payment == ChargePayment::kOnBill) {
        groups_[group_of(facts_.account.profile, charge.division, charge.service)].push_back(
            std::move(line));
        continue;
      }
      PlannedBill bill = TRY(make_bill("order:" + charge.source + ":" + charge.record_id,
                                       {std::move(line)}));
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
    bill.sums = sum_lines(lines, facts_.account.currency, terms_.rounding_step_minor);
    bill.lines = std::move(lines);
    bill.due = terms_.issue_day() + facts_.account.profile.due_days;
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
  Groups groups_;
};

}  // namespace

Result<std::vector<InvoiceLine>> month_of_service(const Service& service, Month month,
                                                  const BillingTerms& terms,
                                                  std::string_view language) {
  std::vector<InvoiceLine> lines;
  const Period days = running(service, month.period());
  if (days.is_empty()) return lines;
  const CatalogueItem* plan = terms.catalogue->find(service.plan, ItemKind::kPlan);
  if (plan == nullptr) {
    return base::fail("unknown_plan", "the catalogue has no plan " + service.plan,
                      service.source_number);
  }
  const CatalogueItem* campaign = TRY(campaign_of(service, *terms.catalogue));
  const base::Currency currency = terms.currency;
  for (auto& [stretch, row] : TRY(price_stretches(*plan, days))) {
    InvoiceLine line = line_of_service(service);
    line.item = plan->code;
    line.name = plan->name(language);
    line.period = stretch;
    line.share = {stretch.days(), month.period().days()};
    line.unit_price = row.price;
    line.net = TRY(share_of_price(row.price, line.share, currency));
    line.vat_class = row.vat_class;
    line.vat_rate = TRY(terms.vat_rate_on(row.vat_class, stretch.from()));
    std::optional<InvoiceLine> discount;
    if (campaign != nullptr) discount = discount_of(line, *campaign, service, month, language);
    lines.push_back(std::move(line));
    if (discount) lines.push_back(std::move(*discount));
  }
  return lines;
}

Result<AccountPlan> plan_bills(const AccountFacts& facts, const BillingTerms& terms) {
  return Planner(facts, terms).plan();
}

}  // namespace domain
