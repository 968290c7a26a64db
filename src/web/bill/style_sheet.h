// The page's style sheet as it is written into the page. Inline saves a round trip; the content
// security policy allows it by its hash (web/security/csp.h), which, unlike a nonce, leaves the
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

}  // namespace web::bill
