// Credit of accounts on both engines: rows are added once, balances are their sums by account and
// currency, up to a run's epoch.
#include "ports/credits.h"

#include "ports/billing.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Money;
using base::Result;
using domain::AccountId;
using ports::AccountCredit;
using ports::Credits;
using tests::code_of;

AccountId account(std::uint8_t n) { return AccountId(base::IdBytes{n}); }
Money amount(std::int64_t minor, std::string_view currency = "SEK") {
  return Money(minor, base::Currency::parse(currency).value());
}

AccountCredit credit(std::uint8_t of, std::uint8_t n, Money money, std::int64_t epoch) {
  AccountCredit row;
  row.account = account(of);
  row.id = domain::CreditId(base::IdBytes{n});
  row.amount = money;
  row.document = domain::DocumentId(base::IdBytes{n});
  row.reason = money.is_negative() ? "used" : "credit_note";
  row.effective = base::Date::parse("2026-11-05").value();
  row.epoch = epoch;
  row.recorded = {epoch * 1'000};
  return row;
}

class CreditsTest : public tests::StoreTest {
 protected:
  [[nodiscard]] Result<> add(std::vector<AccountCredit> rows) {
    return ports::run_in_transaction(
        store(), [&](ports::Transaction& transaction) { return transaction.credits().add(rows); });
  }
  // "1 250.00 SEK, 2 10.00 EUR"
  [[nodiscard]] std::string balances(const ports::AccountRange& range, std::int64_t epoch) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string text;
    const auto rows = transaction->credits().balances(range, epoch).value();
    for (const auto& row : rows) {
      text += (text.empty() ? "" : ", ") + std::to_string(row.account.bytes()[0]) + " " +
              row.amount.to_decimal_string() + " " + std::string(row.amount.currency().code());
    }
    return text;
  }
};

TEST_P(CreditsTest, BalancesAreSumsUpToAnEpoch) {
  ASSERT_OK(add({credit(1, 1, amount(30'000), 1), credit(1, 2, amount(-5'000), 2),
                 credit(2, 3, amount(1'000, "EUR"), 1), credit(2, 4, amount(700), 3),
                 credit(3, 5, amount(900), 1), credit(3, 6, amount(-900), 2)}));
  ASSERT_OK(add({}));
  struct Row {
    ports::AccountRange range;
    std::int64_t epoch;
    std::string_view told;
  };
  const Row rows[] = {
      {{}, 0, ""},
      {{}, 1, "1 300.00 SEK, 2 10.00 EUR, 3 9.00 SEK"},
      // What came to nothing is not there.
      {{}, 2, "1 250.00 SEK, 2 10.00 EUR"},
      {{}, 3, "1 250.00 SEK, 2 10.00 EUR, 2 7.00 SEK"},
      {{account(2), {}}, 3, "2 10.00 EUR, 2 7.00 SEK"},
      {{{}, account(2)}, 3, "1 250.00 SEK"},
      {{account(4), {}}, 3, ""},
  };
  for (const Row& row : rows) EXPECT_EQ(balances(row.range, row.epoch), row.told);
}

TEST_P(CreditsTest, AnAccountsRowsComeBackAsTheyWere) {
  AccountCredit of_bill = credit(1, 9, amount(100), 1);
  of_bill.bill = domain::BillId(base::IdBytes{7});
  of_bill.document = {};
  ASSERT_OK(add({credit(1, 1, amount(-50), 2), of_bill, credit(2, 1, amount(70), 1)}));
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  EXPECT_EQ(transaction->credits().list(account(1)).value(),
            (std::vector<AccountCredit>{of_bill, credit(1, 1, amount(-50), 2)}));
  EXPECT_TRUE(transaction->credits().list(account(3)).value().empty());
}

TEST_P(CreditsTest, ARowIsAddedOnce) {
  ASSERT_OK(add({credit(1, 1, amount(100), 1)}));
  EXPECT_EQ(code_of(add({credit(1, 1, amount(100), 1)})), "constraint_violated");
  EXPECT_EQ(balances({}, 9), "1 1.00 SEK");
}

TELGIRO_ON_BOTH_ENGINES(CreditsTest);

}  // namespace
}  // namespace storage
