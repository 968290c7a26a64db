// Create a user, and change what they are called and whether they may come in.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "domain/access/roles.h"
#include "flows/access/access.h"

namespace flows {

struct NewUser {
  std::string login;
  std::string name;
  std::string language = "en";  // Of the console's texts.
  std::string password;
  domain::RoleSet roles = {};
};

// Errors: bad_login, login_taken, user_name_missing, those of check_password, and the store's.
[[nodiscard]] base::Result<domain::UserId> create_user(const AccessPorts& access,
                                                       const NewUser& user, std::string_view actor);

// Ends or restores a user's access; ending it ends their sessions too, at once.
// Errors: user_not_found, last_admin.
[[nodiscard]] base::Result<> set_user_active(const AccessPorts& access, std::string_view login,
                                             bool active, std::string_view actor);

}  // namespace flows
