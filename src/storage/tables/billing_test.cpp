// Bills in bulk, on both engines: many are found, held and changed at once, and a change that was
// made from a bill's older state is refused, so that no writer's change is lost.
#include "ports/billing.h"

#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Money;
using base::Result;
using domain::Bill;
using BillKey = ports::Billing::BillKey;
using tests::code_of;

Money sek(std::int64_t minor) { return Money(minor, base::Currency::parse("SEK").value()); }

// The n-th bill; three to an account.
Bill bill(int n) {
  Bill bill;
  const auto high = static_cast<std::uint8_t>(n / 200), low = static_cast<std::uint8_t>(n % 200);
  bill.id = domain::BillId(base::IdBytes{low, high, 1});
  bill.account = domain::AccountId(base::IdBytes{static_cast<std::uint8_t>(n / 3), high, 2});
  bill.group_key = "all";
  bill.total = sek(10'000 + n);
  bill.fees = bill.paid = bill.credited = sek(0);
  bill.reference_scheme = "swedish_ocr";
  bill.reference = std::to_string(700'000 + n);
  return bill;
}
BillKey key(const Bill& bill) { return {bill.account, bill.id}; }

class BillsAtOnceTest : public tests::StoreTest {
 protected:
  void SetUp() override {
    for (int n = 0; n < kBills; ++n) bills_.push_back(bill(n));
    ASSERT_OK(write([&](ports::Billing& billing) -> Result<> {
      TRY(billing.add_bills(bills_));
      return billing.add_references(bills_);
    }));
  }
  [[nodiscard]] Result<> write(const std::function<Result<>(ports::Billing&)>& work) {
    return ports::run_in_transaction(
        store(), [&](ports::Transaction& transaction) { return work(transaction.billing()); });
  }
  [[nodiscard]] Result<std::vector<Bill>> hold(std::vector<BillKey> keys) {
    const auto transaction = TRY(store().begin(ports::TransactionKind::kWrite));
    return transaction->billing().hold_bills(keys);
  }
  static constexpr int kBills = 300;
  std::vector<Bill> bills_;
};

TEST_P(BillsAtOnceTest, ManyReferencesAreLookedUpAtOnce) {
  std::vector<std::string> references = {"1", "700000"};
  for (const Bill& each : bills_) references.push_back(each.reference);
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto found = transaction->billing().find_references(references).value();
  EXPECT_EQ(found.size(), static_cast<std::size_t>(kBills));
  EXPECT_EQ(found.at("700123"), key(bill(123)));
  EXPECT_FALSE(found.contains("1"));
  EXPECT_TRUE(transaction->billing().find_references({}).value().empty());
}

TEST_P(BillsAtOnceTest, ManyBillsAreHeldInOrder) {
  std::vector<BillKey> keys = {key(bill(7)), key(bill(7)), {bill(7).account, bill(200).id}};
  EXPECT_EQ(hold(keys).value().size(), 1U);
  for (const Bill& each : bills_) keys.push_back(key(each));
  const auto held = hold(keys).value();
  ASSERT_EQ(held.size(), static_cast<std::size_t>(kBills));
  EXPECT_TRUE(std::ranges::is_sorted(held, {}, key));
  EXPECT_TRUE(hold({}).value().empty());
}

TEST_P(BillsAtOnceTest, ManyBillsAreChangedAtOnce) {
  for (Bill& each : bills_) {
    each.paid = each.total;
    each.state = domain::BillState::kSettled;
    ++each.version;
  }
  ASSERT_OK(write([&](ports::Billing& billing) { return billing.update_bills(bills_); }));
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  for (const int n : {0, 5, 255, 256, 299}) {
    const auto back = transaction->billing().find_bill(bill(n).account, bill(n).id).value();
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->paid, sek(10'000 + n));
    EXPECT_EQ(back->state, domain::BillState::kSettled);
    EXPECT_EQ(back->version, 2);
  }
  ASSERT_OK(write([&](ports::Billing& billing) { return billing.update_bills({}); }));
}

TEST_P(BillsAtOnceTest, AChangeOfAnOlderStateIsRefused) {
  Bill first = bill(1), second = bill(1);
  first.paid = sek(100), ++first.version;
  second.credited = sek(50), ++second.version;
  ASSERT_OK(write([&](ports::Billing& billing) { return billing.update_bill(first); }));
  EXPECT_EQ(code_of(write([&](auto& billing) { return billing.update_bill(second); })),
            "database_busy");
  const Bill two[] = {bill(2), second};
  EXPECT_EQ(code_of(write([&](auto& billing) { return billing.update_bills(two); })),
            "database_busy");
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto back = transaction->billing().find_bill(first.account, first.id).value();
  EXPECT_EQ(back->paid, sek(100));
  EXPECT_EQ(back->credited, sek(0));
}

TELGIRO_ON_BOTH_ENGINES(BillsAtOnceTest);

}  // namespace
}  // namespace storage
