#include "storage/tables/profiles.h"

#include <optional>

#include "domain/billing/profile.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Result;
using ports::ProfileRevision;
using ports::ServiceUser;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kRevisionColumns[] = {"account_id", "revision", "holds_from", "chosen",
                                                 "changed_by", "epoch",    "recorded"};
constexpr std::string_view kSelectRevision =
    "SELECT account_id, revision, holds_from, chosen, changed_by, epoch, recorded "
    "FROM profile_revision ";
constexpr std::string_view kSelectUser =
    "SELECT account_id, service_id, customer_id, changed_by FROM service_user ";

Result<ProfileRevision> read_revision(const Row& row) {
  ProfileRevision revision;
  revision.account = row.id<domain::AccountId>(0);
  revision.revision = row.integer(1);
  revision.holds_from = day(row, 2);
  revision.chosen = TRY(domain::read_choice(TRY(json::parse(row.text(3))), "profile"));
  revision.changed_by = row.text(4);
  revision.epoch = row.integer(5);
  revision.recorded = {row.integer(6)};
  return revision;
}

ServiceUser read_user(const Row& row) {
  return {.account = row.id<domain::AccountId>(0),
          .service = row.id<domain::ServiceId>(1),
          .customer = row.id<domain::CustomerId>(2),
          .changed_by = std::string(row.text(3))};
}

}  // namespace

Result<> SqlProfiles::add(std::span<const ProfileRevision> revisions,
                          const ports::Recording& recording) {
  auto rows = TRY(connection_.bulk_insert("profile_revision", kRevisionColumns));
  for (const ProfileRevision& revision : revisions) {
    const Value row[] = {to_value(revision.account),
                         revision.revision,
                         to_column(revision.holds_from),
                         domain::to_json(revision.chosen).dump(),
                         revision.changed_by,
                         recording.epoch,
                         recording.at.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::vector<ProfileRevision>> SqlProfiles::list(domain::AccountId account) {
  std::vector<ProfileRevision> revisions;
  TRY(connection_.query(std::string(kSelectRevision) + "WHERE account_id = $1 ORDER BY revision",
                        {to_value(account)}, [&](const Row& row) -> Result<> {
                          revisions.push_back(TRY(read_revision(row)));
                          return {};
                        }));
  return revisions;
}

// Few accounts choose and change rarely: to read all rows of a range and keep each account's last
// is one walk along the key, which no distributed plan spoils.
Result<> SqlProfiles::load_holding(const ports::AccountRange& range, base::Date day,
                                   std::int64_t cutoff_epoch,
                                   const std::function<Result<>(const ProfileRevision&)>& visit) {
  std::optional<ProfileRevision> newest;
  TRY(load_until(range, day, cutoff_epoch, [&](const ProfileRevision& revision) -> Result<> {
    if (newest && newest->account != revision.account) TRY(visit(*newest));
    newest = revision;
    return {};
  }));
  if (newest) TRY(visit(*newest));
  return {};
}

Result<> SqlProfiles::load_until(const ports::AccountRange& range, base::Date through,
                                 std::int64_t cutoff_epoch,
                                 const std::function<Result<>(const ProfileRevision&)>& visit) {
  return connection_.query(
      std::string(kSelectRevision) +
          "WHERE account_id >= $1 AND account_id < $2 AND holds_from <= $3 AND epoch <= $4 "
          "ORDER BY account_id, revision",
      {to_value(range.from), range_end(range), to_column(through), cutoff_epoch},
      [&](const Row& row) -> Result<> { return visit(TRY(read_revision(row))); });
}

Result<> SqlProfiles::set_service_user(const ServiceUser& user, base::Instant recorded) {
  TRY(connection_.execute(
      "INSERT INTO service_user (account_id, service_id, customer_id, changed_by, recorded) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, service_id) DO UPDATE SET "
      "customer_id = excluded.customer_id, changed_by = excluded.changed_by, "
      "recorded = excluded.recorded",
      {to_value(user.account), to_value(user.service), to_value(user.customer), user.changed_by,
       recorded.micros}));
  return {};
}

Result<> SqlProfiles::remove_service_user(domain::AccountId account, domain::ServiceId service) {
  TRY(connection_.execute("DELETE FROM service_user WHERE account_id = $1 AND service_id = $2",
                          {to_value(account), to_value(service)}));
  return {};
}

Result<std::vector<ServiceUser>> SqlProfiles::service_users_of(domain::AccountId account) {
  std::vector<ServiceUser> users;
  TRY(connection_.query(std::string(kSelectUser) + "WHERE account_id = $1 ORDER BY service_id",
                        {to_value(account)}, [&](const Row& row) -> Result<> {
                          users.push_back(read_user(row));
                          return {};
                        }));
  return users;
}

Result<> SqlProfiles::load_service_users(const ports::AccountRange& range,
                                         const std::function<Result<>(const ServiceUser&)>& visit) {
  return connection_.query(
      std::string(kSelectUser) +
          "WHERE account_id >= $1 AND account_id < $2 ORDER BY account_id, service_id",
      {to_value(range.from), range_end(range)},
      [&](const Row& row) -> Result<> { return visit(read_user(row)); });
}

}  // namespace storage
