// Whose request is this? The identity behind a session's cookie or an API token.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "domain/access/roles.h"
#include "flows/access/access.h"

namespace flows {

struct Identity {
  enum class Kind { kAnybody, kSession, kApiToken };
  Kind kind = Kind::kAnybody;
  domain::UserId user;
  domain::TokenId token;  // Of kApiToken.
  std::string name;       // Of the user.
  std::string language;   // Of the user.
  std::string csrf;       // Of kSession: what its forms carry.
  domain::PermissionSet may = {domain::Permission::kPublic};

  // "user_...", "tok_..." or "anybody", as the audit trail names it.
  [[nodiscard]] std::string actor() const;
};

// A session ends this long after it began, however busy it is.
inline constexpr std::int64_t kSessionMicrosMax = 7 * base::kMicrosPerDay;
// A session's expiry is moved at most this often, so that not every request writes.
inline constexpr std::int64_t kSessionRenewalMicros = 300 * base::kMicrosPerSecond;

// Moves the session's expiry to `lifetime_micros` from now. Errors: not_signed_in (unknown,
// expired, or the user is no longer active), and those of the store.
[[nodiscard]] base::Result<Identity> identify_session(const AccessPorts& access,
                                                      std::string_view token,
                                                      std::int64_t lifetime_micros);

// Errors: token_not_valid (unknown, expired, revoked, or its user is no longer active), and those
// of the store.
[[nodiscard]] base::Result<Identity> identify_api_token(const AccessPorts& access,
                                                        std::string_view token);

}  // namespace flows
