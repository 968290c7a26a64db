#include "flows/access/access.h"

#include "domain/access/credentials.h"

namespace flows {

base::Result<> write_audit(ports::Transaction& transaction, const AccessPorts& access,
                           const AuditEntry& entry) {
  const base::Instant now = access.clock.now();
  std::string label = "audit:";
  label += entry.actor;
  label += ':';
  label += entry.action;
  label += ':';
  label += entry.subject;
  return transaction.access().add_audit(
      {.id = crypto::make_random_id<domain::AuditId>(access.random, now, label),
       .actor = std::string(entry.actor),
       .action = std::string(entry.action),
       .subject = std::string(entry.subject),
       .detail = entry.detail,
       .recorded = now});
}

base::Result<> record_audit(const AccessPorts& access, const AuditEntry& entry) {
  return ports::run_in_transaction(access.store, [&](ports::Transaction& transaction) {
    return write_audit(transaction, access, entry);
  });
}

base::Result<ports::User> require_login(ports::Transaction& transaction, std::string_view login) {
  const auto normal = domain::normalise_login(login);
  if (normal) {
    auto user = TRY(transaction.access().find_login(*normal));
    if (user) return *std::move(user);
  }
  return base::fail("user_not_found", "there is no user with this login",
                    std::string(login.substr(0, domain::kLoginLengthMax)));
}

base::Result<> require_other_admin(ports::Transaction& transaction, const ports::User& user) {
  for (const ports::User& other : TRY(transaction.access().list_users())) {
    if (other.id == user.id || !other.active) continue;
    if (TRY(transaction.access().roles_of(other.id)).has(domain::Role::kAdmin)) return {};
  }
  return base::fail("last_admin", "this is the last admin; make somebody else one first",
                    user.login);
}

std::string hash_of_secret(std::string_view secret) {
  const crypto::Digest digest = crypto::sha256(secret);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace flows
