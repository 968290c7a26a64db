#include "web/route.h"

#include <optional>

namespace web {
namespace {

constexpr std::size_t kLoggedPathMax = 200;

// Takes the next part of a path that begins with "/"; false at its end.
bool take_part(std::string_view& path, std::string_view& part) {
  if (path.empty()) return false;
  path.remove_prefix(1);
  part = path.substr(0, path.find('/'));
  path.remove_prefix(part.size());
  return true;
}

bool is_name(std::string_view part) { return part.starts_with('{') && part.ends_with('}'); }

std::optional<PathValues> match_path(std::string_view pattern, std::string_view path) {
  PathValues values;
  std::string_view wanted, given;
  for (;;) {
    const bool more = take_part(pattern, wanted);
    if (more != take_part(path, given)) return std::nullopt;
    if (!more) return values;
    if (!is_name(wanted)) {
      if (wanted != given) return std::nullopt;
      continue;
    }
    auto value = percent_decode(given);
    if (!value || value->empty()) return std::nullopt;
    values.emplace_back(wanted.substr(1, wanted.size() - 2), *std::move(value));
  }
}

}  // namespace

Surface surface_of(std::string_view path) {
  if (path.starts_with("/api/") || path == "/healthz" || path == "/metrics") {
    return Surface::kApi;
  }
  if (path == "/console" || path.starts_with("/console/")) return Surface::kConsole;
  if (path.starts_with("/hooks/") || path.starts_with("/ivr/")) return Surface::kHook;
  return Surface::kPage;
}

Match find_route(std::span<const Route> table, Method method, std::string_view path) {
  const Method wanted = method == Method::kHead ? Method::kGet : method;
  Match match;
  for (const Route& route : table) {
    auto values = match_path(route.path, path);
    if (!values) continue;
    if (route.method == wanted) return {&route, *std::move(values), {}};
    if (!match.allowed.empty()) match.allowed += ", ";
    match.allowed += to_text(route.method);
    if (route.method == Method::kGet) match.allowed += ", HEAD";
  }
  return match;
}

std::string loggable_path(const Match& match, std::string_view path) {
  if (match.route == nullptr) {
    // A link that was mistyped may still hold most of a secret.
    if (path.starts_with("/b/")) return "/b/***";
    return std::string(path.substr(0, kLoggedPathMax));
  }
  std::string_view pattern = match.route->path;
  std::string logged;
  std::string_view part, given;
  while (take_part(pattern, part) && take_part(path, given)) {
    logged += '/';
    logged += part == "{token}" ? "***" : given;
  }
  return logged.substr(0, kLoggedPathMax);
}

}  // namespace web
