#include "web/routes_markdown.h"

#include "web/route.h"

namespace web {
namespace {

std::string roles_with(domain::Permission permission) {
  std::string names;
  for (const domain::RoleRow& role : domain::roles()) {
    if (!role.permissions.has(permission)) continue;
    if (!names.empty()) names += ", ";
    names += role.name;
  }
  return names;
}

std::string who_may(domain::Permission permission) {
  if (permission == domain::Permission::kPublic) return "anybody";
  if (permission == domain::Permission::kSignedIn) return "who is signed in";
  return "`" + std::string(domain::to_text(permission)) + "`: " + roles_with(permission);
}

void append_table(std::string& text, Surface surface) {
  text += "| route | what it does | who may | in the audit trail |\n|---|---|---|---|\n";
  for (const Route& route : routes()) {
    if (surface_of(route.path) != surface) continue;
    text += "| `" + std::string(to_text(route.method)) + " " + std::string(route.path) + "` | ";
    text += route.summary;
    if (route.options.repeats == Repeats::kByKey) text += " Once per idempotency key.";
    text += " | " + who_may(route.permission) + " | ";
    text += route.options.audit;
    text += " |\n";
  }
}

}  // namespace

std::string routes_markdown() {
  std::string text =
      "# Routes\n\n"
      "Made from the table in `src/web/routes.cpp` by `./dev update`; do not edit by hand. Flows\n"
      "behind routes without a word in the last column write their own rows of the audit trail,\n"
      "or show nothing of anybody.\n\n"
      "## API and operation\n\n"
      "Parameters, bodies and answers: `/api/v1/openapi.json`.\n\n";
  append_table(text, Surface::kApi);
  text += "\n## Console\n\n";
  append_table(text, Surface::kConsole);
  text += "\n## Pages for subscribers\n\n";
  append_table(text, Surface::kPage);
  text += "\n## For providers of payments and telephony\n\n";
  append_table(text, Surface::kHook);
  return text;
}

}  // namespace web
