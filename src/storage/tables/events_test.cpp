// The chain of events (D8): it goes on, it is checked, and what is tampered with shows.
#include "storage/tables/events.h"

#include <thread>

#include "tests/support/sample_rows.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Result;
using ports::NewEvent;
using ports::TransactionKind;
using tests::code_of;
using tests::sample_account;
using tests::sample_customer;

class EventsTest : public tests::StoreTest {
 protected:
  void SetUp() override {
    ASSERT_OK(write([](SqlTransaction& transaction) -> Result<> {
      for (std::int64_t n = 1; n <= 3; ++n) TRY(tests::add_sample_account(transaction, n));
      return {};
    }));
  }
  [[nodiscard]] Result<> write(const std::function<Result<>(SqlTransaction&)>& work) {
    return ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> Result<> {
      return work(static_cast<SqlTransaction&>(transaction));
    });
  }
  [[nodiscard]] NewEvent linked(std::int64_t account, std::string bill, std::string text = {}) {
    return {.account = sample_account(account),
            .kind = "link_created",
            .effective = *base::Date::parse("2026-11-02"),
            .recorded = clock().now(),
            .actor = "customer",
            .data = base::Json().set("bill", std::move(bill)).set("attempt", "paper"),
            .text = std::move(text)};
  }
  [[nodiscard]] Result<> append(std::vector<NewEvent> events) {
    return write([&](SqlTransaction& transaction) { return transaction.events().append(events); });
  }
  // "1 one, 2 two 'its text'"
  [[nodiscard]] std::string list(std::int64_t account, std::int64_t after = 0,
                                 std::size_t limit = 100) {
    std::string text;
    const auto transaction = store().begin(TransactionKind::kRead);
    EXPECT_OK(transaction);
    const auto events = (*transaction)->events().list(sample_account(account), after, limit);
    EXPECT_OK(events);
    for (const ports::Event& event : *events) {
      text += (text.empty() ? "" : ", ") + std::to_string(event.seq) + " " +
              event.fact.data.text("bill") +
              (event.fact.text.empty() ? "" : " '" + event.fact.text + "'");
    }
    return text;
  }
  [[nodiscard]] Result<> verify(std::int64_t account) {
    const auto transaction = TRY(store().begin(TransactionKind::kRead));
    return transaction->events().verify(sample_account(account));
  }
  // What somebody with the database in hand might do.
  void tamper(std::string_view sql) {
    ASSERT_OK(write([&](SqlTransaction& transaction) -> Result<> {
      const auto changed = TRY(transaction.connection().execute(sql));
      EXPECT_GT(changed, 0) << sql;
      return {};
    }));
  }
};
TELGIRO_ON_BOTH_ENGINES(EventsTest);

TEST_P(EventsTest, EachAccountsChainGoesOn) {
  ASSERT_OK(append({linked(1, "a"), linked(2, "x"), linked(1, "b", "a word of hers")}));
  ASSERT_OK(append({linked(1, "c"), linked(3, "p")}));
  EXPECT_EQ(list(1), "1 a, 2 b 'a word of hers', 3 c");
  EXPECT_EQ(list(2), "1 x");
  EXPECT_EQ(list(1, 1), "2 b 'a word of hers', 3 c");
  EXPECT_EQ(list(1, 1, 1), "2 b 'a word of hers'");
  for (std::int64_t account = 1; account <= 4; ++account) EXPECT_OK(verify(account));
}

TEST_P(EventsTest, EverythingThatWasSaidComesBack) {
  const NewEvent event = linked(1, "a", "text \U0001F4A1");
  ASSERT_OK(append({event}));
  const auto transaction = store().begin(TransactionKind::kRead);
  const auto events = (*transaction)->events().list(sample_account(1), 0, 10);
  ASSERT_OK(events);
  ASSERT_EQ(events->size(), 1U);
  const NewEvent& read = events->front().fact;
  EXPECT_EQ(read.account, event.account);
  EXPECT_EQ(read.kind, event.kind);
  EXPECT_EQ(read.effective, event.effective);
  EXPECT_EQ(read.recorded, event.recorded);
  EXPECT_EQ(read.actor, event.actor);
  EXPECT_EQ(read.data, event.data);
  EXPECT_EQ(read.text, event.text);
}

TEST_P(EventsTest, WhatIsNotInTheRegistryIsRefused) {
  NewEvent unknown = linked(1, "a");
  unknown.kind = "bill_eaten";
  EXPECT_EQ(code_of(append({linked(1, "a"), unknown})), "unknown_event_kind");
  NewEvent more = linked(1, "a");
  more.data.set("name", "Aino");
  EXPECT_EQ(code_of(append({more})), "bad_event_data");
  NewEvent less = linked(1, "a");
  less.data = base::Json::object();
  EXPECT_EQ(code_of(append({less})), "bad_event_data");
  EXPECT_EQ(code_of(append({linked(9, "a")})), "no_such_account");
  EXPECT_EQ(list(1), "");
}

