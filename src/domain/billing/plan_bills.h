// plan_bills: what an account is billed for when a period is closed. Pure: facts in, bills out.
//
// D15: closing period P bills the one-offs up to P, recurring charges in advance for the month
// after P, and P itself for a service that no run has seen before. What earlier runs billed and
// turned out otherwise (a service ended, a plan changed) is taken back and billed anew. All of it
// follows from the revisions of services and the marks of earlier runs, so that planning again
// from the same facts gives the same bills, whoever plans and however often.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/billing/invoice.h"
#include "domain/catalogue/catalogue.h"
#include "domain/party/party.h"

namespace domain {

// A period that an earlier run closed, and the epoch up to which it saw facts.
struct ClosedPeriod {
  base::Month period;
  std::int64_t cutoff_epoch = 0;
};

// Everything known of one account up to the run's cutoff.
struct AccountFacts {
  Account account;
  Customer customer;
  std::vector<Service> services;  // All revisions, ascending by service and revision.
  std::vector<Charge> charges;    // One-offs that no earlier run has billed.
  // For this account; ascending by period; older than two years may be left out.
  std::vector<ClosedPeriod> closed;
};

// The rate of a VAT class on a day in the account's country.
using VatRateOn = std::function<base::Result<base::Percent>(std::string_view vat_class,
                                                            base::Date day)>;

struct BillingTerms {
  base::Month period;              // P, which the run closes.
  const Catalogue* catalogue = nullptr;
  base::Currency currency;
  VatRateOn vat_rate_on;
  std::int64_t rounding_step_minor = 1;  // To whole kronor: 100.
  // The runs before this one, as far back as `closed` goes. Where one saw a service and did not
  // bill it, because the account was set aside, the service is billed from that run's period on.
  std::span<const ClosedPeriod> earlier_runs = {};

  // The day after P, on which everything is dated.
  [[nodiscard]] base::Date issue_day() const { return period.next().period().from(); }
};

// A bill to be: everything but its ids, numbers and names of seller and buyer.
struct PlannedBill {
  std::string group_key;  // "all", "division:broadband", "service:...", "order:..."
  std::vector<InvoiceLine> lines;
  InvoiceSums sums;
  base::Date due;
  std::vector<PlanRow> plan;
  bool paid_at_order = false;  // A direct order was paid by card when it was made.
};

struct AccountPlan {
  std::vector<PlannedBill> bills;  // In order of group key.
};

// Errors: no_price, price_includes_vat, unknown_plan, unknown_campaign, bill_is_negative (place:
// the group; nothing of the account is billed and the next run sees it again), amount_out_of_range,
// and those of vat_rate_on.
[[nodiscard]] base::Result<AccountPlan> plan_bills(const AccountFacts& facts,
                                                   const BillingTerms& terms);

// What one service costs in one month by its latest facts: a line per price, each followed by the
// campaign's discount. Actual days: net = price x days of service / days of the month, rounded
// once per line, half up.
[[nodiscard]] base::Result<std::vector<InvoiceLine>> month_of_service(
    const Service& service, base::Month month, const BillingTerms& terms,
    std::string_view language);

}  // namespace domain
