#include "domain/access/credentials.h"

#include <algorithm>
#include <set>

#include "base/result/check.h"
#include "domain/check/characters.h"

namespace domain {
namespace {

// The beginnings of what lists of leaked passwords hold at twelve characters and more. A password
// is refused when, without its digits and signs at the end, it is one of these.
constexpr std::string_view kCommonStems[] = {
    "abcdefghijkl",     "administrator",    "adminadminadmin",
    "changeme",         "changemenow",      "correcthorsebatterystaple",
    "footballfootball", "hejsanhejsan",     "iloveyou",
    "letmein",          "letmeinletmein",   "lösenord",
    "lösenordlösenord", "passwort",         "passwortpasswort",
    "password",         "passwordpassword", "qwertyuiop",
    "qwertyuiopasdf",   "salasana",         "salasanasalasana",
    "telgiro",          "telgirotelgiro",   "welcome",
    "welcometotelgiro",
};
constexpr std::size_t kDistinctCharactersMin = 5;

bool is_login_sign(char c) { return std::string_view("._@+-").contains(c); }
bool is_lower(char c) { return 'a' <= c && c <= 'z'; }
char to_lower(char c) { return check::is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), to_lower);
  return lowered;
}

// Characters of UTF-8 text: every byte but those that continue one.
std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view stem_of(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.back()) < 0x80 &&
         !is_lower(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

bool is_common(std::string_view password, std::string_view login) {
  const std::string lowered = lower(password);
  const std::set<char> distinct(lowered.begin(), lowered.end());
  if (distinct.size() < kDistinctCharactersMin) return true;
  if (!login.empty() && lowered.contains(login)) return true;
  const std::string_view stem = stem_of(lowered);
  if (stem.empty()) return true;  // Digits and signs alone: a date, a number, a row of keys.
  return std::ranges::find(kCommonStems, stem) != std::end(kCommonStems);
}

}  // namespace

base::Result<std::string> normalise_login(std::string_view text) {
  std::string login = lower(text);
  const bool right_signs = std::ranges::all_of(
      login, [](char c) { return is_lower(c) || check::is_digit(c) || is_login_sign(c); });
  if (!right_signs || login.size() < kLoginLengthMin || login.size() > kLoginLengthMax) {
    return base::fail("bad_login", "a login is 3 to 64 letters a-z, digits and . _ @ + -");
  }
  return login;
}

base::Result<> check_password(std::string_view password, std::string_view login) {
  if (count_characters(password) < kPasswordLengthMin) {
    return base::fail("password_too_short",
                      "a password has at least 12 characters; a few words "
                      "in a row are easy to remember");
  }
  if (password.size() > kPasswordBytesMax) {
    return base::fail("password_too_long", "a password has at most 512 bytes");
  }
  if (is_common(password, login)) {
    return base::fail("password_too_common",
                      "this password is among the first that others would try; choose another");
  }
  return {};
}

std::int64_t lock_micros_after(std::int64_t failed) {
  CHECK(failed >= 0);
  if (failed <= kFailedLoginsFree) return 0;
  const std::int64_t doublings = std::min<std::int64_t>(failed - kFailedLoginsFree - 1, 20);
  return std::min(kFirstLockMicros << doublings, kLockMicrosMax);
}

}  // namespace domain
