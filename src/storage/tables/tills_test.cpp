// What is kept of tills on both engines: codes by their hash, sessions and entries as they were
// given, each key and receipt once, and sums of cash that follow from the entries.
#include <gtest/gtest.h>

#include "ports/tills.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Money;
using base::Result;
using domain::TillEntry;
using domain::TillEntryKind;
using domain::TillSession;

template <class Id>
Id id(std::uint8_t n) {
  return Id(base::IdBytes{n});
}
Money kronor(std::int64_t whole) { return Money(whole * 100, base::Currency()); }
base::Date day(int n) { return base::Date::make(2026, 11, n).value(); }

TillSession session(std::int64_t number) {
  return {.drawer = id<domain::DrawerId>(1),
          .number = number,
          .name = "kassa-1",
          .safe = "main",
          .currency = {},
          .opened_by = "anna",
          .opened = {number * 100}};
}

TillEntry entry(std::int64_t ordinal, TillEntryKind kind, std::int64_t cash) {
  TillEntry made;
  made.ordinal = ordinal;
  made.kind = kind;
  made.cash = made.paid = kronor(cash);
  made.tendered = kronor(0);
  made.actor = "anna";
  made.request_key = "key " + std::to_string(ordinal);
  made.day = day(static_cast<int>(ordinal));
  made.recorded = {ordinal};
  return made;
}

class TillsTest : public tests::StoreTest {
 protected:
  Result<> write(const std::function<Result<>(ports::Tills&)>& work) {
    return ports::run_in_transaction(
        store(), [&](ports::Transaction& transaction) { return work(transaction.tills()); });
  }
  std::unique_ptr<ports::Transaction> read() {
    return store().begin(ports::TransactionKind::kRead).value();
  }
};

TEST_P(TillsTest, SessionsAndEntriesAsTheyWereGiven) {
  TillSession first = session(1);
  TillEntry taking = entry(2, TillEntryKind::kTaking, 500);
  taking.paid = Money(49'960, {});
  taking.tendered = kronor(600);
  taking.parts = {{id<domain::AccountId>(1), id<domain::BillId>(1), kronor(400), kronor(3), "A1"},
                  {id<domain::AccountId>(1), {}, Money(9'960, {}), kronor(0), ""}};
  taking.receipt = 7;
  taking.payment = id<domain::PaymentId>(2);
  taking.reason = "for Ebba";
  TillEntry card = entry(3, TillEntryKind::kCard, 0);
  card.intent = id<domain::IntentId>(3);
  ASSERT_OK(write([&](auto& tills) -> Result<> {
    TRY(tills.add_session(first));
    TRY(tills.add_entry(first, entry(1, TillEntryKind::kFloat, 1'000)));
    TRY(tills.add_entry(first, taking));
    TRY(tills.add_entry(first, card));
    return tills.add_session(session(2));
  }));
  const auto transaction = read();
  ports::Tills& tills = transaction->tills();
  EXPECT_EQ(tills.find_session(first.drawer, 1).value(), first);
  EXPECT_FALSE(tills.find_session(first.drawer, 3).value());
  const auto entries = tills.entries_of(first.drawer, 1).value();
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[1], taking);
  EXPECT_EQ(entries[2], card);
  EXPECT_EQ(tills.find_request(first.drawer, "key 2").value()->entry, taking);
  EXPECT_FALSE(tills.find_request(id<domain::DrawerId>(2), "key 2").value());
  EXPECT_EQ(tills.find_receipt(first.drawer, 7).value()->session, 1);
  EXPECT_FALSE(tills.find_receipt(first.drawer, 8).value());
  EXPECT_EQ(tills.list_sessions(first.drawer, 1).value().front().number, 2);
  EXPECT_EQ(tills.list_sessions({}, 9).value().size(), 2u);
}

TEST_P(TillsTest, AClosingStandsWithItsSession) {
  TillSession one = session(1);
  ASSERT_OK(write([&](auto& tills) { return tills.add_session(one); }));
  one.closing = domain::TillClosing{.expected = kronor(1'500),
                                    .counted = kronor(1'490),
                                    .count = {{50'000, 2}, {100, 490}},
                                    .by = "bengt",
                                    .at = {9},
                                    .reason = "a coin is gone"};
  ASSERT_OK(write([&](auto& tills) { return tills.close_session(one); }));
  EXPECT_EQ(read()->tills().find_session(one.drawer, 1).value(), one);
}

TEST_P(TillsTest, EachKeyAndEachReceiptOnce) {
  const TillSession one = session(1);
  TillEntry first = entry(1, TillEntryKind::kTaking, 1);
  first.receipt = 1;
  ASSERT_OK(write([&](auto& tills) -> Result<> {
    TRY(tills.add_session(one));
    return tills.add_entry(one, first);
  }));
  TillEntry same_key = entry(2, TillEntryKind::kTaking, 1);
  same_key.request_key = first.request_key;
  TillEntry same_receipt = entry(2, TillEntryKind::kTaking, 1);
  same_receipt.receipt = 1;
  for (const TillEntry& again : {same_key, same_receipt, first}) {
    EXPECT_EQ(tests::code_of(write([&](auto& tills) { return tills.add_entry(one, again); })),
              "constraint_violated");
  }
}

TEST_P(TillsTest, SumsOfCashAtTheEndOfADay) {
  const TillSession one = session(1);
  TillEntry taking = entry(2, TillEntryKind::kTaking, 500);
  taking.paid = Money(49'960, {});
  taking.payment = id<domain::PaymentId>(2);
  ports::SafeMove deposit{.id = id<domain::SafeMoveId>(1),
                          .safe = "main",
                          .amount = kronor(-200),
                          .reference = "BAG1",
                          .actor = "anna",
                          .day = day(4),
                          .recorded = {4}};
  ASSERT_OK(write([&](auto& tills) -> Result<> {
    TRY(tills.add_session(one));
    TRY(tills.add_entry(one, entry(1, TillEntryKind::kFloat, 1'000)));
    TRY(tills.add_entry(one, taking));
    TRY(tills.add_entry(one, entry(3, TillEntryKind::kDrop, -700)));
    return tills.add_safe_move(deposit);
  }));
  struct Row {
    int day;
    std::string_view cash, cash_other, safe;
  };
  const Row rows[] = {{1, "1000.00", "1000.00", "-1000.00"},
                      {2, "1500.00", "1000.40", "-1000.00"},
                      {3, "800.00", "300.40", "-300.00"},
                      {4, "800.00", "300.40", "-500.00"}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.day);
    const auto sums = read()->tills().cash_at(day(row.day)).value();
    ASSERT_EQ(sums.size(), 2u);
    EXPECT_EQ(sums[0].account, "cash:kassa-1");
    EXPECT_EQ(sums[0].cash.to_decimal_string(), row.cash);
    EXPECT_EQ(sums[0].other.to_decimal_string(), row.cash_other);
    EXPECT_EQ(sums[1].account, "safe:main");
    EXPECT_EQ(sums[1].cash.to_decimal_string(), row.safe);
  }
  EXPECT_EQ(read()->tills().find_safe_move(deposit.id).value(), deposit);
  EXPECT_EQ(read()->tills().list_safe_moves(9).value().size(), 1u);
  EXPECT_EQ(tests::code_of(write([&](auto& tills) { return tills.add_safe_move(deposit); })),
            "constraint_violated");
}

TELGIRO_ON_BOTH_ENGINES(TillsTest);

}  // namespace
}  // namespace storage
