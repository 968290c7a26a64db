#include "web/security/csp.h"

#include <algorithm>
#include <utility>

#include "support/crypto/crypto.h"

namespace web {
namespace {

constexpr std::pair<std::string_view, std::string_view> kHeaders[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};
constexpr std::string_view kOnlyHttps = "max-age=31536000";

void append_sources(std::string& policy, std::string_view directive,
                    std::span<const std::string> sources) {
  if (sources.empty()) return;
  policy += "; ";
  policy += directive;
  for (const std::string& source : sources) {
    policy += ' ';
    policy += source;
  }
}

}  // namespace

std::string csp_hash(std::string_view text) {
  std::string encoded = crypto::to_base64url(crypto::sha256(text));
  std::ranges::replace(encoded, '-', '+');
  std::ranges::replace(encoded, '_', '/');
  return "'sha256-" + encoded + "='";  // 32 bytes always leave one place to fill.
}

std::string content_security_policy(const PagePolicy& policy) {
  std::string text = "default-src 'none'";
  append_sources(text, "style-src", policy.styles);
  append_sources(text, "script-src", policy.scripts);
  if (!policy.scripts.empty()) text += "; connect-src 'self'";
  text += "; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
  return text;
}

void add_security_headers(Response& response, bool https) {
  for (const auto& [name, value] : kHeaders) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  if (!response.headers.has("Content-Security-Policy")) {
    response.headers.set("Content-Security-Policy", content_security_policy({}));
  }
  if (https) response.headers.set("Strict-Transport-Security", kOnlyHttps);
}

}  // namespace web
