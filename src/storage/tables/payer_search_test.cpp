// Finding payers, on both engines: accounts of payers are counted and not readable, numbers and
// words lead where they should, and what was said comes back until it is taken back.
#include "ports/payer_search.h"

#include "ports/access.h"
#include "ports/billing.h"
#include "ports/desk.h"
#include "ports/parties.h"
#include "ports/payments.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Result;
using domain::matching::LevelVector;

domain::AccountId account(std::uint8_t n) { return domain::AccountId(base::IdBytes{n}); }
domain::PaymentId payment(std::uint8_t n) { return domain::PaymentId(base::IdBytes{n}); }
domain::CustomerId customer(std::uint8_t n) { return domain::CustomerId(base::IdBytes{n}); }

class PayerSearchTest : public tests::StoreTest {
 protected:
  void write(const std::function<Result<>(ports::PayerSearch&)>& work) {
    ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      return work(transaction.payments().payer_search());
    }));
  }
  [[nodiscard]] std::string paid_for(const std::string& payer) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    std::string text;
    const auto rows = transaction->payments().payer_search().find_payers({&payer, 1});
    for (const auto& row : *rows) {
      text += std::to_string(row.payments) + " ";
    }
    return text;
  }
};

TEST_P(PayerSearchTest, PayersAreCountedHoweverTheyAreWritten) {
  const std::string hers = "SE35 5000 0000 0549 1000 0003", same = "se3550000000054910000003";
  write([&](ports::PayerSearch& search) {
    const ports::PaidFor rows[] = {
        {hers, account(1), 1}, {same, account(1), 1}, {hers, account(2), 1}, {"", account(3), 1}};
    return search.count_payers(rows);
  });
  EXPECT_EQ(paid_for(same), "2 1 ");
  EXPECT_EQ(paid_for(""), "");
  EXPECT_EQ(paid_for("SE4550000000058398257466"), "");
  write([&](ports::PayerSearch& search) {
    const ports::PaidFor rows[] = {{same, account(1), -2}};
    return search.count_payers(rows);
  });
  EXPECT_EQ(paid_for(hers), "1 ");
}

TEST_P(PayerSearchTest, ManyPayersAreCountedAtOnce) {
  std::vector<ports::PaidFor> rows;
  for (int n = 0; n < 700; ++n) {
    rows.push_back({"SE" + std::to_string(n), account(static_cast<std::uint8_t>(n % 7 + 1)), 1});
  }
  write([&](ports::PayerSearch& search) { return search.count_payers(rows); });
  write([&](ports::PayerSearch& search) { return search.count_payers(rows); });
  EXPECT_EQ(paid_for("SE0"), "2 ");
  EXPECT_EQ(paid_for("SE699"), "2 ");
}

TEST_P(PayerSearchTest, WhatASaidMatchShowedIsLearnedUntilItIsTakenBack) {
  const LevelVector levels = {5, 0, 5, 0, 5, 2};
  write([&](ports::PayerSearch& search) -> Result<> {
    for (const char* by : {"matched", "accepted", "agent"}) {
      ports::KeptMatch match;
      match.payment = payment(1);
      match.account = account(1);
      match.by = by;
      match.levels = levels;
      match.probability = "0.9";
      match.recorded = {1};
      TRY(search.add_matches({&match, 1}));
    }
    return {};
  });
  {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    auto& search = transaction->payments().payer_search();
    const auto learned = search.learned().value();
    ASSERT_EQ(learned.counts.size(), 1U);
    EXPECT_EQ(learned.counts[0].count, 2);  // What was booked by itself teaches nothing.
    EXPECT_EQ(learned.counts[0].levels, levels);
    EXPECT_EQ(learned.version, 2);
    EXPECT_EQ(search.matches_of(payment(1))->size(), 3U);
  }
  write([&](ports::PayerSearch& search) {
    return search.take_back(payment(1), account(1), base::Instant{2});
  });
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  auto& search = transaction->payments().payer_search();
  EXPECT_TRUE(search.learned()->counts.empty());
  EXPECT_EQ(search.learned()->version, 4);
  EXPECT_TRUE(search.matches_of(payment(1))->front().taken_back);
}