TEST_P(EventsTest, EveryKindOfTamperingShowsAtItsPlace) {
  const std::string_view deeds[] = {
      "UPDATE event SET kind = 'bill_issued' WHERE seq = 2",
      "UPDATE event SET effective = effective + 1 WHERE seq = 2",
      "UPDATE event SET recorded = recorded + 1 WHERE seq = 2",
      "UPDATE event SET actor = 'nobody' WHERE seq = 2",
      "UPDATE event SET data = '{\"bill\":\"z\",\"attempt\":\"paper\"}' WHERE seq = 2",
      "UPDATE event SET text_sealed = NULL WHERE seq = 2",
      "UPDATE event SET hash = prev_hash WHERE seq = 2",
      "UPDATE event SET prev_hash = hash WHERE seq = 2",
      "DELETE FROM event WHERE seq = 2",
      "UPDATE event SET seq = seq + 10 WHERE seq >= 2",
  };
  ASSERT_OK(append({linked(1, "a"), linked(1, "b", "text"), linked(1, "c")}));
  ASSERT_OK(verify(1));
  for (const std::string_view deed : deeds) {
    SCOPED_TRACE(deed);
    const auto transaction = store().begin_sql(TransactionKind::kWrite);
    ASSERT_OK(transaction);
    ASSERT_OK((*transaction)->connection().execute(deed));
    const auto found = (*transaction)->events().verify(sample_account(1));
    ASSERT_EQ(code_of(found), "chain_broken");
    EXPECT_EQ(found.error().place, sample_account(1).to_string() + "/2");
  }
  EXPECT_OK(verify(1));
}

TEST_P(EventsTest, AnEventMovedToAnotherAccountShows) {
  ASSERT_OK(append({linked(1, "a")}));
  ASSERT_OK(write([](SqlTransaction& transaction) -> Result<> {
    TRY(transaction.connection().execute("UPDATE event SET account_id = $1",
                                         {sql::to_value(sample_account(2))}));
    return {};
  }));
  EXPECT_EQ(code_of(verify(2)), "chain_broken");
}

TEST_P(EventsTest, TextsAreSealedAndGoneWithTheCustomersKey) {
  ASSERT_OK(append({linked(1, "a", "her secret"), linked(2, "b", "his secret")}));
  ASSERT_OK(write([&](SqlTransaction& transaction) -> Result<> {
    return transaction.vault().erase_customer_key(sample_customer(1), clock().now());
  }));
  EXPECT_EQ(list(1), "1 a");
  EXPECT_EQ(list(2), "1 b 'his secret'");
  // The chain covers the sealed bytes, so that it still holds.
  EXPECT_OK(verify(1));
}

TEST_P(EventsTest, ATextStaysReadableWhenTheAccountMovesToAnotherCustomer) {
  ASSERT_OK(append({linked(1, "a", "before")}));
  ASSERT_OK(write([](SqlTransaction& transaction) -> Result<> {
    TRY(transaction.connection().execute(
        "UPDATE account SET customer_id = $2 WHERE account_id = $1",
        {sql::to_value(sample_account(1)), sql::to_value(sample_customer(2))}));
    return {};
  }));
  ASSERT_OK(append({linked(1, "b", "after")}));
  EXPECT_EQ(list(1), "1 a 'before', 2 b 'after'");
  EXPECT_OK(verify(1));
}

TEST_P(EventsTest, ManyAccountsAtOnce) {
  constexpr std::int64_t kAccounts = 700;
  ASSERT_OK(write([&](SqlTransaction& transaction) -> Result<> {
    for (std::int64_t n = 100; n < 100 + kAccounts; ++n) {
      TRY(tests::add_sample_account(transaction, n));
    }
    return {};
  }));
  for (int round = 0; round < 2; ++round) {
    std::vector<NewEvent> events;
    for (std::int64_t n = 100; n < 100 + kAccounts; ++n) {
      events.push_back(linked(n, "a"));
      events.push_back(linked(n, "b", "text"));
    }
    ASSERT_OK(append(std::move(events)));
  }
  EXPECT_EQ(list(799), "1 a, 2 b 'text', 3 a, 4 b 'text'");
  std::vector<domain::AccountId> accounts;
  const auto transaction = store().begin(TransactionKind::kRead);
  ASSERT_OK((*transaction)->events().for_each_account([&](domain::AccountId account) -> Result<> {
    accounts.push_back(account);
    return (*transaction)->events().verify(account);
  }));
  EXPECT_EQ(accounts.size(), std::size_t{kAccounts});
  EXPECT_TRUE(std::ranges::is_sorted(accounts));
}

TEST_P(EventsTest, WritersOfOneAccountDoNotBreakItsChain) {
  constexpr int kThreads = 4, kRounds = 5;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        // More than run_in_transaction tries may be needed where four fight for each number.
        Result<> done = append({linked(1, "a"), linked(2, "b")});
        for (int tries = 0; tries < 20 && code_of(done) == "database_busy"; ++tries) {
          done = append({linked(1, "a"), linked(2, "b")});
        }
        EXPECT_OK(done);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::int64_t account : {1, 2}) {
    EXPECT_OK(verify(account));
    EXPECT_TRUE(
        list(account).ends_with(std::to_string(kThreads * kRounds) + (account == 1 ? " a" : " b")));
  }
}

TEST_P(EventsTest, ALongChainIsCheckedInPages) {
  ASSERT_OK(append(std::vector<NewEvent>(2'500, linked(1, "a"))));
  EXPECT_OK(verify(1));
  tamper("UPDATE event SET actor = 'nobody' WHERE seq = 2400");
  EXPECT_EQ(verify(1).error().place, sample_account(1).to_string() + "/2400");
}

}  // namespace
}  // namespace storage
