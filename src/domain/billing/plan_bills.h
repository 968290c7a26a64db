// plan_bills: what an account is billed for on a boundary of its calendar. Pure: facts in, bills
// out.
//
// D15, for the boundary on which period P ends: usage and one-offs of P, recurring charges in
// advance for the price months that begin before the next boundary, once each, and the price month
// before the boundary for a service that no run has seen (the whole cycle, where it began in it).
// What comes to nothing is on no bill, and what is below the smallest coin on none of its own: it
// goes on another one, or waits for the next; nothing waits longer than a year. Where facts
// changed what was billed already, the issued lines are read: what is owed by the latest facts,
// less what was issued, is billed or taken back. So planning again from the same facts gives the
// same bills, whoever plans and however often, and in the end each month has been billed what it
// costs, exactly once.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/billing/invoice.h"
#include "domain/billing/recurring.h"
#include "domain/billing/usage_lines.h"
#include "domain/catalogue/catalogue.h"
#include "domain/party/party.h"

namespace domain {

// A boundary that was billed, and the epoch up to which that run saw facts.
struct Closing {
  base::Date boundary;
  std::int64_t cutoff_epoch = 0;
};

// Everything known of one account up to the run's cutoff.
struct AccountFacts {
  Account account;
  Customer customer;
  BillingProfile profile;  // In force on the day of the run.
  Frequency first_frequency;
  std::vector<FrequencyChange> frequencies;  // What was chosen later, ascending by day.
  std::vector<Service> services;             // All revisions, ascending by service and revision.
  std::vector<Charge> charges;               // One-offs that no earlier run has billed.
  std::vector<Closing> closed;               // For this account; ascending by boundary.
  // The lines that were issued to the account on or after BillingTerms::looks_back_to; needed
  // where needs_issued() says so.
  std::vector<InvoiceLine> issued;
  // Ascending by month; months before those that are due where the catalogue needs every month.
  std::vector<MonthOfUsage> usage;
  base::Money credit;  // That stands to the account; not below zero.
};

struct BillingTerms {
  base::Date day;  // Of the run: bills are dated on it, facts of days before it count.
  const Catalogue* catalogue = nullptr;
  base::Currency currency;
  VatRateOn vat_rate_on;
  std::int64_t rounding_step_minor = 1;  // To whole kronor: 100.
  // The runs before this one (their days and cutoffs), as far back as `looks_back_to`. Where one
  // saw a service and did not bill it, because the account was set aside, the service is billed
  // from that run's boundary on.
  std::span<const Closing> earlier_runs = {};
  base::Date looks_back_to;  // What was billed before this day is not looked at again.
  int least_due_days = 0;    // By law, from the issue to the due day.
  std::string_view brand = {};
  bool closes_every_month = false;       // needs_every_month() of the catalogue.
  bool bills_within_months = false;      // As the catalogue says (domain/rating).
  const base::TimeZone* zone = nullptr;  // The operator's clocks.
};

// A bill to be: everything but its ids, numbers and names of seller and buyer.
struct PlannedBill {
  std::string group_key;  // "all", "division:broadband", "service:...", "order:..."
  std::vector<InvoiceLine> lines;
  InvoiceSums sums;
  base::Date due;
  std::vector<PlanRow> plan;
  bool paid_at_order = false;  // A direct order was paid by card when it was made.
  // More is taken back than charged: the paper is a credit note, its lines and sums positive, and
  // its total stands to the account.
  bool is_credit = false;
  base::Money from_credit;  // So much of it is paid with what stood to the account.
};

struct AccountPlan {
  base::Date boundary;  // What is closed.
  // Whether this closes it. Else it was closed before, and there are only bills of usage that has
  // come to a threshold within its month, if any.
  bool closes = true;
  std::vector<PlannedBill> bills;  // In order of group key.
  // All of it together is less than the account's minimum, or than the smallest coin: nothing is
  // closed, and the next boundary bills it.
  bool waits = false;
};

// Which boundary the run closes for the account; nothing where the latest was closed before.
[[nodiscard]] std::optional<base::Date> boundary_to_close(const AccountFacts& facts,
                                                          base::Date day);

// Whether facts have changed what was billed already, so that the issued lines are needed.
[[nodiscard]] bool needs_issued(const AccountFacts& facts, const BillingTerms& terms);

// Of an account for which boundary_to_close gives one; else of usage within months only, see
// AccountPlan::closes.
// Errors: no_price, unknown_plan, unknown_add_on, unknown_campaign, unknown_item,
// amount_out_of_range, bad_grouping, and those of vat_rate_on and close_usage. An account's error
// bills nothing of it; the next run sees it again.
[[nodiscard]] base::Result<AccountPlan> plan_bills(const AccountFacts& facts,
                                                   const BillingTerms& terms);

}  // namespace domain
