// Who may come in: users, their roles and sessions, API tokens, and the audit trail (D11).
//
// Secrets never come here: a session and a token are known by the SHA-256 of what their owner
// holds, a password by its Argon2id text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/instant.h"
#include "domain/access/roles.h"
#include "domain/ids.h"

namespace ports {

class Desk;  // ports/desk.h

struct User {
  domain::UserId id;
  std::string login;  // Lower case; unique.
  std::string name;
  std::string language;       // Of the console's texts: "sv".
  std::string password_hash;  // Empty: cannot sign in.
  bool active = true;
  std::int64_t failed_logins = 0;  // Since the last good one.
  base::Instant locked_until;
  base::Instant recorded;
};

struct Session {
  std::string token_hash;  // 32 bytes.
  domain::UserId user;
  std::string csrf;  // What each form of this session carries.
  base::Instant started;
  base::Instant expires;
};

struct ApiToken {
  domain::TokenId id;
  std::string token_hash;  // 32 bytes.
  std::string name;        // What its owner calls it.
  domain::UserId user;     // Acts with this user's roles, as far as the scopes go.
  domain::PermissionSet scopes;
  std::optional<base::Instant> expires;
  std::optional<base::Instant> revoked;
  base::Instant recorded;
};

// A look or a change: who did what to which thing. `detail` holds ids and codes, no personal text.
struct AuditRow {
  domain::AuditId id;
  std::string actor;    // "user_...", "tok_...", "cli".
  std::string action;   // "bill.read", "user.created".
  std::string subject;  // What it was done to: an id, or a path.
  base::Json detail;
  base::Instant recorded;
};

class Access {
 public:
  virtual ~Access() = default;

  // --- Users. Errors of add: constraint_violated where the login is taken.
  [[nodiscard]] virtual base::Result<> add_user(const User& user) = 0;
  // Everything but id, login and recorded.
  [[nodiscard]] virtual base::Result<> update_user(const User& user) = 0;
  [[nodiscard]] virtual base::Result<std::optional<User>> find_user(domain::UserId id) = 0;
  // For a transaction that goes on to update_user(): others wait with theirs until it ends.
  [[nodiscard]] virtual base::Result<std::optional<User>> find_user_to_change(
      domain::UserId id) = 0;
  [[nodiscard]] virtual base::Result<std::optional<User>> find_login(std::string_view login) = 0;
  // By login.
  [[nodiscard]] virtual base::Result<std::vector<User>> list_users() = 0;
  // Replaces the user's roles.
  [[nodiscard]] virtual base::Result<> set_roles(domain::UserId user, domain::RoleSet roles) = 0;
  // A role that is stored but no longer known counts for nothing.
  [[nodiscard]] virtual base::Result<domain::RoleSet> roles_of(domain::UserId user) = 0;

  // --- Sessions.
  [[nodiscard]] virtual base::Result<> add_session(const Session& session) = 0;
  [[nodiscard]] virtual base::Result<std::optional<Session>> find_session(
      std::string_view token_hash) = 0;
  [[nodiscard]] virtual base::Result<> extend_session(std::string_view token_hash,
                                                      base::Instant expires) = 0;
  [[nodiscard]] virtual base::Result<> end_session(std::string_view token_hash) = 0;
  [[nodiscard]] virtual base::Result<> end_sessions_of(domain::UserId user) = 0;
  // Forgets sessions that ended before `now`.
  [[nodiscard]] virtual base::Result<> remove_expired_sessions(base::Instant now) = 0;

  // --- API tokens.
  [[nodiscard]] virtual base::Result<> add_api_token(const ApiToken& token) = 0;
  [[nodiscard]] virtual base::Result<std::optional<ApiToken>> find_api_token(
      std::string_view token_hash) = 0;
  // Newest first, revoked ones too.
  [[nodiscard]] virtual base::Result<std::vector<ApiToken>> list_api_tokens(
      domain::UserId user) = 0;
  // Returns false where there is no such token that is not revoked yet.
  [[nodiscard]] virtual base::Result<bool> revoke_api_token(domain::TokenId id,
                                                            base::Instant at) = 0;

  // --- Audit, append-only.
  [[nodiscard]] virtual base::Result<> add_audit(const AuditRow& row) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<AuditRow>> list_audit(std::size_t limit) = 0;

  // --- What those who came in look for and decide (ports/desk.h).
  [[nodiscard]] virtual Desk& desk() = 0;
};

}  // namespace ports
