// What a page may load and do, said in its headers.
//
// Nothing is allowed but what is named: styles and scripts stand in the page and are named by
// their SHA-256, so that an unchanged page has unchanged headers and may be answered with 304 (a
// nonce would change each time).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "web/http.h"

namespace web {

// "'sha256-...'" of the exact text between <style> and </style>, or <script> and </script>.
[[nodiscard]] std::string csp_hash(std::string_view text);

struct PagePolicy {
  std::span<const std::string> styles = {};   // csp_hash() of each.
  std::span<const std::string> scripts = {};  // Those may also ask this server for parts.
};
// The value of Content-Security-Policy.
[[nodiscard]] std::string content_security_policy(const PagePolicy& policy);

// Adds what every answer carries, where the handler has not said otherwise: the strictest policy,
// no guessing of types, no referrer (links to bills are secrets), nothing kept by caches, and, on
// https, never http again.
void add_security_headers(Response& response, bool https);

}  // namespace web
