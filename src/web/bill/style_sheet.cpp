#include "web/bill/style_sheet.h"

#include <algorithm>

#include "web/security/csp.h"

namespace web::bill {
namespace {

[[nodiscard]] std::string without_comments(std::string_view css) {
  std::string kept;
  while (!css.empty()) {
    const std::size_t open = css.find("/*");
    kept += css.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = css.find("*/", open + 2);
    if (close == std::string_view::npos) break;
    css.remove_prefix(close + 2);
  }
  return kept;
}

// A line end may stand between two words of a value, so it becomes a space unless what is around
// it ends a rule anyway.
[[nodiscard]] std::string without_line_ends(std::string_view css) {
  constexpr std::string_view kEnds = "{};,";
  std::string kept;
  bool at_start = true;
  for (const char c : css) {
    if (c == '\n') {
      while (!kept.empty() && kept.back() == ' ') kept.pop_back();
      at_start = true;
      continue;
    }
    if (at_start && c == ' ') continue;
    if (at_start && !kept.empty() && kEnds.find(kept.back()) == std::string_view::npos) kept += ' ';
    at_start = false;
    kept += c;
  }
  return kept;
}

}  // namespace

StyleSheet make_style_sheet(std::string_view css) {
  StyleSheet sheet;
  sheet.css = without_line_ends(without_comments(css));
  const std::string styles[] = {csp_hash(sheet.css)};
  sheet.policy = content_security_policy({.styles = styles});
  return sheet;
}

LiveScript make_live_script(std::string_view script, const StyleSheet& style) {
  LiveScript live;
  while (!script.empty()) {
    std::string_view line = script.substr(0, script.find('\n'));
    script.remove_prefix(std::min(line.size() + 1, script.size()));
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.empty() || line.starts_with("//")) continue;
    live.text += line;
    live.text += '\n';
  }
  const std::string styles[] = {csp_hash(style.css)};
  const std::string scripts[] = {csp_hash(live.text)};
  live.policy = content_security_policy({.styles = styles, .scripts = scripts});
  return live;
}

}  // namespace web::bill
