// Where a call is in its dialogue, on both engines: what is kept is read back, changed or not.
#include "storage/tables/calls.h"

#include "ports/tills.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

template <class IdType>
IdType id(std::uint8_t first) {
  base::IdBytes bytes{};
  bytes.front() = first;
  return IdType(bytes);
}

class CallsTest : public tests::StoreTest {
 protected:
  std::optional<domain::Call> find(domain::CallId call) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->tills().calls().find(call).value();
  }
  void keep(const domain::Call& call, bool is_new) {
    ASSERT_OK(
        ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> base::Result<> {
          auto& calls = transaction.tills().calls();
          return is_new ? calls.add(call) : calls.update(call);
        }));
  }
};

TEST_P(CallsTest, WhatIsKeptIsReadBack) {
  EXPECT_FALSE(find(id<domain::CallId>(1)));
  domain::Call call = domain::begin_call({.languages = {"sv"}}, id<domain::CallId>(1), "", {7});
  call.platform = "twilio";
  call.caller = "+46701234567";
  call.called = "+4686001000";
  keep(call, true);
  call.step = domain::CallStep::kConfirm;
  call.account = id<domain::AccountId>(2);
  call.bill = id<domain::BillId>(3);
  call.intent = id<domain::IntentId>(4);
  call.way = domain::CallWay::kKept;
  call.amount = base::Money(15050, base::Currency());
  call.says = {domain::CallPhrase::kFailed, domain::CallPhrase::kBill};
  call.misses = 1;
  call.wrong_codes = 2;
  call.looks = 3;
  call.payments = 4;
  call.turn = 5;
  call.changed = {9};
  keep(call, false);
  const auto read = find(call.id);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->platform, "twilio");
  EXPECT_EQ(read->caller, "+46701234567");
  EXPECT_EQ(read->called, "+4686001000");
  EXPECT_EQ(read->language, "sv");
  EXPECT_EQ(read->step, call.step);
  EXPECT_EQ(read->end, domain::CallEnd::kNone);
  EXPECT_EQ(read->account, call.account);
  EXPECT_EQ(read->bill, call.bill);
  EXPECT_EQ(read->intent, call.intent);
  EXPECT_EQ(read->way, call.way);
  EXPECT_EQ(read->amount, call.amount);
  EXPECT_EQ(read->says, call.says);
  EXPECT_EQ(read->misses + 10 * read->wrong_codes + 100 * read->looks + 1000 * read->payments,
            4321);
  EXPECT_EQ(read->turn, 5);
  EXPECT_EQ(read->began.micros, 7);
  EXPECT_EQ(read->changed.micros, 9);
}

TEST_P(CallsTest, ACallBeginsOnce) {
  const auto call = domain::begin_call({.languages = {"sv"}}, id<domain::CallId>(1), "", {7});
  keep(call, true);
  const auto transaction = store().begin(ports::TransactionKind::kWrite).value();
  EXPECT_EQ(tests::code_of(transaction->tills().calls().add(call)), "constraint_violated");
}

TELGIRO_ON_BOTH_ENGINES(CallsTest);

}  // namespace
}  // namespace storage
