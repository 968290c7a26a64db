// What accounts have chosen, on both engines: the newest that holds on a day and was known by the
// cutoff counts (R02), and a service has a user apart from who pays (R06).
#include "storage/tables/profiles.h"

#include "tests/support/stores.h"

namespace storage {
namespace {

using domain::AccountId;
using ports::ProfileRevision;

template <class IdType>
IdType id(std::uint8_t first) {
  base::IdBytes bytes{};
  bytes.front() = first;
  return IdType(bytes);
}

base::Date day(std::string_view text) { return *base::Date::parse(text); }

ProfileRevision revision(std::uint8_t account, std::int64_t number, std::string_view holds_from,
                         std::string frequency) {
  ProfileRevision row;
  row.account = id<AccountId>(account);
  row.revision = number;
  row.holds_from = day(holds_from);
  row.chosen.frequency = std::move(frequency);
  row.changed_by = "command";
  return row;
}

// "1:2 3:1": account and revision of each that is visited.
std::string visited(std::vector<ProfileRevision>& rows) {
  std::string text;
  for (const ProfileRevision& row : rows) {
    text += (text.empty() ? "" : " ") + std::to_string(row.account.bytes().front()) + ":" +
            std::to_string(row.revision);
  }
  rows.clear();
  return text;
}

class ProfilesTest : public tests::StoreTest {
 protected:
  void add(const std::vector<ProfileRevision>& rows, std::int64_t epoch) {
    auto transaction = store().begin(ports::TransactionKind::kWrite).value();
    ASSERT_OK(transaction->profiles().add(rows, {clock().now(), epoch}));
    ASSERT_OK(transaction->commit());
  }
};

TEST_P(ProfilesTest, R02WhatIsChosenIsReadBack) {
  ProfileRevision whole = revision(1, 1, "2026-12-01", "weekly#1");
  whole.chosen = {.grouping = "one_off:each, division",
                  .frequency = "weekly#1",
                  .due_days = 10,
                  .due_day = 25,
                  .minimum_minor = 5000,
                  .detail = "full",
                  .delivery = "paper"};
  ProfileRevision nothing = revision(1, 2, "2026-12-07", "daily");
  nothing.chosen = {};
  add({whole, nothing}, 7);
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  const auto stored = transaction->profiles().list(id<AccountId>(1));
  ASSERT_OK(stored);
  whole.epoch = nothing.epoch = 7;
  whole.recorded = nothing.recorded = clock().now();
  EXPECT_EQ(*stored, (std::vector{whole, nothing}));
  EXPECT_TRUE(transaction->profiles().list(id<AccountId>(2)).value().empty());
}

TEST_P(ProfilesTest, ARevisionIsNeverOverwritten) {
  add({revision(1, 1, "2026-12-01", "daily")}, 1);
  auto transaction = store().begin(ports::TransactionKind::kWrite).value();
  const ProfileRevision again[] = {revision(1, 1, "2026-12-01", "weekly#1")};
  EXPECT_EQ(tests::code_of(transaction->profiles().add(again, {clock().now(), 2})),
            "constraint_violated");
}

TEST_P(ProfilesTest, R02TheNewestThatHoldsOnADayCounts) {
  add({revision(1, 1, "2026-11-01", "daily"), revision(1, 2, "2026-12-01", "weekly#1"),
       revision(2, 1, "2026-12-01", "daily"), revision(3, 1, "2026-10-01", "daily")},
      5);
  add({revision(1, 3, "2026-12-01", "yearly#01-01"), revision(3, 2, "2027-01-01", "weekly#1")}, 6);
  const AccountId none;
  const struct {
    ports::AccountRange range;
    std::string day;
    std::int64_t cutoff;
    std::string holding, until;
  } rows[] = {
      {{none, none}, "2026-10-31", 9, "3:1", "3:1"},
      {{none, none}, "2026-11-01", 9, "1:1 3:1", "1:1 3:1"},
      {{none, none}, "2026-12-01", 9, "1:3 2:1 3:1", "1:1 1:2 1:3 2:1 3:1"},
      {{none, none}, "2026-12-01", 5, "1:2 2:1 3:1", "1:1 1:2 2:1 3:1"},
      {{none, none}, "2027-01-01", 9, "1:3 2:1 3:2", "1:1 1:2 1:3 2:1 3:1 3:2"},
      {{none, none}, "2027-01-01", 4, "", ""},
      {{id<AccountId>(2), none}, "2027-01-01", 9, "2:1 3:2", "2:1 3:1 3:2"},
      {{id<AccountId>(1), id<AccountId>(2)}, "2027-01-01", 9, "1:3", "1:1 1:2 1:3"},
  };
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  for (const auto& row : rows) {
    SCOPED_TRACE(row.day + " " + std::to_string(row.cutoff) + " " + row.holding);
    std::vector<ProfileRevision> seen;
    const auto keep = [&](const ProfileRevision& found) -> base::Result<> {
      seen.push_back(found);
      return {};
    };
    ASSERT_OK(transaction->profiles().load_holding(row.range, day(row.day), row.cutoff, keep));
    EXPECT_EQ(visited(seen), row.holding);
    ASSERT_OK(transaction->profiles().load_until(row.range, day(row.day), row.cutoff, keep));
    EXPECT_EQ(visited(seen), row.until);
  }
}

TEST_P(ProfilesTest, R06AServiceHasAUserApartFromWhoPays) {
  const ports::ServiceUser first{id<AccountId>(1), id<domain::ServiceId>(1),
                                 id<domain::CustomerId>(8), "command"};
  ports::ServiceUser second{id<AccountId>(1), id<domain::ServiceId>(2), id<domain::CustomerId>(8),
                            "command"};
  const ports::ServiceUser other{id<AccountId>(2), id<domain::ServiceId>(3),
                                 id<domain::CustomerId>(9), "user_1"};
  auto transaction = store().begin(ports::TransactionKind::kWrite).value();
  ports::Profiles& profiles = transaction->profiles();
  for (const auto& user : {second, other, first}) {
    ASSERT_OK(profiles.set_service_user(user, clock().now()));
  }
  second.customer = id<domain::CustomerId>(7);
  second.changed_by = "user_2";
  ASSERT_OK(profiles.set_service_user(second, clock().now()));
  EXPECT_EQ(profiles.service_users_of(id<AccountId>(1)).value(), (std::vector{first, second}));
  std::vector<ports::ServiceUser> all;
  ASSERT_OK(profiles.load_service_users({id<AccountId>(1), AccountId()},
                                        [&](const ports::ServiceUser& user) -> base::Result<> {
                                          all.push_back(user);
                                          return {};
                                        }));
  EXPECT_EQ(all, (std::vector{first, second, other}));
  ASSERT_OK(profiles.remove_service_user(first.account, first.service));
  EXPECT_EQ(profiles.service_users_of(first.account).value(), (std::vector{second}));
}

TELGIRO_ON_BOTH_ENGINES(ProfilesTest);

}  // namespace
}  // namespace storage
