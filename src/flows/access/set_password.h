// Give a user a new password. It ends their sessions and any wait after wrong ones.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "flows/access/access.h"

namespace flows {

// Errors: user_not_found, those of check_password, and the store's.
[[nodiscard]] base::Result<> set_password(const AccessPorts& access, std::string_view login,
                                          std::string_view password, std::string_view actor);

}  // namespace flows
