// Sign in with a login and a password, and out again (D11).
//
// An unknown login, a wrong password, a locked and an inactive user get one answer after the same
// work, so that nobody learns which logins exist. Wrong passwords in a row make the login wait
// (domain/access/credentials.h); tries during the wait are refused unseen and do not count.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "flows/access/access.h"

namespace flows {

struct SignedIn {
  std::string token;  // For the cookie; it cannot be had again.
  domain::UserId user;
  base::Instant expires;
};

// `lifetime_micros` is how long the session lives without a request.
// Errors: sign_in_refused, and those of the store.
[[nodiscard]] base::Result<SignedIn> sign_in(const AccessPorts& access, std::string_view login,
                                             std::string_view password,
                                             std::int64_t lifetime_micros);

// Ends the session of this token; one that is unknown is ended already.
[[nodiscard]] base::Result<> sign_out(const AccessPorts& access, std::string_view token);

}  // namespace flows
