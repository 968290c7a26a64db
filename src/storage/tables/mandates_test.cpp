// What is kept of mandates and debits, on both engines: as it was given, found by what banks call
// it, changed by one writer at a time.
#include <gtest/gtest.h>

#include "ports/mandates.h"
#include "ports/parties.h"
#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Result;
using domain::Collection;
using domain::Mandate;

template <class Id>
Id id(std::uint8_t n) {
  return Id(base::IdBytes{n});
}
base::Date day(std::string_view text) { return *base::Date::parse(text); }
base::Money euro(std::int64_t whole) {
  return base::Money(whole * 100, *base::Currency::parse("EUR"));
}

Mandate mandate(std::uint8_t n) {
  Mandate made;
  made.id = id<domain::MandateId>(n);
  made.account = id<domain::AccountId>(n);
  made.customer = id<domain::CustomerId>(1);
  made.scheme = domain::MandateScheme::kSepaCore;
  made.state = domain::MandateState::kActive;
  made.reference = "M-" + std::to_string(n);
  made.creditor = "DE98ZZZ09999999999";
  made.payer_name = "Ebba Ek";
  made.payer_account = "DE89370400440532013000";
  made.signed_on = day("2026-01-15");
  made.limit = euro(50);
  made.notice_days = 3;
  made.consent = {"Ebba Ek", "bill_page", {7}, "sepa/1", "192.0.2.1", "Browser"};
  made.changes = {{.day = day("2026-02-01"),
                   .actor = "anna",
                   .migration = "m1",
                   .creditor = "ES00",
                   .told = true}};
  made.recorded = {9};
  return made;
}

Collection collection(std::uint8_t n) {
  Collection made;
  made.id = id<domain::CollectionId>(n);
  made.account = id<domain::AccountId>(n);
  made.mandate = id<domain::MandateId>(n);
  made.bill = id<domain::BillId>(n);
  made.creditor = "DE98ZZZ09999999999";
  made.amount = euro(n);
  made.announced = day("2026-11-02");
  made.hand_in = day("2026-11-30");
  made.day = made.first_day = day("2026-12-01");
  made.wire = "wire" + std::to_string(n);
  return made;
}

class MandatesTest : public tests::StoreTest {
 protected:
  void SetUp() override {
    domain::Customer customer;
    customer.id = id<domain::CustomerId>(1);
    customer.number = 1;
    ASSERT_OK(ports::run_in_transaction(store(), [&](ports::Transaction& transaction) {
      return transaction.parties().add_customers({&customer, 1}, {clock().now(), 1});
    }));
  }
  Result<> write(const std::function<Result<>(ports::Mandates&)>& work) {
    return ports::run_in_transaction(
        store(), [&](ports::Transaction& transaction) { return work(transaction.mandates()); });
  }
  std::vector<Mandate> list(const ports::MandateFilter& filter = {}) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    return transaction->mandates().list(filter).value();
  }
};

TEST_P(MandatesTest, AsTheyWereGiven) {
  std::vector<Mandate> mandates = {mandate(1), mandate(2)};
  mandates[1].limit.reset();
  mandates[1].notice_days.reset();
  mandates[1].last_debit = day("2026-10-01");
  mandates[1].changes.clear();
  mandates[1].state = domain::MandateState::kDraft;
  ASSERT_OK(write([&](auto& store) { return store.add(mandates); }));
  EXPECT_EQ(list(), mandates);
  EXPECT_EQ(list({.state = "draft"}).size(), 1u);
  EXPECT_EQ(list({.reference = "M-1"}).size(), 1u);
  EXPECT_EQ(list({.scheme = "autogiro"}).size(), 0u);
  EXPECT_EQ(list({.after = {id<domain::AccountId>(1), id<domain::MandateId>(1)}}).size(), 1u);
  const std::string references[] = {"M-1", "M-2", "M-3"};
  ASSERT_OK(write([&](auto& store) -> Result<> {
    EXPECT_EQ(TRY(store.find_references("DE98ZZZ09999999999", references)).size(), 2u);
    EXPECT_EQ(TRY(store.find_references("DE00", references)).size(), 0u);
    const domain::AccountId accounts[] = {id<domain::AccountId>(1), id<domain::AccountId>(2)};
    EXPECT_EQ(TRY(store.active_of(accounts)).size(), 1u);
    EXPECT_EQ(
        TRY(store.to_submit({domain::MandateScheme::kSepaCore, "DE98ZZZ09999999999"}, 9)).size(),
        1u);
    return {};
  }));
}

