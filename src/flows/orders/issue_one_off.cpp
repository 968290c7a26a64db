#include "flows/orders/issue_one_off.h"

#include <algorithm>

#include "domain/billing/due_date.h"
#include "domain/billing/profile.h"
#include "domain/law/vat_rates.h"
#include "flows/billing/issue_batch.h"
#include "flows/care/one_account.h"
#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "ports/parties.h"
#include "ports/profiles.h"

namespace flows {
namespace {

using base::Result;

Result<PlannedAccount> load_payer(ports::Transaction& transaction, domain::AccountId id) {
  const auto account = TRY(transaction.parties().find_account(id));
  if (!account) return base::fail("unknown_account", "there is no such account", id.to_string());
  const auto customers = TRY(transaction.parties().find_customers({&account->customer, 1}));
  if (customers.empty()) {
    return base::fail("unknown_account", "the account is nobody's", id.to_string());
  }
  return PlannedAccount{*account, customers.front(), {}};
}

// One bill that closes nothing.
Result<> plan_bill(ports::Transaction& transaction, const BillingSetup& setup,
                   const OneOffBill& request, PlannedAccount& payer) {
  const std::string& country = payer.account.country;
  domain::PlannedBill bill;
  bill.group_key = request.group_key;
  bill.lines = request.lines;
  bill.from_credit = base::Money(0, payer.account.currency);
  std::int64_t step = 1;
  if (const auto coin = TRY(domain::payment_rounding(*setup.rules, country, setup.day))) {
    step = coin->minor();
  }
  domain::set_nets(bill.lines);
  bill.sums = domain::sum_lines(bill.lines, payer.account.currency, step);
  if (bill.sums.total <= base::Money(0, payer.account.currency)) {
    return base::fail("nothing_to_issue", "it comes to nothing", request.group_key);
  }
  const auto profile =
      TRY(profile_of(transaction, payer.account, setup.seller.default_profile, setup.day));
  const int least =
      TRY(domain::least_due_days(*setup.rules, country, payer.customer.segment, setup.day));
  bill.due = std::max(request.due.value_or(domain::due_date(setup.day, profile, least)), setup.day);
  payer.plan.boundary = setup.day;
  payer.plan.closes = false;
  payer.plan.bills.push_back(std::move(bill));
  return {};
}

}  // namespace

Result<domain::BillingProfile> profile_of(ports::Transaction& transaction,
                                          const domain::Account& account,
                                          const domain::BillingProfile& defaults, base::Date day) {
  domain::ProfileChoice chosen;
  TRY(transaction.profiles().load_holding(range_of(account.id), day, INT64_MAX,
                                          [&](const ports::ProfileRevision& each) -> Result<> {
                                            if (each.account == account.id) chosen = each.chosen;
                                            return {};
                                          }));
  return domain::account_profile(defaults, account, chosen);
}

Result<domain::Bill> issue_one_off(ports::Transaction& transaction, const base::Clock& clock,
                                   const domain::RuleBook& rules, const crypto::Key& link_key,
                                   const OneOffBill& request) {
  if (request.lines.empty()) {
    return base::fail("nothing_to_issue", "there is no line", request.group_key);
  }
  BillingSetup setup;
  setup.seller = TRY(load_seller(transaction));
  setup.rules = &rules;
  const base::Instant now = clock.now();
  setup.day = TRY(local_date(setup.seller.time_zone, now));
  BatchPlan plan;
  plan.accounts.push_back(TRY(load_payer(transaction, request.account)));
  TRY(plan_bill(transaction, setup, request, plan.accounts.front()));
  plan.totals.documents = 1;

  // No run of the table: its id only makes those of the rows.
  ports::BillingRun run;
  run.id = derived_id<domain::RunId>({"one_off", request.account.to_string(), request.group_key});
  run.period = base::Month::of(setup.day);
  run.issue_day = setup.day;
  run.series = setup.seller.invoice_series;
  run.recorded = now;
  const std::int64_t number = TRY(
      transaction.billing().take_invoice_numbers(run.series, setup.seller.first_invoice_number, 1));
  BatchRows rows = TRY(make_batch_rows(run, setup, plan, {.invoice = number}, link_key));
  for (ports::NewEvent& event : rows.events) event.actor = request.actor;
  rows.bills.front().run = {};
  const domain::Bill bill = rows.bills.front();
  if (TRY(transaction.billing().find_bill(bill.account, bill.id))) {
    return base::fail("one_off_issued_before", "an invoice for this was issued before",
                      request.group_key);
  }
  TRY(keep_batch_rows(transaction, rows));
  return bill;
}

}  // namespace flows
