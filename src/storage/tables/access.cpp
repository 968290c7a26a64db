#include "storage/tables/access.h"

#include <array>

#include "storage/sql/portable.h"
#include "support/json/parse.h"

namespace storage {
namespace {

constexpr std::string_view kUserColumns =
    "SELECT user_id, login, name, language, password_hash, active, failed_logins, locked_until, "
    "recorded FROM app_user";
constexpr std::string_view kTokenColumns =
    "SELECT token_id, token_hash, name, user_id, scopes, expires, revoked, recorded "
    "FROM api_token";

sql::Value bytes(std::string_view value) { return sql::Bytes{std::string(value)}; }

sql::Value optional_instant(const std::optional<base::Instant>& at) {
  return at ? sql::Value(at->micros) : sql::Value();
}

std::optional<base::Instant> read_instant(const sql::Row& row, int column) {
  const auto micros = row.optional_integer(column);
  return micros ? std::optional(base::Instant{*micros}) : std::nullopt;
}

ports::User read_user(const sql::Row& row) {
  return {.id = row.id<domain::UserId>(0),
          .login = std::string(row.text(1)),
          .name = std::string(row.text(2)),
          .language = std::string(row.text(3)),
          .password_hash = std::string(row.text(4)),
          .active = row.integer(5) != 0,
          .failed_logins = row.integer(6),
          .locked_until = {row.integer(7)},
          .recorded = {row.integer(8)}};
}

// Names in one text, with a space between.
std::string join_scopes(domain::PermissionSet scopes) {
  std::string text;
  for (const std::string_view name : domain::names_of(scopes)) {
    if (!text.empty()) text.push_back(' ');
    text += name;
  }
  return text;
}

// A scope that is stored but no longer known allows nothing.
domain::PermissionSet split_scopes(std::string_view text) {
  domain::PermissionSet scopes;
  while (!text.empty()) {
    const std::string_view name = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), name.size() + 1));
    if (const auto permission = domain::parse_permission(name)) scopes.add(*permission);
  }
  return scopes;
}

ports::ApiToken read_token(const sql::Row& row) {
  return {.id = row.id<domain::TokenId>(0),
          .token_hash = std::string(row.bytes(1)),
          .name = std::string(row.text(2)),
          .user = row.id<domain::UserId>(3),
          .scopes = split_scopes(row.text(4)),
          .expires = read_instant(row, 5),
          .revoked = read_instant(row, 6),
          .recorded = {row.integer(7)}};
}

// The one row of a query by a unique key, or nothing.
template <class Read>
auto find_one(sql::Connection& connection, std::string_view statement, const sql::Value& key,
              const Read& read)
    -> base::Result<std::optional<decltype(read(std::declval<const sql::Row&>()))>> {
  std::optional<decltype(read(std::declval<const sql::Row&>()))> found;
  TRY(connection.query(statement, {key}, [&](const sql::Row& row) -> base::Result<> {
    found = read(row);
    return {};
  }));
  return found;
}

}  // namespace

base::Result<> SqlAccess::add_user(const ports::User& user) {
  TRY(connection_.execute(
      "INSERT INTO app_user (user_id, login, name, language, password_hash, active, "
      "failed_logins, locked_until, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {sql::to_value(user.id), user.login, user.name, user.language, user.password_hash,
       std::int64_t{user.active}, user.failed_logins, user.locked_until.micros,
       user.recorded.micros}));
  return {};
}

base::Result<> SqlAccess::update_user(const ports::User& user) {
  TRY(connection_.execute(
      "UPDATE app_user SET name = $2, language = $3, password_hash = $4, active = $5, "
      "failed_logins = $6, locked_until = $7 WHERE user_id = $1",
      {sql::to_value(user.id), user.name, user.language, user.password_hash,
       std::int64_t{user.active}, user.failed_logins, user.locked_until.micros}));
  return {};
}

base::Result<std::optional<ports::User>> SqlAccess::find_user(domain::UserId id) {
  return find_one(connection_, std::string(kUserColumns) + " WHERE user_id = $1", sql::to_value(id),
                  read_user);
}

base::Result<std::optional<ports::User>> SqlAccess::find_user_to_change(domain::UserId id) {
  std::string statement = std::string(kUserColumns) + " WHERE user_id = $1";
  statement += sql::for_update(connection_);
  return find_one(connection_, statement, sql::to_value(id), read_user);
}

base::Result<std::optional<ports::User>> SqlAccess::find_login(std::string_view login) {
  return find_one(connection_, std::string(kUserColumns) + " WHERE login = $1", std::string(login),
                  read_user);
}

base::Result<std::vector<ports::User>> SqlAccess::list_users() {
  std::vector<ports::User> users;
  TRY(connection_.query(std::string(kUserColumns) + " ORDER BY login", {},
                        [&](const sql::Row& row) -> base::Result<> {
                          users.push_back(read_user(row));
                          return {};
                        }));
  return users;
}

base::Result<> SqlAccess::set_roles(domain::UserId user, domain::RoleSet roles) {
  TRY(connection_.execute("DELETE FROM user_role WHERE user_id = $1", {sql::to_value(user)}));
  for (const std::string_view role : domain::names_of(roles)) {
    TRY(connection_.execute("INSERT INTO user_role (user_id, role) VALUES ($1, $2)",
                            {sql::to_value(user), std::string(role)}));
  }
  return {};
}

