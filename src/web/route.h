// Route: one row of the table of everything that the server answers.
//
// Routing, permission checks, the audit trail, the OpenAPI document and docs/reference/routes.md
// are all made from the rows of routes.cpp; there is no second list.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result/result.h"
#include "domain/access/roles.h"
#include "web/http.h"

namespace web {

struct Call;

// An error becomes a problem document or an error page, by the table of api/problems.cpp.
using RouteHandler = base::Result<Response> (*)(const Call& call);

enum class ParameterType { kText, kInteger, kBoolean, kDate, kTime, kMonth, kId };

// What may stand in the address besides the path.
struct Parameter {
  std::string_view name;
  ParameterType type = ParameterType::kText;
  std::string_view meaning;
};

// Whether a request may be sent twice.
enum class Repeats {
  kHarmless,  // It changes nothing, or the same again.
  kByKey,     // It asks for an idempotency key and answers a repetition as the first time.
};

struct RouteOptions {
  // What the audit trail calls a look at, or a change through, this route. Empty where nothing of
  // anybody is shown, and where the flow behind writes its own row.
  std::string_view audit = {};
  std::span<const Parameter> query = {};
  // Names of api/schemas.cpp, for routes of the API.
  std::string_view request = {};
  std::string_view answer = {};
  int status = 200;  // Of success.
  Repeats repeats = Repeats::kHarmless;
  // It takes a file (Call::file): the body of the API, the file of a form.
  bool takes_file = false;
};

struct Route {
  Method method;
  std::string_view path;  // "/api/v1/bills/{id}"; a part in braces takes any one part.
  domain::Permission permission;
  RouteHandler handler;
  std::string_view summary;
  RouteOptions options = {};
};

[[nodiscard]] std::span<const Route> routes();

// The worlds that answer errors each in its own way.
enum class Surface {
  kApi,      // /api/, /healthz, /metrics: problem documents; tokens, no cookies.
  kConsole,  // /console: pages for the operator's people; sessions.
  kHook,     // /hooks: what providers of payments tell us; problem documents, neither of both.
  kPage,     // Everything else.
};
[[nodiscard]] Surface surface_of(std::string_view path);

// The values of the parts in braces, decoded.
using PathValues = std::vector<std::pair<std::string_view, std::string>>;

struct Match {
  const Route* route = nullptr;  // Null: no row has this path and method.
  PathValues values = {};
  std::string allowed = {};  // Where only the method is wrong: those that there are, "GET, POST".
};

// HEAD is answered as GET. A part that does not decode matches nothing.
[[nodiscard]] Match find_route(std::span<const Route> table, Method method, std::string_view path);

// The path as it may stand in a log: the value of {token} is a secret and is left out.
[[nodiscard]] std::string loggable_path(const Match& match, std::string_view path);

}  // namespace web
