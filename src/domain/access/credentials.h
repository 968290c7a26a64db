// What a login and a password must be, and how long a login waits after wrong passwords. Pure.
//
// Passwords follow NIST SP 800-63B: long enough, not one that everybody tries first, no rules
// about kinds of characters and no expiry.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace domain {

inline constexpr std::size_t kLoginLengthMin = 3;
inline constexpr std::size_t kLoginLengthMax = 64;
inline constexpr std::size_t kPasswordLengthMin = 12;  // Characters.
inline constexpr std::size_t kPasswordBytesMax = 512;

// The login in the one form in which it is stored: lower case. Letters a-z, digits and . _ @ + -.
// Errors: bad_login.
[[nodiscard]] base::Result<std::string> normalise_login(std::string_view text);

// Errors: password_too_short, password_too_long, password_too_common (also for one that holds the
// login or repeats a few characters).
[[nodiscard]] base::Result<> check_password(std::string_view password, std::string_view login);

// How many wrong passwords in a row are free, and how the wait grows after them: 30 seconds,
// a minute, two ... up to a quarter of an hour, so that nobody can lock a colleague out for long.
inline constexpr std::int64_t kFailedLoginsFree = 4;
inline constexpr std::int64_t kFirstLockMicros = 30'000'000;
inline constexpr std::int64_t kLockMicrosMax = 900'000'000;

// How long a login is locked after its `failed`-th wrong password in a row; 0: not at all.
[[nodiscard]] std::int64_t lock_micros_after(std::int64_t failed);

}  // namespace domain
