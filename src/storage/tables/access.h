// The rows of who may come in: app_user, user_role, session, api_token and audit.
#pragma once

#include "ports/access.h"
#include "storage/sql/connection.h"
#include "storage/tables/desk.h"
#include "storage/vault.h"

namespace storage {

class SqlAccess final : public ports::Access {
 public:
  SqlAccess(sql::Connection& connection, Vault& vault)
      : connection_(connection), desk_(connection, vault) {}

  [[nodiscard]] base::Result<> add_user(const ports::User& user) override;
  [[nodiscard]] base::Result<> update_user(const ports::User& user) override;
  [[nodiscard]] base::Result<std::optional<ports::User>> find_user(domain::UserId id) override;
  [[nodiscard]] base::Result<std::optional<ports::User>> find_user_to_change(
      domain::UserId id) override;
  [[nodiscard]] base::Result<std::optional<ports::User>> find_login(
      std::string_view login) override;
  [[nodiscard]] base::Result<std::vector<ports::User>> list_users() override;
  [[nodiscard]] base::Result<> set_roles(domain::UserId user, domain::RoleSet roles) override;
  [[nodiscard]] base::Result<domain::RoleSet> roles_of(domain::UserId user) override;

  [[nodiscard]] base::Result<> add_session(const ports::Session& session) override;
  [[nodiscard]] base::Result<std::optional<ports::Session>> find_session(
      std::string_view token_hash) override;
  [[nodiscard]] base::Result<> extend_session(std::string_view token_hash,
                                              base::Instant expires) override;
  [[nodiscard]] base::Result<> end_session(std::string_view token_hash) override;
  [[nodiscard]] base::Result<> end_sessions_of(domain::UserId user) override;
  [[nodiscard]] base::Result<> remove_expired_sessions(base::Instant now) override;

  [[nodiscard]] base::Result<> add_api_token(const ports::ApiToken& token) override;
  [[nodiscard]] base::Result<std::optional<ports::ApiToken>> find_api_token(
      std::string_view token_hash) override;
  [[nodiscard]] base::Result<std::vector<ports::ApiToken>> list_api_tokens(
      domain::UserId user) override;
  [[nodiscard]] base::Result<bool> revoke_api_token(domain::TokenId id, base::Instant at) override;

  [[nodiscard]] base::Result<> add_audit(const ports::AuditRow& row) override;
  [[nodiscard]] base::Result<std::vector<ports::AuditRow>> list_audit(std::size_t limit) override;

  [[nodiscard]] ports::Desk& desk() override { return desk_; }

 private:
  sql::Connection& connection_;
  SqlDesk desk_;
};

}  // namespace storage
