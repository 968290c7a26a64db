// The tab on both engines: what is not on a bill yet, and the credit that stands to the account,
// which the next bill takes off (R12, R13).
#include "flows/care/show_tab.h"

#include <gtest/gtest.h>

#include "flows/billing/run_billing.h"
#include "flows/care/credit_bill.h"
#include "flows/operations/derived_ids.h"
#include "ports/credits.h"
#include "tests/flows/import_fixture.h"
#include "tests/support/shipped_rules.h"

namespace flows {
namespace {

class ShowTabTest : public tests::ImportFixture {
 protected:
  // "to pay 798.00, 200.00 of it from credit; credit 200.00".
  std::string tab() {
    const auto shown = show_tab(store(), clock(), formats::law::shipped_book(),
                                account_id("broadband", "B1").to_string());
    if (!shown) return shown.error().code;
    std::string text;
    for (const domain::PlannedBill& bill : shown->plan.bills) {
      text += "to pay " + bill.sums.total.to_decimal_string() + ", " +
              bill.from_credit.to_decimal_string() + " of it from credit; ";
    }
    return text + "credit " + shown->credit.to_decimal_string();
  }
  void add_credit(std::string_view amount) {
    ASSERT_OK(
        ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> base::Result<> {
          const ports::AccountCredit credit{
              .account = account_id("broadband", "B1"),
              .id = domain::CreditId(base::IdBytes{++credits_}),
              .amount = base::Money::parse(amount, base::Currency()).value(),
              .bill = {},
              .document = {},
              .reason = "credit_note",
              .effective = base::Date::parse("2026-11-01").value(),
              .epoch = TRY(transaction.work().hold_epoch()),
              .recorded = clock().now()};
          return transaction.credits().add({&credit, 1});
        }));
  }

  std::uint8_t credits_ = 0;
};
TELGIRO_ON_BOTH_ENGINES(ShowTabTest);

// FIBER100 costs 319.20 and 79.80 of VAT: 399. The clock shows 2026-11-01, in the month that the
// tab is of.
TEST_P(ShowTabTest, R13CreditStandsBesideTheTabAndIsTakenOffTheBill) {
  const tests::Line line{.plan = "FIBER100", .starts = "2026-11-01"};
  ASSERT_EQ(counts(import_customers(line.text())), "1/0/0/0");
  EXPECT_EQ(tab(), "to pay 798.00, 0.00 of it from credit; credit 0.00");
  add_credit("200.00");
  EXPECT_EQ(tab(), "to pay 798.00, 200.00 of it from credit; credit 200.00");
  add_credit("1000.00");
  EXPECT_EQ(tab(), "to pay 798.00, 798.00 of it from credit; credit 1200.00")
      << "more than the bill: the rest goes on standing to the account";
}

}  // namespace
}  // namespace flows
