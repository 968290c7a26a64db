// Who acts where a command is given: the user whom --by names, or the command line.
//
// The command line asks for no password: whoever runs it has the database and its keys in hand, so
// that a password would prove nothing. What it can do is to name people honestly: --by is a user
// who exists, is active and may do this in their roles, and the audit trail has a row with that
// user, the command, and the system's user who gave it.
#pragma once

#include <string>

#include "app/cli/commands.h"
#include "domain/access/roles.h"

namespace app::cli {

// "user_..." of the login, or "command" where it is empty. Errors: user_not_found,
// user_not_active, permission_denied; place: --by.
[[nodiscard]] base::Result<std::string> actor_of(const Context& context, const std::string& by,
                                                 domain::Permission permission);

// Who runs this process, as the system calls them: "root", or the number where it has no name.
[[nodiscard]] std::string system_user();

}  // namespace app::cli
