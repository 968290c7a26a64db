// Logins and passwords that we take and refuse, and how long a login waits. One row, one fact.
#include "domain/access/credentials.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

TEST(Credentials, Logins) {
  struct Row {
    std::string_view text;
    std::string_view login;  // Empty: refused.
  };
  const Row rows[] = {
      {"anna", "anna"},
      {"Anna.Berg", "anna.berg"},
      {"anna@aurora.example", "anna@aurora.example"},
      {"an", ""},
      {"anna berg", ""},
      {"anna\n", ""},
      {"änna", ""},
      {"", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const auto login = normalise_login(row.text);
    EXPECT_EQ(login ? *login : "", row.login);
    EXPECT_EQ(login ? "" : login.error().code, row.login.empty() ? "bad_login" : "");
  }
  EXPECT_TRUE(normalise_login(std::string(64, 'a')).has_value());
  EXPECT_FALSE(normalise_login(std::string(65, 'a')).has_value());
}

TEST(Credentials, Passwords) {
  struct Row {
    std::string_view password;
    std::string_view code;  // Empty: taken.
  };
  const Row rows[] = {
      {"fyra gröna båtar", ""},
      {"kjsdf83rhsd9", ""},
      {"short", "password_too_short"},
      {"elevenchars", "password_too_short"},
      {"ååååååååååå", "password_too_short"},  // Eleven characters, though 22 bytes.
      {"Password1234", "password_too_common"},
      {"passwordpassword!", "password_too_common"},
      {"Lösenord2026", "password_too_common"},
      {"123456789012", "password_too_common"},
      {"aaaaaaaaaaaab", "password_too_common"},
      {"iamanna.berg2", "password_too_common"},  // Holds the login.
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.password);
    const auto checked = check_password(row.password, "anna.berg");
    EXPECT_EQ(checked ? "" : checked.error().code, row.code);
  }
  EXPECT_EQ(check_password(std::string(513, 'x'), "anna").error().code, "password_too_long");
}

TEST(Credentials, WaitGrowsAndIsBounded) {
  struct Row {
    std::int64_t failed;
    std::int64_t seconds;
  };
  const Row rows[] = {{0, 0},   {4, 0},   {5, 30},   {6, 60},    {7, 120},
                      {8, 240}, {9, 480}, {10, 900}, {1000, 900}};
  for (const Row& row : rows) {
    EXPECT_EQ(lock_micros_after(row.failed), row.seconds * 1'000'000) << row.failed;
  }
}

}  // namespace
}  // namespace domain
