#include "flows/access/api_tokens.h"

namespace flows {
namespace {

base::Result<> check_new_token(const NewApiToken& token) {
  if (token.name.empty()) {
    return base::fail("token_name_missing", "give the token a name that says who uses it");
  }
  if (token.scopes.is_empty()) {
    return base::fail("token_without_scopes", "name at least one scope; nothing else is allowed");
  }
  return {};
}

base::Result<> check_scopes(domain::PermissionSet scopes, domain::RoleSet roles) {
  if (domain::permissions_of(roles).contains(scopes)) return {};
  std::string missing;
  for (const domain::PermissionRow& row : domain::permissions()) {
    if (!scopes.has(row.permission) || domain::permissions_of(roles).has(row.permission)) continue;
    if (!missing.empty()) missing += ", ";
    missing += row.name;
  }
  return base::fail("scope_not_allowed", "the user's roles do not allow " + missing);
}

}  // namespace

base::Result<CreatedApiToken> create_api_token(const AccessPorts& access, const NewApiToken& token,
                                               std::string_view actor) {
  TRY(check_new_token(token));
  const base::Instant now = access.clock.now();
  const std::string label =
      "api token:" + token.login + ":" + token.name + ":" + std::to_string(now.micros);
  CreatedApiToken created;
  created.id = crypto::make_random_id<domain::TokenId>(access.random, now, label);
  created.secret = std::string(kApiTokenPrefix) + crypto::random_token(access.random, label);
  TRY(ports::run_in_transaction(
      access.store, [&](ports::Transaction& transaction) -> base::Result<> {
        const auto user = TRY(require_login(transaction, token.login));
        TRY(check_scopes(token.scopes, TRY(transaction.access().roles_of(user.id))));
        TRY(transaction.access().add_api_token({.id = created.id,
                                                .token_hash = hash_of_secret(created.secret),
                                                .name = token.name,
                                                .user = user.id,
                                                .scopes = token.scopes,
                                                .expires = token.expires,
                                                .revoked = std::nullopt,
                                                .recorded = now}));
        base::Json scopes = base::Json::array();
        for (const std::string_view name : domain::names_of(token.scopes)) scopes.push(name);
        return write_audit(transaction, access,
                           {.actor = actor,
                            .action = "token.created",
                            .subject = created.id.to_string(),
                            .detail = base::Json::object()
                                          .set("user", user.id.to_string())
                                          .set("scopes", std::move(scopes))});
      }));
  return created;
}

base::Result<std::vector<ports::ApiToken>> list_api_tokens(const AccessPorts& access,
                                                           std::string_view login) {
  const auto transaction = TRY(access.store.begin(ports::TransactionKind::kRead));
  const auto user = TRY(require_login(*transaction, login));
  return transaction->access().list_api_tokens(user.id);
}

base::Result<> revoke_api_token(const AccessPorts& access, domain::TokenId id,
                                std::string_view actor) {
  return ports::run_in_transaction(
      access.store, [&](ports::Transaction& transaction) -> base::Result<> {
        if (!TRY(transaction.access().revoke_api_token(id, access.clock.now()))) {
          return base::fail("token_not_found", "there is no such token, or it is revoked already",
                            id.to_string());
        }
        return write_audit(transaction, access,
                           {.actor = actor, .action = "token.revoked", .subject = id.to_string()});
      });
}

}  // namespace flows
