// The page's style sheet and script as they are written into the page. Inline saves a round trip;
// the content security policy allows each by its hash (web/security/csp.h), which, unlike a nonce, leaves the
// page the same bytes each time.
#pragma once

#include <string>
#include <string_view>

namespace web::bill {

struct StyleSheet {
  std::string css;
  std::string policy;  // The Content-Security-Policy that allows exactly these bytes.
};

// Drops comments, indentation and line ends; nothing else.
[[nodiscard]] StyleSheet make_style_sheet(std::string_view css);

struct LiveScript {
  std::string text;
  std::string policy;  // Allows exactly these bytes and the style sheet's.
};
// Drops indentation and lines that are comments; nothing else.
[[nodiscard]] LiveScript make_live_script(std::string_view script, const StyleSheet& style);

}  // namespace web::bill
