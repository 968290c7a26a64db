// Users and tokens on the command line. A password that is made is shown once and kept as a hash.
#include "app/cli/commands.h"
#include "flows/access/api_tokens.h"
#include "flows/access/create_user.h"
#include "flows/access/set_password.h"
#include "flows/access/set_roles.h"
#include "ports/access.h"

namespace app::cli {
namespace {

using base::Json;

constexpr std::string_view kActor = "cli";

flows::AccessPorts access_of(const Context& context) {
  Workspace& workspace = context.workspace;
  return {workspace.store(), workspace.clock(), workspace.random()};
}

base::Result<domain::RoleSet> read_roles(const std::vector<std::string>& names) {
  domain::RoleSet roles;
  for (const std::string& name : names) roles.add(TRY(domain::parse_role(name)));
  return roles;
}

std::string role_names(domain::RoleSet roles) {
  std::string names;
  for (const std::string_view name : domain::names_of(roles)) {
    if (!names.empty()) names += " ";
    names += name;
  }
  return names;
}

Json roles_json(domain::RoleSet roles) {
  Json list = Json::array();
  for (const std::string_view name : domain::names_of(roles)) list.push(name);
  return list;
}

Json time_json(const std::optional<base::Instant>& time) {
  return time ? Json(time->to_string()) : Json();
}

struct Password {
  std::string text;
  bool is_made;
};

// A made password is 160 random bits; it is shown once and kept as a hash only.
Password given_or_made(const Context& context, const std::string& login, const std::string& given) {
  if (!given.empty()) return {given, false};
  return {crypto::random_token(context.workspace.random(), "password:" + login), true};
}

std::string shown_once(const Password& password) {
  return password.is_made ? "; password, shown this once: " + password.text : "";
}

Outcome set_active(const Context& context, const std::string& login, bool active) {
  TRY(flows::set_user_active(access_of(context), login, active, kActor));
  Json json;
  json.set("login", login).set("active", active);
  return Answer{json, login + (active ? " may sign in\n" : " may no longer sign in\n")};
}

}  // namespace

Outcome user_add(const Context& context, const UserAddOptions& options) {
  const Password password = given_or_made(context, options.login, options.password);
  const auto id = TRY(flows::create_user(
      access_of(context),
      {options.login, options.name.empty() ? options.login : options.name, options.language,
       password.text, TRY(of_option("--role", read_roles(options.roles)))},
      kActor));
  Json json;
  json.set("user", id.to_string()).set("login", options.login);
  if (password.is_made) json.set("password", password.text);
  return Answer{json, "User " + options.login + " is there" + shown_once(password) + "\n"};
}

Outcome user_list(const Context& context) {
  const auto transaction = TRY(context.workspace.store().begin(ports::TransactionKind::kRead));
  Json users = Json::array();
  TextTable table({"login", "name", "active", "roles"});
  for (const auto& user : TRY(transaction->access().list_users())) {
    const domain::RoleSet roles = TRY(transaction->access().roles_of(user.id));
    Json json;
    json.set("id", user.id.to_string())
        .set("login", user.login)
        .set("name", user.name)
        .set("active", user.active)
        .set("roles", roles_json(roles));
    users.push(std::move(json));
    table.add({user.login, user.name, user.active ? "yes" : "no", role_names(roles)});
  }
  return Answer{Json::object().set("users", std::move(users)), table.to_text()};
}

Outcome user_roles(const Context& context, const UserRolesOptions& options) {
  const auto roles = TRY(of_option("--role", read_roles(options.roles)));
  TRY(flows::set_roles(access_of(context), options.login, roles, kActor));
  Json json;
  json.set("login", options.login).set("roles", roles_json(roles));
  return Answer{json, options.login + " now has: " + role_names(roles) + "\n"};
}

Outcome user_password(const Context& context, const UserPasswordOptions& options) {
  const Password password = given_or_made(context, options.login, options.password);
  TRY(of_option("--password",
                flows::set_password(access_of(context), options.login, password.text, kActor)));
  Json json;
  json.set("login", options.login);
  if (password.is_made) json.set("password", password.text);
  return Answer{json, options.login + " has a new password" + shown_once(password) + "\n"};
}

Outcome user_activate(const Context& context, const std::string& login) {
  return set_active(context, login, true);
}

Outcome user_deactivate(const Context& context, const std::string& login) {
  return set_active(context, login, false);
}

Outcome token_create(const Context& context, const TokenCreateOptions& options) {
  flows::NewApiToken token{options.login, options.name, {}, {}};
  for (const std::string& scope : options.scopes) {
    token.scopes.add(TRY(of_option("--scope", domain::parse_permission(scope))));
  }
  if (!options.expires.empty()) {
    token.expires =
        base::Instant::at_start_of(TRY(of_option("--expires", base::Date::parse(options.expires))));
  }
  const auto created = TRY(flows::create_api_token(access_of(context), token, kActor));
  Json json;
  json.set("token", created.id.to_string()).set("secret", created.secret);
  return Answer{json,
                created.id.to_string() + "\nSecret, shown this once: " + created.secret + "\n"};
}

Outcome token_list(const Context& context, const std::string& login) {
  Json tokens = Json::array();
  TextTable table({"token", "name", "expires", "revoked"});
  for (const auto& token : TRY(flows::list_api_tokens(access_of(context), login))) {
    Json json;
    json.set("id", token.id.to_string())
        .set("name", token.name)
        .set("expires", time_json(token.expires))
        .set("revoked", time_json(token.revoked));
    table.add({token.id.to_string(), token.name, json.text("expires"), json.text("revoked")});
    tokens.push(std::move(json));
  }
  return Answer{Json::object().set("tokens", std::move(tokens)), table.to_text()};
}

Outcome token_revoke(const Context& context, const std::string& id) {
  TRY(flows::revoke_api_token(access_of(context),
                              TRY(of_option("TOKEN", domain::TokenId::parse(id))), kActor));
  return Answer{Json::object().set("token", id), id + " is revoked\n"};
}

}  // namespace app::cli
