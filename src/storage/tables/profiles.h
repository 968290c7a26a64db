// What accounts have chosen, profile_revision, and who uses their services, service_user. Nothing
// in them is personal: ids, codes and the groupings that people name by codes.
#pragma once

#include "ports/billing.h"
#include "ports/profiles.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlProfiles final : public ports::Profiles {
 public:
  SqlProfiles(sql::Connection& connection, Vault&) : connection_(connection) {}

  base::Result<> add(std::span<const ports::ProfileRevision> revisions,
                     const ports::Recording& recording) override;
  base::Result<std::vector<ports::ProfileRevision>> list(domain::AccountId account) override;
  base::Result<> load_holding(
      const ports::AccountRange& range, base::Date day, std::int64_t cutoff_epoch,
      const std::function<base::Result<>(const ports::ProfileRevision&)>& visit) override;
  base::Result<> load_until(
      const ports::AccountRange& range, base::Date through, std::int64_t cutoff_epoch,
      const std::function<base::Result<>(const ports::ProfileRevision&)>& visit) override;

  base::Result<> set_service_user(const ports::ServiceUser& user, base::Instant recorded) override;
  base::Result<> remove_service_user(domain::AccountId account, domain::ServiceId service) override;
  base::Result<std::vector<ports::ServiceUser>> service_users_of(
      domain::AccountId account) override;
  base::Result<> load_service_users(
      const ports::AccountRange& range,
      const std::function<base::Result<>(const ports::ServiceUser&)>& visit) override;

 private:
  sql::Connection& connection_;
};

}  // namespace storage
