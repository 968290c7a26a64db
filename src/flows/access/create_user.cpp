#include "flows/access/create_user.h"

#include "domain/access/credentials.h"

namespace flows {
namespace {

base::Json names_as_json(domain::RoleSet roles) {
  base::Json names = base::Json::array();
  for (const std::string_view name : domain::names_of(roles)) names.push(name);
  return names;
}

}  // namespace

base::Result<domain::UserId> create_user(const AccessPorts& access, const NewUser& user,
                                         std::string_view actor) {
  const std::string login = TRY(domain::normalise_login(user.login));
  TRY(domain::check_password(user.password, login));
  if (user.name.empty()) {
    return base::fail("user_name_missing", "give the user's name, as colleagues know it");
  }
  const base::Instant now = access.clock.now();
  ports::User row;
  row.id = crypto::make_random_id<domain::UserId>(access.random, now, "user:" + login);
  row.login = login;
  row.name = user.name;
  row.language = user.language;
  row.password_hash = TRY(crypto::hash_password(user.password));
  row.recorded = now;
  TRY(ports::run_in_transaction(
      access.store, [&](ports::Transaction& transaction) -> base::Result<> {
        if (TRY(transaction.access().find_login(login))) {
          return base::fail("login_taken", "there is a user with this login already", login);
        }
        TRY(transaction.access().add_user(row));
        TRY(transaction.access().set_roles(row.id, user.roles));
        return write_audit(
            transaction, access,
            {.actor = actor,
             .action = "user.created",
             .subject = row.id.to_string(),
             .detail = base::Json::object().set("roles", names_as_json(user.roles))});
      }));
  return row.id;
}

base::Result<> set_user_active(const AccessPorts& access, std::string_view login, bool active,
                               std::string_view actor) {
  return ports::run_in_transaction(
      access.store, [&](ports::Transaction& transaction) -> base::Result<> {
        const auto found = TRY(require_login(transaction, login));
        auto user = TRY(transaction.access().find_user_to_change(found.id));
        if (!user) return base::fail("user_not_found", "the user is gone", std::string(login));
        const bool is_admin =
            TRY(transaction.access().roles_of(user->id)).has(domain::Role::kAdmin);
        if (!active && is_admin) TRY(require_other_admin(transaction, *user));
        user->active = active;
        TRY(transaction.access().update_user(*user));
        if (!active) TRY(transaction.access().end_sessions_of(user->id));
        return write_audit(transaction, access,
                           {.actor = actor,
                            .action = active ? "user.activated" : "user.deactivated",
                            .subject = user->id.to_string()});
      });
}

}  // namespace flows
