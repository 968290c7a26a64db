// Customers, accounts, services and charges in the database: what is written is read back, runs
// see what was known by their cutoff, and an erased customer leaves the books whole.
#include "storage/tables/parties.h"

#include "tests/support/stores.h"

namespace storage {
namespace {

using base::Date;
using base::Month;
using domain::AccountId;
using domain::CustomerId;
using domain::ServiceId;

template <class IdType>
IdType id(std::uint8_t first, std::uint8_t last = 1) {
  base::IdBytes bytes{};
  bytes.front() = first;
  bytes.back() = last;
  return IdType(bytes);
}

domain::Customer customer(std::uint8_t nth) {
  return {.id = id<CustomerId>(nth),
          .number = 1000 + nth,
          .segment = domain::Segment::kBusiness,
          .language = "sv",
          .party = {.kind = domain::PartyKind::kOrganisation,
                    .name = "Åberg & Söner",
                    .national_id = "5569991424",
                    .email = "info@example.com",
                    .phone = "+46701740605",
                    .address = {{"Storgatan 1", "c/o Ek"}, "903 26", "Umeå", "SE"}}};
}

domain::Account account(std::uint8_t nth) {
  return {.id = id<AccountId>(nth),
          .customer = id<CustomerId>(nth),
          .country = "SE",
          .currency = *base::Currency::parse("SEK"),
          .profile = {.grouping = "service", .due_days = 10, .delivery = "paper"}};
}

domain::Service service(std::uint8_t account, std::int64_t revision) {
  return {.id = id<ServiceId>(account, 7),
          .account = id<AccountId>(account),
          .revision = revision,
          .division = "broadband",
          .source_number = "B1",
          .plan = "PLAN" + std::to_string(revision),
          .starts = *Date::make(2026, 1, 1),
          .ends = revision > 1 ? std::optional(*Date::make(2027, 1, 1)) : std::nullopt,
          .campaign = revision > 1 ? "HALF" : "",
          .label = "Storgatan 1",
          .epoch = 0};
}

domain::Charge charge(std::uint8_t account, std::uint8_t nth, std::string_view month) {
  const Month period = *Month::parse(month);
  return {.id = id<domain::ChargeId>(account, nth),
          .account = id<AccountId>(account),
          .service = nth % 2 == 0 ? id<ServiceId>(account, 7) : ServiceId(),
          .kind = "one_off",
          .item = "ROUTER",
          .division = "broadband",
          .quantity = base::Decimal::from_integer(2),
          .unit_price = {*base::Decimal::parse("398.00000001")},
          .net = base::Money(79'600, *base::Currency::parse("SEK")),
          .vat_class = "standard",
          .payment = domain::ChargePayment::kInstalments12,
          .effective = period.period().from() + nth,
          .period = period,
          .source = "broadband.orders",
          .record_id = std::to_string(nth),
          .epoch = 0};
}

class PartiesTest : public tests::StoreTest {
 protected:
  // Everything of three customers, each written in an epoch of its own number.
  void SetUp() override {
    for (std::uint8_t nth = 1; nth <= 3; ++nth) {
      write([&](ports::Parties& parties) -> base::Result<> {
        const ports::Recording recording{clock().now(), nth};
        TRY(parties.add_customers(std::array{customer(nth)}, recording));
        TRY(parties.add_accounts(std::array{account(nth)}, recording));
        TRY(parties.add_services(std::array{service(nth, 1)}, recording));
        return parties.add_charges(std::array{charge(nth, 1, "2026-09"), charge(nth, 2, "2026-10")},
                                   recording);
      });
    }
  }

  void write(const std::function<base::Result<>(ports::Parties&)>& work) {
    EXPECT_OK(ports::run_in_transaction(
        store(), [&](ports::Transaction& transaction) { return work(transaction.parties()); }));
  }
  std::unique_ptr<ports::Transaction> read() {
    return std::move(*store().begin(ports::TransactionKind::kRead));
  }
  // "account.nth" of each charge.
  std::string charges(const ports::AccountRange& range, const ports::ChargeWindow& window) {
    std::string text;
    EXPECT_OK(read()->parties().load_charges(range, window, [&](const domain::Charge& each) {
      text += std::to_string(each.account.bytes().front()) + "." + each.record_id + " ";
      return base::Result<>();
    }));
    return text;
  }
  // "account/revision@epoch" of each service.
  std::string services(const ports::AccountRange& range, std::int64_t cutoff) {
    std::string text;
    EXPECT_OK(read()->parties().load_services(range, cutoff, [&](const domain::Service& each) {
      text += std::to_string(each.account.bytes().front()) + "/" + std::to_string(each.revision) +
              "@" + std::to_string(each.epoch) + " ";
      return base::Result<>();
    }));
    return text;
  }
};
TELGIRO_ON_BOTH_ENGINES(PartiesTest);

TEST_P(PartiesTest, WhatIsWrittenIsReadBack) {
  const auto transaction = read();
  ports::Parties& parties = transaction->parties();
  const auto found = parties.find_customers(std::array{id<CustomerId>(2), id<CustomerId>(9)});
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().number, 1002);
  EXPECT_EQ(found->front().segment, domain::Segment::kBusiness);
  EXPECT_EQ(found->front().party, customer(2).party);
  const auto stored = *parties.find_account(id<AccountId>(2));
  EXPECT_EQ(stored->profile, account(2).profile);
  EXPECT_EQ(stored->currency.code(), "SEK");
  EXPECT_FALSE(*parties.find_account(id<AccountId>(9)));
  const auto first =
      parties.find_services(std::array{ports::ServiceKey{id<AccountId>(2), id<ServiceId>(2, 7)}});
  EXPECT_EQ(first->front().label, "Storgatan 1");
  EXPECT_FALSE(first->front().ends);
  std::vector<domain::Charge> all;
  EXPECT_OK(parties.load_charges({}, {*Month::parse("2026-10"), 99}, [&](const auto& each) {
    all.push_back(each);
    return base::Result<>();
  }));
  ASSERT_EQ(all.size(), 6U);
  EXPECT_TRUE(all[0].service.is_nil());
  EXPECT_EQ(all[1].service, id<ServiceId>(1, 7));
  EXPECT_EQ(all[1].unit_price.amount.to_string(), "398.00000001");
  EXPECT_EQ(all[1].net.minor(), 79'600);
  EXPECT_EQ(all[1].payment, domain::ChargePayment::kInstalments12);
  EXPECT_EQ(all[1].effective, *Date::make(2026, 10, 3));
}

TEST_P(PartiesTest, RunsSeeWhatWasKnownByTheirCutoff) {
  write([&](ports::Parties& parties) {
    return parties.add_services(std::array{service(1, 2)}, {clock().now(), 4});
  });
  EXPECT_EQ(services({}, 2), "1/1@1 2/1@2 ");
  EXPECT_EQ(services({}, 4), "1/1@1 1/2@4 2/1@2 3/1@3 ");
  EXPECT_EQ(*read()->parties().count_accounts(2), 2);
  EXPECT_EQ(read()->parties().load_customers_for({}, 2)->size(), 2U);
  const auto newest = read()->parties().find_services(
      std::array{ports::ServiceKey{id<AccountId>(1), id<ServiceId>(1, 7)}});
  EXPECT_EQ(newest->front().plan, "PLAN2");
  EXPECT_EQ(newest->front().campaign, "HALF");
  EXPECT_EQ(newest->front().ends, *Date::make(2027, 1, 1));
}

TEST_P(PartiesTest, ChargesThatNoEarlierRunHasSeen) {
  const Month september = *Month::parse("2026-09"), october = *Month::parse("2026-10");
  EXPECT_EQ(charges({}, {september, 99}), "1.1 2.1 3.1 ");
  EXPECT_EQ(charges({}, {october, 2}), "1.1 1.2 2.1 2.2 ");
  // A run for September saw epochs to 2: what came later is late, October is new.
  EXPECT_EQ(charges({}, {october, 99, september, 2}), "1.2 2.2 3.1 3.2 ");
  EXPECT_EQ(charges({id<AccountId>(2, 0), id<AccountId>(3, 0)}, {october, 99}), "2.1 2.2 ");
  EXPECT_EQ(charges({id<AccountId>(2), {}}, {october, 99}), "2.1 2.2 3.1 3.2 ");
}

TEST_P(PartiesTest, RangesCoverAllAccounts) {
  const auto ranges = [&](std::int64_t cutoff, std::int64_t size) {
    std::string text;
    const auto found = read()->parties().account_bounds(cutoff, size);
    for (const auto& range : *found) {
      text += std::to_string(range.from.bytes().front()) + "-" +
              std::to_string(range.to.bytes().front()) + " ";
    }
    return text;
  };
  EXPECT_EQ(ranges(0, 10), "");
  EXPECT_EQ(ranges(9, 10), "0-0 ");
  EXPECT_EQ(ranges(9, 2), "0-3 3-0 ");
  EXPECT_EQ(ranges(9, 1), "0-2 2-3 3-0 ");
  EXPECT_EQ(ranges(2, 1), "0-2 2-0 ");
}

TEST_P(PartiesTest, NumbersAndIdentities) {
  write([&](ports::Parties& parties) -> base::Result<> {
    TRY(parties.save_identities(std::array<ports::Parties::IdentityEntry, 2>{
        {{"SE:a", id<CustomerId>(1)}, {"SE:b", id<CustomerId>(2)}}}));
    TRY(parties.save_identities(
        std::array<ports::Parties::IdentityEntry, 1>{{{"SE:a", id<CustomerId>(3)}}}));
    TRY(parties.remove_identity("SE:b"));
    return parties.point_customer_number(1001, id<CustomerId>(2));
  });
  const std::vector<std::string> keys = {"SE:a", "SE:b", "SE:c", "SE:a"};
  const auto found = read()->parties().find_identities(keys);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front().key, "SE:a");
  EXPECT_EQ(found->front().customer, id<CustomerId>(3));
  EXPECT_EQ(*read()->parties().find_customer_number(1001), id<CustomerId>(2));
  EXPECT_FALSE(*read()->parties().find_customer_number(9));
}

TEST_P(PartiesTest, ChangesOfCustomersAndAccounts) {
  domain::Customer changed = customer(1);
  changed.party.name = "Öberg";
  changed.segment = domain::Segment::kConsumer;
  domain::Account own = account(1);
  own.profile.due_days = 20;
  write([&](ports::Parties& parties) -> base::Result<> {
    TRY(parties.update_customers(std::array{changed}, {clock().now(), 5}));
    TRY(parties.update_account(own));
    return parties.move_account(own, id<CustomerId>(2));
  });
  const auto transaction = read();
  const auto customers = transaction->parties().list_customers({}, 2);
  ASSERT_EQ(customers->size(), 2U);
  EXPECT_EQ(customers->front().party.name, "Öberg");
  EXPECT_EQ(customers->front().segment, domain::Segment::kConsumer);
  EXPECT_EQ(transaction->parties().list_customers(id<CustomerId>(2), 9)->size(), 1U);
  EXPECT_EQ((*transaction->parties().find_account(own.id))->profile.due_days, 20);
  EXPECT_EQ(transaction->parties().accounts_of(id<CustomerId>(2))->size(), 2U);
  EXPECT_TRUE(transaction->parties().accounts_of(id<CustomerId>(1))->empty());
}

// D10: to erase a customer is to destroy a key; what was billed and owed stays.
TEST_P(PartiesTest, D10AnErasedCustomerIsEmpty) {
  const auto transaction = *store().begin_sql(ports::TransactionKind::kWrite);
  ASSERT_OK(transaction->vault().erase_customer_key(id<CustomerId>(2), clock().now()));
  ASSERT_OK(transaction->commit());
  const auto found = read()->parties().find_customers(std::array{id<CustomerId>(2)});
  EXPECT_EQ(found->front().number, 1002);
  EXPECT_EQ(found->front().party.name, "");
  EXPECT_EQ(services({}, 99), "1/1@1 2/1@2 3/1@3 ");
  EXPECT_EQ(read()->parties().load_customers_for({}, 99)->size(), 3U);
}

}  // namespace
}  // namespace storage
