#include "flows/access/set_password.h"

#include "domain/access/credentials.h"

namespace flows {

base::Result<> set_password(const AccessPorts& access, std::string_view login,
                            std::string_view password, std::string_view actor) {
  const auto normal = domain::normalise_login(login);
  TRY(domain::check_password(password, normal ? *normal : ""));
  const std::string hash = TRY(crypto::hash_password(password));
  return ports::run_in_transaction(
      access.store, [&](ports::Transaction& transaction) -> base::Result<> {
        const auto found = TRY(require_login(transaction, login));
        auto user = TRY(transaction.access().find_user_to_change(found.id));
        if (!user) return base::fail("user_not_found", "the user is gone", std::string(login));
        user->password_hash = hash;
        user->failed_logins = 0;
        user->locked_until = {};
        TRY(transaction.access().update_user(*user));
        TRY(transaction.access().end_sessions_of(user->id));
        return write_audit(
            transaction, access,
            {.actor = actor, .action = "user.password_set", .subject = user->id.to_string()});
      });
}

}  // namespace flows
