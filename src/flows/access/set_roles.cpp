#include "flows/access/set_roles.h"

namespace flows {
base::Result<> set_roles(const AccessPorts& access, std::string_view login, domain::RoleSet roles,
                         std::string_view actor) {
  return ports::run_in_transaction(
      access.store, [&](ports::Transaction& transaction) -> base::Result<> {
        const auto user = TRY(require_login(transaction, login));
        const domain::RoleSet before = TRY(transaction.access().roles_of(user.id));
        const bool loses_admin =
            before.has(domain::Role::kAdmin) && !roles.has(domain::Role::kAdmin);
        if (loses_admin) TRY(require_other_admin(transaction, user));
        TRY(transaction.access().set_roles(user.id, roles));
        base::Json names = base::Json::array();
        for (const std::string_view name : domain::names_of(roles)) names.push(name);
        return write_audit(transaction, access,
                           {.actor = actor,
                            .action = "user.roles_set",
                            .subject = user.id.to_string(),
                            .detail = base::Json::object().set("roles", std::move(names))});
      });
}

}  // namespace flows