base::Result<domain::RoleSet> SqlAccess::roles_of(domain::UserId user) {
  domain::RoleSet roles;
  TRY(connection_.query("SELECT role FROM user_role WHERE user_id = $1", {sql::to_value(user)},
                        [&](const sql::Row& row) -> base::Result<> {
                          if (const auto role = domain::parse_role(row.text(0))) roles.add(*role);
                          return {};
                        }));
  return roles;
}

base::Result<> SqlAccess::add_session(const ports::Session& session) {
  TRY(
      connection_.execute("INSERT INTO session (token_hash, user_id, csrf, started, expires) "
                          "VALUES ($1, $2, $3, $4, $5)",
                          {bytes(session.token_hash), sql::to_value(session.user), session.csrf,
                           session.started.micros, session.expires.micros}));
  return {};
}

base::Result<std::optional<ports::Session>> SqlAccess::find_session(std::string_view token_hash) {
  return find_one(connection_,
                  "SELECT user_id, csrf, started, expires FROM session WHERE token_hash = $1",
                  bytes(token_hash), [&](const sql::Row& row) {
                    return ports::Session{.token_hash = std::string(token_hash),
                                          .user = row.id<domain::UserId>(0),
                                          .csrf = std::string(row.text(1)),
                                          .started = {row.integer(2)},
                                          .expires = {row.integer(3)}};
                  });
}

base::Result<> SqlAccess::extend_session(std::string_view token_hash, base::Instant expires) {
  TRY(connection_.execute("UPDATE session SET expires = $2 WHERE token_hash = $1 AND expires < $2",
                          {bytes(token_hash), expires.micros}));
  return {};
}

base::Result<> SqlAccess::end_session(std::string_view token_hash) {
  TRY(connection_.execute("DELETE FROM session WHERE token_hash = $1", {bytes(token_hash)}));
  return {};
}

base::Result<> SqlAccess::end_sessions_of(domain::UserId user) {
  TRY(connection_.execute("DELETE FROM session WHERE user_id = $1", {sql::to_value(user)}));
  return {};
}

base::Result<> SqlAccess::remove_expired_sessions(base::Instant now) {
  TRY(connection_.execute("DELETE FROM session WHERE expires <= $1", {now.micros}));
  return {};
}

base::Result<> SqlAccess::add_api_token(const ports::ApiToken& token) {
  TRY(connection_.execute(
      "INSERT INTO api_token (token_id, token_hash, name, user_id, scopes, expires, revoked, "
      "recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {sql::to_value(token.id), bytes(token.token_hash), token.name, sql::to_value(token.user),
       join_scopes(token.scopes), optional_instant(token.expires), optional_instant(token.revoked),
       token.recorded.micros}));
  return {};
}

base::Result<std::optional<ports::ApiToken>> SqlAccess::find_api_token(
    std::string_view token_hash) {
  return find_one(connection_, std::string(kTokenColumns) + " WHERE token_hash = $1",
                  bytes(token_hash), read_token);
}

base::Result<std::vector<ports::ApiToken>> SqlAccess::list_api_tokens(domain::UserId user) {
  std::vector<ports::ApiToken> tokens;
  TRY(connection_.query(
      std::string(kTokenColumns) + " WHERE user_id = $1 ORDER BY recorded DESC, token_id DESC",
      {sql::to_value(user)}, [&](const sql::Row& row) -> base::Result<> {
        tokens.push_back(read_token(row));
        return {};
      }));
  return tokens;
}

base::Result<bool> SqlAccess::revoke_api_token(domain::TokenId id, base::Instant at) {
  return TRY(connection_.execute(
             "UPDATE api_token SET revoked = $2 WHERE token_id = $1 AND revoked IS NULL",
             {sql::to_value(id), at.micros})) > 0;
}

base::Result<> SqlAccess::add_audit(const ports::AuditRow& row) {
  TRY(
      connection_.execute("INSERT INTO audit (audit_id, actor, action, subject, detail, recorded) "
                          "VALUES ($1, $2, $3, $4, $5, $6)",
                          {sql::to_value(row.id), row.actor, row.action, row.subject,
                           row.detail.dump(), row.recorded.micros}));
  return {};
}

base::Result<std::vector<ports::AuditRow>> SqlAccess::list_audit(std::size_t limit) {
  std::vector<ports::AuditRow> rows;
  TRY(connection_.query(
      "SELECT audit_id, actor, action, subject, detail, recorded FROM audit "
      "ORDER BY recorded DESC, audit_id DESC LIMIT $1",
      {static_cast<std::int64_t>(limit)}, [&](const sql::Row& row) -> base::Result<> {
        rows.push_back({.id = row.id<domain::AuditId>(0),
                        .actor = std::string(row.text(1)),
                        .action = std::string(row.text(2)),
                        .subject = std::string(row.text(3)),
                        .detail = TRY(json::parse(row.text(4))),
                        .recorded = {row.integer(5)}});
        return {};
      }));
  return rows;
}

}  // namespace storage
