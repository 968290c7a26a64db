// Users, passwords, sessions and API tokens on both engines (D11).
#include <gtest/gtest.h>

#include "domain/access/credentials.h"
#include "flows/access/api_tokens.h"
#include "flows/access/create_user.h"
#include "flows/access/identify.h"
#include "flows/access/set_password.h"
#include "flows/access/set_roles.h"
#include "flows/access/sign_in.h"
#include "tests/support/stores.h"

namespace flows {
namespace {

using domain::Permission;
using domain::Role;
using tests::code_of;

constexpr std::string_view kPassword = "fyra gröna båtar";
constexpr std::int64_t kHour = 3600 * base::kMicrosPerSecond;

class AccessTest : public tests::StoreTest {
 protected:
  AccessPorts access() { return {store(), clock(), system_random_}; }

  base::Result<domain::UserId> add(const std::string& login, domain::RoleSet roles) {
    return create_user(access(),
                       {.login = login,
                        .name = "Name of " + login,
                        .language = "sv",
                        .password = std::string(kPassword),
                        .roles = roles},
                       "cli");
  }
  base::Result<SignedIn> come_in(std::string_view login, std::string_view password = kPassword) {
    return flows::sign_in(access(), login, password, kHour);
  }
  void pass(std::int64_t micros) { clock().set(clock().now() + micros); }
  // How many rows of the audit trail tell of this: "actor action".
  int audited(std::string_view what) {
    const auto transaction = store().begin(ports::TransactionKind::kRead).value();
    const auto rows = transaction->access().list_audit(1000);
    int count = 0;
    for (const auto& row : *rows) {
      count += row.actor + " " + row.action == what ? 1 : 0;
    }
    return count;
  }