TEST_P(PayerSearchTest, WordsLeadToCustomers) {
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
    const ports::Desk::Words words[] = {{customer(1), {"payer=anna ek", "payer:ek a"}},
                                        {customer(2), {"payer=anna ek"}}};
    return transaction.access().desk().index_customers(words);
  }));
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  auto& search = transaction->payments().payer_search();
  const std::vector<std::string> asked = {"payer=anna ek", "payer:ek a", "payer=nils holm"};
  const auto found = search.find_words(asked, 5).value();
  EXPECT_EQ(found.at("payer=anna ek").size(), 2U);
  EXPECT_EQ(found.at("payer:ek a"), std::vector<domain::CustomerId>{customer(1)});
  EXPECT_FALSE(found.contains("payer=nils holm"));
  EXPECT_EQ(search.find_words(asked, 1)->at("payer=anna ek").size(), 1U);
}

TEST_P(PayerSearchTest, OfEachWordAndTotalAFewAreRead) {
  constexpr int kBills = 300;
  std::vector<domain::Bill> bills;
  for (int n = 0; n < kBills; ++n) {
    domain::Bill bill;
    bill.id = domain::BillId(
        base::IdBytes{1, static_cast<std::uint8_t>(n / 200), static_cast<std::uint8_t>(n % 200)});
    bill.account = account(static_cast<std::uint8_t>(n % 100 + 1));
    bill.group_key = "all";
    bill.total = base::Money(n < 100 ? 39'900 : 50'000 + n, base::Currency());
    bill.fees = bill.paid = bill.credited = base::Money(0, base::Currency());
    bill.issued = base::Date::parse("2026-11-01").value();
    bill.period = base::Month::of(bill.issued);
    bill.due = bill.issued + 20 + n % 10;
    bill.reference_scheme = "plain";
    bill.reference = std::to_string(n);
    bills.push_back(bill);
  }
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
    return transaction.billing().add_bills(bills);
  }));
  const base::Date from = base::Date::parse("2026-11-21").value();
  std::vector<ports::PayerSearch::TotalAsked> asked = {
      {base::Money(39'900, base::Currency()), from, from + 30},
      {base::Money(39'900, base::Currency()), from, from},
      {base::Money(39'900, base::Currency::parse("EUR").value()), from, from + 30},
      {base::Money(1, base::Currency()), from, from + 30}};
  for (int n = 100; n < kBills; ++n) {
    asked.push_back({base::Money(50'000 + n, base::Currency()), from, from + 30});
  }
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto found = transaction->payments().payer_search().bills_of_totals(asked, 30).value();
  ASSERT_EQ(found.size(), asked.size());
  EXPECT_EQ(found[0].size(), 30U);
  EXPECT_EQ(found[1].size(), 10U);
  EXPECT_TRUE(found[2].empty());
  EXPECT_TRUE(found[3].empty());
  for (int n = 100; n < kBills; ++n) {
    const auto& one = found[static_cast<std::size_t>(n - 96)];
    ASSERT_EQ(one.size(), 1U) << n;
    EXPECT_EQ(one.front().bill, bills[static_cast<std::size_t>(n)].id);
  }
}

TEST_P(PayerSearchTest, TheIndexKnowsWhatIsNewerThanItsTime) {
  const auto mark = [&] {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->access().desk().mark_of_facts(base::Instant{1'000}).value();
  };
  const auto add = [&](std::uint8_t n, std::int64_t at) {
    ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      domain::Customer one;
      one.id = customer(n);
      one.number = n;
      one.party.name = "Anna Ek";
      return transaction.parties().add_customers({&one, 1}, {base::Instant{at}, 1});
    }));
  };
  const std::int64_t nothing = mark();
  add(1, 1'000);
  EXPECT_EQ(mark(), nothing);
  add(2, 2'000);
  const std::int64_t one = mark();
  EXPECT_NE(one, nothing);
  add(3, 1'500);  // A transaction that was open meanwhile.
  EXPECT_NE(mark(), one);
  {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    EXPECT_FALSE(transaction->access().desk().indexed().value().has_value());
  }
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
    return transaction.access().desk().set_indexed({base::Instant{1'000}, one});
  }));
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto known = transaction->access().desk().indexed().value();
  ASSERT_TRUE(known.has_value());
  EXPECT_EQ(known->mark, one);
  EXPECT_EQ(known->until.micros, 1'000);
}

TELGIRO_ON_BOTH_ENGINES(PayerSearchTest);

}  // namespace
}  // namespace storage