TEST_P(MandatesTest, OneWriterAtATime) {
  Mandate first = mandate(1);
  ASSERT_OK(write([&](auto& store) { return store.add({&first, 1}); }));
  first.state = domain::MandateState::kSuspended;
  first.payer_account = "FI2112345600000785";
  first.version = 2;
  ASSERT_OK(write([&](auto& store) { return store.update({&first, 1}); }));
  EXPECT_EQ(list().at(0), first);
  const auto transaction = store().begin(ports::TransactionKind::kWrite).value();
  EXPECT_EQ(tests::code_of(transaction->mandates().update({&first, 1})), "database_busy");
}

TEST_P(MandatesTest, DebitsAreFoundByWhatBanksCallThem) {
  std::vector<Collection> debits = {collection(1), collection(2), collection(3)};
  debits[2].hand_in = day("2026-12-30");
  ASSERT_OK(write([&](auto& store) { return store.add_collections(debits); }));
  ASSERT_OK(write([&](auto& store) -> Result<> {
    const ports::OrderGroup group{domain::MandateScheme::kSepaCore, "DE98ZZZ09999999999"};
    EXPECT_EQ(TRY(store.groups_due(day("2026-11-30"))), std::vector{group});
    EXPECT_TRUE(TRY(store.groups_due(day("2026-11-29"))).empty());
    EXPECT_EQ(TRY(store.hold_due(group, day("2026-11-30"), 9)).size(), 2u);
    EXPECT_EQ(TRY(store.hold_due(group, day("2026-11-30"), 1)).size(), 1u);
    const std::string wires[] = {"wire2", "wire9"};
    auto found = TRY(store.hold_wires(wires));
    EXPECT_EQ(found.size(), 1u);
    found[0].state = domain::CollectionState::kSettled;
    found[0].settled_on = day("2026-12-02");
    found[0].refund_until = day("2027-01-27");
    found[0].payment = id<domain::PaymentId>(8);
    found[0].version = 2;
    TRY(store.update_collections(found));
    const ports::Billing::BillKey bill{id<domain::AccountId>(2), id<domain::BillId>(2)};
    const auto kept = TRY(store.of_bills({&bill, 1}));
    EXPECT_EQ(kept.at(0).settled_on, day("2026-12-02"));
    EXPECT_EQ(kept.at(0).refund_until, day("2027-01-27"));
    EXPECT_FALSE(kept.at(0).unauthorised_until);
    EXPECT_EQ(kept.at(0).payment, id<domain::PaymentId>(8));
    EXPECT_EQ(TRY(store.list_collections({.state = "planned"})).size(), 2u);
    return {};
  }));
}

// A file of many pieces comes back as the bytes that it was.
TEST_P(MandatesTest, FilesAreKeptAsTheyAre) {
  std::string bytes(700'000, 'x');
  bytes[300'000] = '\0';
  ports::OrderFile file;
  file.id = id<domain::OrderFileId>(1);
  file.day = day("2026-11-30");
  file.ordinal = 1;
  file.sum = euro(3);
  file.sha256 = std::string(32, 'h');
  file.size = static_cast<std::int64_t>(bytes.size());
  ASSERT_OK(write([&](auto& store) { return store.add_file(file, bytes); }));
  std::string read;
  ASSERT_OK(write([&](auto& store) {
    return store.read_file(file.id, [&](std::string_view piece) -> Result<> {
      read += piece;
      return {};
    });
  }));
  EXPECT_EQ(read == bytes, true);
  ASSERT_OK(write([&](auto& store) -> Result<> {
    EXPECT_EQ(TRY(store.files_of(file.day)).size(), 1u);
    EXPECT_EQ(TRY(store.find_file(file.id))->size, file.size);
    return {};
  }));
}

TELGIRO_ON_BOTH_ENGINES(MandatesTest);

}  // namespace
}  // namespace storage
