// What accounts have chosen about their bills, as revisions; and who uses the services that
// another pays for.
//
// A revision holds from a day, a boundary of the account's bills, until a newer one's day. Nothing
// is overwritten: a run asks for what was known at its cutoff, and sees the same when asked again.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/party/party.h"
#include "ports/parties.h"

namespace ports {

struct ProfileRevision {
  domain::AccountId account;
  std::int64_t revision = 1;  // 1, 2, 3 ... within the account.
  base::Date holds_from;
  domain::ProfileChoice chosen;  // All that is chosen from then on, not only what changed.
  std::string changed_by;        // "user_...", "tok_...", "customer", "command".
  std::int64_t epoch = 0;
  base::Instant recorded = {};

  friend bool operator==(const ProfileRevision&, const ProfileRevision&) = default;
};

struct ServiceUser {
  domain::AccountId account;  // Which pays.
  domain::ServiceId service;
  domain::CustomerId customer;  // Who uses it.
  std::string changed_by;

  friend bool operator==(const ServiceUser&, const ServiceUser&) = default;
};

class Profiles {
 public:
  virtual ~Profiles() = default;

  // `epoch` and `recorded` of each are set from the recording. Errors: constraint_violated where
  // an account has a revision of that number.
  [[nodiscard]] virtual base::Result<> add(std::span<const ProfileRevision> revisions,
                                           const Recording& recording) = 0;
  // Of one account, ascending.
  [[nodiscard]] virtual base::Result<std::vector<ProfileRevision>> list(
      domain::AccountId account) = 0;

  // One pass over a range. Accounts that have chosen nothing are not visited.
  // The newest revision that holds on the day, once per account, ascending by account.
  [[nodiscard]] virtual base::Result<> load_holding(
      const AccountRange& range, base::Date day, std::int64_t cutoff_epoch,
      const std::function<base::Result<>(const ProfileRevision&)>& visit) = 0;
  // All that hold from a day up to `through`, ascending by account and revision.
  [[nodiscard]] virtual base::Result<> load_until(
      const AccountRange& range, base::Date through, std::int64_t cutoff_epoch,
      const std::function<base::Result<>(const ProfileRevision&)>& visit) = 0;

  // --- Users of services. A second word replaces the first.
  [[nodiscard]] virtual base::Result<> set_service_user(const ServiceUser& user,
                                                        base::Instant recorded) = 0;
  // The payer uses it again.
  [[nodiscard]] virtual base::Result<> remove_service_user(domain::AccountId account,
                                                           domain::ServiceId service) = 0;
  // Ascending by service.
  [[nodiscard]] virtual base::Result<std::vector<ServiceUser>> service_users_of(
      domain::AccountId account) = 0;
  // Ascending by account and service.
  [[nodiscard]] virtual base::Result<> load_service_users(
      const AccountRange& range,
      const std::function<base::Result<>(const ServiceUser&)>& visit) = 0;
};

}  // namespace ports
