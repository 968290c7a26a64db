// Users and tokens on the command line.

#include "app/cli/commands.h"
#include "app/cli/line/commands.h"
#include "app/cli/line/syntax.h"

namespace app::line {

void add_user_commands(const Node& app, Request& request) {
  const Node user = add_group(app, "user", "Who may sign in");
  auto add = add_command<cli::UserAddOptions>(user, "add", "Create a user");
  add_argument(add.node, "LOGIN", add.options->login, "What they sign in with");
  add_value(add.node, "--name", add.options->name, "NAME", "As colleagues know them");
  add_choice(add.node, "--language", add.options->language, "CODE",
             {"sv", "fi", "nb", "da", "en", "it", "es", "de"}, "The language of the console")
      .show_default();
  add_values(add.node, "--role", add.options->roles, "ROLE", "What they may do").required();
  add_value(add.node, "--password", add.options->password, "TEXT",
            "Without it one is made and shown once");
  on_workspace(request, add, cli::user_add);
  add_plain(user, request, "list", "List users", cli::user_list);

  auto roles = add_command<cli::UserRolesOptions>(user, "roles", "Say which roles a user has");
  add_argument(roles.node, "LOGIN", roles.options->login, "Who");
  add_values(roles.node, "--role", roles.options->roles, "ROLE",
             "One of all that they have from now on; without any they may do nothing");
  on_workspace(request, roles, cli::user_roles);
  auto password = add_command<cli::UserPasswordOptions>(user, "password", "Set a password");
  add_argument(password.node, "LOGIN", password.options->login, "Whose");
  add_value(password.node, "--password", password.options->password, "TEXT",
            "Without it one is made and shown once");
  on_workspace(request, password, cli::user_password);
  add_command_on(user, request, "activate", "Let a user sign in again", "LOGIN", "Who",
                 cli::user_activate);
  add_command_on(user, request, "deactivate", "End a user's access at once", "LOGIN", "Whose",
                 cli::user_deactivate);
}

void add_token_commands(const Node& app, Request& request) {
  const Node token = add_group(app, "token", "API tokens");
  auto create = add_command<cli::TokenCreateOptions>(token, "create", "Create a token");
  add_argument(create.node, "LOGIN", create.options->login, "The user with whose roles it acts");
  add_value(create.node, "--name", create.options->name, "TEXT", "What it is for").required();
  add_values(create.node, "--scope", create.options->scopes, "PERMISSION", "What it may do")
      .required();
  add_value(create.node, "--expires", create.options->expires, "DAY", "The first day without it");
  on_workspace(request, create, cli::token_create);
  add_command_on(token, request, "list", "List a user's tokens", "LOGIN", "Whose", cli::token_list);
  add_command_on(token, request, "revoke", "Make a token useless", "TOKEN", "Its id",
                 cli::token_revoke);
}

}  // namespace app::line
