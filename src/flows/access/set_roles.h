// Say which roles a user has. It holds from their next request on.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "domain/access/roles.h"
#include "flows/access/access.h"

namespace flows {

// Errors: user_not_found, last_admin (nobody would be left who manages users), the store's.
[[nodiscard]] base::Result<> set_roles(const AccessPorts& access, std::string_view login,
                                       domain::RoleSet roles, std::string_view actor);

}  // namespace flows
