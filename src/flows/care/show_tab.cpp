#include "flows/care/show_tab.h"

#include "flows/billing/load_setup.h"
#include "flows/billing/run_billing.h"
#include "flows/care/one_account.h"
#include "flows/care/time_zone.h"
#include "ports/credits.h"

namespace flows {
namespace {

using base::Result;

// A cycle of any frequency has ended by then.
constexpr int kMonthsLookedAhead = 13;

}  // namespace

Result<Tab> show_tab(ports::Store& store, const base::Clock& clock, const domain::RuleBook& rules,
                     const std::string& account) {
  Tab tab;
  BillingSetup setup;
  base::Month month;
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    tab.of = TRY(find_account(*transaction, account));
    setup = TRY(load_setup(*transaction, rules, {}));
    tab.as_of = TRY(local_date(setup.seller.time_zone, clock.now()));
    month = base::Month::of(tab.as_of);
    setup.day = closing_day(month);
    TRY(look_up_to(*transaction, INT64_MAX, setup));
    tab.credit = base::Money(0, tab.of.account.currency);
    const auto balances =
        TRY(transaction->credits().balances(range_of(tab.of.account.id), INT64_MAX));
    for (const ports::CreditBalance& balance : balances) {
      if (balance.amount.currency() == tab.credit.currency()) tab.credit += balance.amount;
    }
  }
  // The next bill: at the end of this month, or of the cycle that the account chose.
  for (int ahead = 0; ahead < kMonthsLookedAhead; ++ahead, month = month.next()) {
    setup.day = closing_day(month);
    auto batch = TRY(plan_batch(store, setup, range_of(tab.of.account.id), PlanFor::kIssue));
    if (!batch.set_aside.empty()) {
      return std::unexpected(std::move(batch.set_aside.front().error));
    }
    tab.period = month;
    if (batch.accounts.empty()) continue;
    tab.plan = std::move(batch.accounts.front().plan);
    break;
  }
  return tab;
}

}  // namespace flows