  // What is random by time and name must not come twice while the clock stands.
  crypto::SystemRandom system_random_;
};
TELGIRO_ON_BOTH_ENGINES(AccessTest);

TEST_P(AccessTest, AUserIsCreatedOnce) {
  ASSERT_OK(add("Anna.Berg", {Role::kAgent}));
  EXPECT_EQ(audited("cli user.created"), 1);
  EXPECT_EQ(code_of(add("anna.berg", {Role::kAgent})), "login_taken");
  EXPECT_EQ(code_of(add("an", {})), "bad_login");
  EXPECT_EQ(
      code_of(create_user(access(), {.login = "olle", .name = "Olle", .password = "kort"}, "cli")),
      "password_too_short");
  EXPECT_EQ(
      code_of(create_user(
          access(), {.login = "olle", .name = "", .password = std::string(kPassword)}, "cli")),
      "user_name_missing");
  EXPECT_EQ(come_in("ANNA.berg")->expires, clock().now() + kHour);
}

TEST_P(AccessTest, ASessionSaysWhoItIsAndMovesItsEnd) {
  ASSERT_OK(add("anna", {Role::kAgent, Role::kProduct}));
  const auto session = come_in("anna");
  ASSERT_OK(session);
  auto who = identify_session(access(), session->token, kHour);
  ASSERT_OK(who);
  EXPECT_EQ(who->name, "Name of anna");
  EXPECT_EQ(who->may, domain::permissions_of({Role::kAgent, Role::kProduct}));
  EXPECT_FALSE(who->csrf.empty());
  EXPECT_EQ(who->actor(), session->user.to_string());
  for (int use = 0; use < 5; ++use) {  // Used every half hour, it lives on.
    pass(kHour / 2);
    ASSERT_OK(identify_session(access(), session->token, kHour));
  }
  pass(kHour + 1);
  EXPECT_EQ(code_of(identify_session(access(), session->token, kHour)), "not_signed_in");
  EXPECT_EQ(code_of(identify_session(access(), "", kHour)), "not_signed_in");
  EXPECT_EQ(code_of(identify_session(access(), "guessed", kHour)), "not_signed_in");
}

TEST_P(AccessTest, ASecretIsNowhereInTheDatabase) {
  ASSERT_OK(add("anna", {Role::kAgent}));
  const auto session = come_in("anna");
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  EXPECT_FALSE(transaction->access().find_session(session->token)->has_value());
  const auto stored = transaction->access().find_session(hash_of_secret(session->token)).value();
  EXPECT_EQ(stored->token_hash.size(), 32U);
  const auto user = transaction->access().find_login("anna").value();
  EXPECT_TRUE(user->password_hash.starts_with("$argon2id$"));
}

TEST_P(AccessTest, WrongPasswordsAreCountedUntilAGoodOne) {
  ASSERT_OK(add("anna", {Role::kAgent}));
  for (std::int64_t wrong = 0; wrong <= domain::kFailedLoginsFree; ++wrong) {
    EXPECT_EQ(code_of(come_in("anna", "inte rätt lösen")), "sign_in_refused");
  }
  EXPECT_EQ(audited("anybody session.refused"), domain::kFailedLoginsFree + 1);
  EXPECT_EQ(code_of(come_in("anna")), "sign_in_refused");
  pass(domain::kFirstLockMicros);
  ASSERT_OK(come_in("anna"));
  const auto transaction = store().begin(ports::TransactionKind::kRead).value();
  EXPECT_EQ(transaction->access().find_login("anna").value()->failed_logins, 0);
}

TEST_P(AccessTest, WhoHasNoPasswordOrNoAccessCannotComeIn) {
  ASSERT_OK(add("anna", {Role::kAgent}));
  ASSERT_OK(set_user_active(access(), "anna", false, "cli"));
  EXPECT_EQ(code_of(come_in("anna")), "sign_in_refused");
  ASSERT_OK(set_user_active(access(), "anna", true, "cli"));
  ASSERT_OK(come_in("anna"));
  ASSERT_OK(
      ports::run_in_transaction(store(), [&](ports::Transaction& transaction) -> base::Result<> {
        auto user = TRY(transaction.access().find_login("anna"));
        user->password_hash.clear();
        return transaction.access().update_user(*user);
      }));
  EXPECT_EQ(code_of(come_in("anna", "")), "sign_in_refused");
  EXPECT_EQ(code_of(come_in("anna", "nobody has this password")), "sign_in_refused");
}

TEST_P(AccessTest, ANewPasswordEndsSessionsAndWaits) {
  ASSERT_OK(add("anna", {Role::kAgent}));
  const auto session = come_in("anna");
  EXPECT_EQ(code_of(set_password(access(), "anna", "password1234", "cli")), "password_too_common");
  EXPECT_EQ(code_of(set_password(access(), "olle", kPassword, "cli")), "user_not_found");
  ASSERT_OK(set_password(access(), "anna", "fem röda bilar", "cli"));
  EXPECT_EQ(code_of(identify_session(access(), session->token, kHour)), "not_signed_in");
  EXPECT_EQ(code_of(come_in("anna")), "sign_in_refused");
  ASSERT_OK(come_in("anna", "fem röda bilar"));
}

TEST_P(AccessTest, RolesHoldFromTheNextRequestAndOneAdminStays) {
  ASSERT_OK(add("anna", {Role::kAdmin}));
  const auto session = come_in("anna");
  EXPECT_EQ(code_of(set_roles(access(), "anna", {Role::kAgent}, "cli")), "last_admin");
  ASSERT_OK(add("olle", {Role::kAdmin}));
  ASSERT_OK(set_roles(access(), "anna", {Role::kAgent}, "cli"));
  const auto who = identify_session(access(), session->token, kHour);
  EXPECT_FALSE(who->may.has(Permission::kUsersManage));
  ASSERT_OK(set_user_active(access(), "anna", false, "cli"));
  EXPECT_EQ(code_of(set_roles(access(), "olle", {}, "cli")), "last_admin");
  EXPECT_EQ(code_of(set_user_active(access(), "olle", false, "cli")), "last_admin");
}

TEST_P(AccessTest, ATokenMayWhatItsScopesAndItsUserMay) {
  ASSERT_OK(add("system", {Role::kFinance}));
  const NewApiToken wanted = {.login = "system",
                              .name = "nightly",
                              .scopes = {Permission::kRunsRead, Permission::kRunsStart},
                              .expires = clock().now() + kHour};
  const auto created = create_api_token(access(), wanted, "cli");
  ASSERT_OK(created);
  EXPECT_TRUE(created->secret.starts_with(kApiTokenPrefix));
  auto who = identify_api_token(access(), created->secret);
  ASSERT_OK(who);
  EXPECT_EQ(who->may, wanted.scopes | domain::permissions_of({}));
  EXPECT_EQ(who->actor(), created->id.to_string());
  // The user loses a role: so does the token.
  ASSERT_OK(set_roles(access(), "system", {Role::kAuditor}, "cli"));
  who = identify_api_token(access(), created->secret);
  EXPECT_EQ(who->may, domain::PermissionSet{Permission::kRunsRead} | domain::permissions_of({}));
  pass(kHour);
  EXPECT_EQ(code_of(identify_api_token(access(), created->secret)), "token_not_valid");
}

TEST_P(AccessTest, ATokenIsRevokedOnce) {
  ASSERT_OK(add("system", {Role::kFinance}));
  const NewApiToken wanted = {
      .login = "system", .name = "nightly", .scopes = {Permission::kRunsRead}, .expires = {}};
  const auto created = create_api_token(access(), wanted, "cli");
  ASSERT_OK(created);
  EXPECT_EQ(list_api_tokens(access(), "system")->size(), 1U);
  ASSERT_OK(revoke_api_token(access(), created->id, "cli"));
  EXPECT_EQ(audited("cli token.revoked"), 1);
  EXPECT_EQ(code_of(identify_api_token(access(), created->secret)), "token_not_valid");
  EXPECT_EQ(code_of(revoke_api_token(access(), created->id, "cli")), "token_not_found");
  EXPECT_TRUE(list_api_tokens(access(), "system")->front().revoked.has_value());
}

TEST_P(AccessTest, ATokenThatMakesNoSenseIsRefused) {
  ASSERT_OK(add("system", {Role::kAgent}));
  struct Row {
    NewApiToken token;
    std::string_view code;
  };
  const Row rows[] = {
      {{"nobody", "n", {Permission::kBillsRead}, {}}, "user_not_found"},
      {{"system", "", {Permission::kBillsRead}, {}}, "token_name_missing"},
      {{"system", "n", {}, {}}, "token_without_scopes"},
      {{"system", "n", {Permission::kBillsRead, Permission::kUsersManage}, {}},
       "scope_not_allowed"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(code_of(create_api_token(access(), row.token, "cli")), row.code);
  }
}

}  // namespace
}  // namespace flows
