// A bill's short code on both engines: made once, found while something is owed and a month after,
// and not to be tried out.
#include "flows/tills/bill_code.h"

#include <set>

#include "ports/tills.h"
#include "tests/flows/payment_world.h"

namespace flows {
namespace {

using base::Result;
using tests::code_of;

class BillCodeTest : public tests::PaymentWorld {
 protected:
  Result<BillCode> code(int n) {
    BillCode made;
    auto done =
        ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> Result<> {
          made = TRY(code_of_bill(transaction, clock(), account(n), bill_id(n)));
          return {};
        });
    if (!done) return std::unexpected(done.error());
    return made;
  }
  // "1" for the first bill, "" for nothing, or an error's code.
  std::string found(std::string_view spoken) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return said(find_bill_by_code(*transaction, clock(), spoken));
  }
  std::string tried(std::string caller, std::string spoken) {
    return said(try_bill_code(store(), clock(), {std::move(caller), std::move(spoken)}));
  }
  void days_go(std::int64_t days) { clock().set(clock().now() + days * base::kMicrosPerDay); }
  static std::string unknown(int n) {
    const std::string nine = std::to_string(100'000'000 + n);
    return nine + domain::bill_code_check_digit(nine);
  }

 private:
  static std::string said(const Result<std::optional<ports::Billing::BillKey>>& found) {
    if (!found) return found.error().code;
    if (!*found) return "";
    for (int n = 1; n < 10; ++n) {
      if ((*found)->bill == bill_id(n) && (*found)->account == account(n)) return std::to_string(n);
    }
    return "another";
  }
};

TEST_P(BillCodeTest, TheSameCodeEachTimeAndNoOtherBills) {
  add_bill(1, 500);
  add_bill(2, 500);
  {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    EXPECT_FALSE(find_code_of_bill(*transaction, clock(), account(1), bill_id(1)).value());
  }
  const auto first = code(1);
  ASSERT_OK(first);
  EXPECT_EQ(code(1)->digits, first->digits);
  EXPECT_NE(code(2)->digits, first->digits);
  EXPECT_EQ(found(first->digits), "1");
  EXPECT_EQ(found(domain::show_bill_code(first->digits)), "1");
  EXPECT_EQ(found(unknown(1)), "");
  EXPECT_EQ(found("1234567891"), "bill_code_wrong");
  EXPECT_EQ(code_of(code(3)), "bill_not_found");
  EXPECT_FALSE(dump().contains(first->digits)) << "a copy of the database tells no code";
}

TEST_P(BillCodeTest, ACodeThatIsTakenMakesRoomForTheNext) {
  add_bill(1, 500);
  add_bill(2, 500);
  std::string taken;
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> Result<> {
    taken = transaction.tills().code_digits(bill_id(1), 0);
    taken += domain::bill_code_check_digit(taken);
    EXPECT_TRUE(TRY(transaction.tills().add_code(taken, {account(2), bill_id(2)}, clock().now())));
    EXPECT_FALSE(TRY(transaction.tills().add_code(taken, {account(1), bill_id(1)}, clock().now())));
    return {};
  }));
  const auto mine = code(1);
  ASSERT_OK(mine);
  EXPECT_NE(mine->digits, taken);
  EXPECT_EQ(found(mine->digits), "1");
  EXPECT_EQ(found(taken), "2");
}

TEST_P(BillCodeTest, LivesAsLongAsTheBillIsOpenAndAMonthLonger) {
  add_bill(1, 500);
  const std::string digits = code(1)->digits;
  days_go(200);
  EXPECT_EQ(found(digits), "1");
  EXPECT_EQ(code(1)->expires, clock().now() + 30 * base::kMicrosPerDay);
  ASSERT_OK(import(tests::bgmax_file({{500, reference(1), "B1"}})));
  ASSERT_EQ(told(1), "settled 500.00 0.00");
  days_go(29);
  EXPECT_EQ(found(digits), "1");
  EXPECT_EQ(code(1)->digits, digits);
  days_go(1);
  EXPECT_EQ(found(digits), "");
  EXPECT_EQ(code_of(code(1)), "bill_not_payable");
}

TEST_P(BillCodeTest, WhoSaysTooManyWrongOnesWaits) {
  add_bill(1, 500);
  const std::string digits = code(1)->digits;
  EXPECT_EQ(tried("tel:1", digits), "1");
  EXPECT_EQ(tried("tel:1", "1234567891"), "bill_code_wrong");
  std::set<std::string> answers;
  for (int n = 1; n < 5; ++n) answers.insert(tried("tel:1", unknown(n)));
  EXPECT_EQ(answers, std::set<std::string>{""});
  EXPECT_EQ(tried("tel:1", digits), "bill_code_tries");
  EXPECT_EQ(tried("tel:2", digits), "1") << "others are not kept out";
  clock().set(clock().now() + domain::kWrongCodesMicros);
  EXPECT_EQ(tried("tel:1", digits), "1");
  EXPECT_FALSE(dump().contains("tel:1")) << "who called is kept as a hash";
}

TELGIRO_ON_BOTH_ENGINES(BillCodeTest);

}  // namespace
}  // namespace flows
