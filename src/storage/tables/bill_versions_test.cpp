// Questions about many bills at once, and the bills before one, on both engines.
#include <algorithm>

#include "ports/billing.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using domain::AccountId;
using domain::BillId;

AccountId account(std::uint8_t n) { return AccountId(base::IdBytes{n}); }
BillId bill_id(std::uint8_t n) { return BillId(base::IdBytes{n}); }
base::Date date(std::string_view text) { return base::Date::parse(text).value(); }

domain::Bill bill(std::uint8_t of, std::uint8_t n, std::string_view issued,
                  std::string group = "all") {
  domain::Bill row;
  row.account = account(of);
  row.id = bill_id(n);
  row.group_key = std::move(group);
  row.total = row.fees = row.paid = row.credited = base::Money(n * 100, base::Currency());
  row.issued = date(issued);
  row.due = date(issued);
  row.reference = std::to_string(of * 1000 + n);
  row.version = n;
  return row;
}

class BillVersionsTest : public tests::StoreTest {
 protected:
  void add(const std::vector<domain::Bill>& bills) {
    ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      return transaction.billing().add_bills(bills);
    }));
  }
};

TEST_P(BillVersionsTest, OfManyBillsWithOneQuestion) {
  std::vector<domain::Bill> bills;
  for (int n = 1; n <= 200; ++n) {
    bills.push_back(bill(static_cast<std::uint8_t>(n % 7), static_cast<std::uint8_t>(n), "2026-11-01"));
  }
  add(bills);
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  std::vector<ports::Billing::BillKey> keys;
  for (const auto& each : bills) keys.push_back({each.account, each.id});
  keys.push_back({account(9), bill_id(1)});   // No such account.
  keys.push_back({account(1), bill_id(2)});   // That bill is another account's.
  auto versions = transaction->billing().versions_of(keys).value();
  ASSERT_EQ(versions.size(), 200U);
  std::ranges::sort(versions, {}, &ports::Billing::VersionedBill::version);
  for (std::size_t at = 0; at < versions.size(); ++at) {
    EXPECT_EQ(versions[at].bill, bills[at].id);
    EXPECT_EQ(versions[at].account, bills[at].account);
    EXPECT_EQ(versions[at].version, bills[at].version);
  }
  EXPECT_TRUE(transaction->billing().versions_of({}).value().empty());
}

TEST_P(BillVersionsTest, LinksOfManyTokens) {
  const auto hash = [](char c) { return std::string(32, c); };
  const auto link = [&](char c, std::uint8_t n) {
    return ports::Link{.token_hash = hash(c),
                       .account = account(n),
                       .bill = bill_id(n),
                       .attempt = "issue",
                       .recorded = {7}};
  };
  auto ending = link('b', 2);
  ending.expires = base::Instant{99};
  ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
    return transaction.billing().add_links({{link('a', 1), ending, link('c', 3)}});
  }));
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const std::string hashes[] = {hash('b'), hash('x'), hash('a')};
  auto links = transaction->billing().find_links(hashes).value();
  ASSERT_EQ(links.size(), 2U);
  std::ranges::sort(links, {}, &ports::Link::token_hash);
  EXPECT_EQ(links[0].token_hash, hash('a'));
  EXPECT_EQ(links[0].account, account(1));
  EXPECT_EQ(links[1].expires, base::Instant{99});
  EXPECT_FALSE(transaction->billing().find_link(hash('x')).value().has_value());
  EXPECT_EQ(transaction->billing().find_link(hash('c')).value()->bill, bill_id(3));
}

TEST_P(BillVersionsTest, BillsBeforeOneOfTheSameGroup) {
  const auto now = bill(1, 9, "2026-11-01");
  add({now, bill(1, 1, "2026-08-01"), bill(1, 2, "2026-10-01"), bill(1, 3, "2026-09-01"),
       bill(1, 4, "2026-12-01"), bill(1, 5, "2026-10-15", "order:7"), bill(2, 6, "2026-10-20"),
       bill(1, 7, "2026-11-01")});
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto before = transaction->billing().bills_before(now, 2).value();
  ASSERT_EQ(before.size(), 2U);
  EXPECT_EQ(before[0].id, bill_id(2));
  EXPECT_EQ(before[1].id, bill_id(3));
  EXPECT_EQ(transaction->billing().bills_before(now, 9).value().size(), 3U);
}

TELGIRO_ON_BOTH_ENGINES(BillVersionsTest);

}  // namespace
}  // namespace storage
