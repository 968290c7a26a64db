#include "app/cli/acting.h"

#include <array>

#include <pwd.h>
#include <unistd.h>

#include "domain/refund/refund.h"
#include "flows/access/access.h"

namespace app::cli {

base::Result<std::string> actor_of(const Context& context, const std::string& by,
                                   domain::Permission permission) {
  if (by.empty()) return std::string(domain::kCommandLine);
  Workspace& workspace = context.workspace;
  std::string actor;
  {
    const auto transaction = TRY(workspace.store().begin(ports::TransactionKind::kRead));
    const ports::User user = TRY(of_option("--by", flows::require_login(*transaction, by)));
    if (!user.active) {
      return base::fail("user_not_active", "'" + user.login + "' is not active any more", "--by");
    }
    const auto roles = TRY(transaction->access().roles_of(user.id));
    if (!domain::permissions_of(roles).has(permission)) {
      return base::fail(
          "permission_denied",
          "'" + user.login + "' lacks the permission " + std::string(domain::to_text(permission)),
          "--by");
    }
    actor = user.id.to_string();
  }
  TRY(flows::record_audit({workspace.store(), workspace.clock(), workspace.random()},
                          {.actor = actor,
                           .action = "command",
                           .subject = context.command,
                           .detail = base::Json::object().set("system_user", system_user())}));
  return actor;
}

std::string system_user() {
  const uid_t id = ::geteuid();
  std::array<char, 4096> names{};
  passwd row{};
  passwd* found = nullptr;
  const bool is_known =
      ::getpwuid_r(id, &row, names.data(), names.size(), &found) == 0 && found != nullptr;
  return is_known ? std::string(found->pw_name) : std::to_string(id);
}

}  // namespace app::cli
