// Create, list and revoke API tokens. A token is shown once, when it is created.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/access/roles.h"
#include "flows/access/access.h"

namespace flows {

// What every token begins with, so that programs that look for leaked secrets know it.
inline constexpr std::string_view kApiTokenPrefix = "telgiro_";

struct NewApiToken {
  std::string login;  // Whose roles it acts with.
  std::string name;
  domain::PermissionSet scopes = {};
  std::optional<base::Instant> expires = {};
};

struct CreatedApiToken {
  domain::TokenId id;
  std::string secret;
};

// Errors: user_not_found, token_name_missing, token_without_scopes, scope_not_allowed (beyond the
// user's roles), and those of the store.
[[nodiscard]] base::Result<CreatedApiToken> create_api_token(const AccessPorts& access,
                                                             const NewApiToken& token,
                                                             std::string_view actor);

// Errors: user_not_found.
[[nodiscard]] base::Result<std::vector<ports::ApiToken>> list_api_tokens(const AccessPorts& access,
                                                                         std::string_view login);

// Errors: token_not_found (also for one that is revoked already).
[[nodiscard]] base::Result<> revoke_api_token(const AccessPorts& access, domain::TokenId id,
                                              std::string_view actor);

}  // namespace flows
