// A page of the console, or of an error: its own values in a template, within the frame that all
// pages share (style, navigation, who is signed in, the token of forms).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "support/locale/catalogue.h"
#include "web/bill/style_sheet.h"
#include "web/call.h"
#include "web/template/value.h"

namespace web {

// The console's own style sheet behind the tokens of type, space and colour, which stand once, at
// the head of the bill's.
[[nodiscard]] bill::StyleSheet console_style_sheet(std::string_view bill_css,
                                                   std::string_view console_css);

struct Page {
  std::string_view name;  // The template: "console/runs".
  std::string title;      // Before " · Telgiro" in the window's title, and the page's heading.
  Value values = Value::record();
  int status = 200;
  // Seconds until its script asks for the page again; "" never. Without scripts a link does.
  std::string refresh = {};
  std::string form_token = {};  // Of forms, where there is no session yet.
};

[[nodiscard]] base::Result<Response> render_page(const Call& call, Page page);

// What went wrong, as a page in the reader's language; never fails.
[[nodiscard]] Response error_page(const Call& call, const base::Error& error);

// A text of the catalogue in the call's language.
[[nodiscard]] std::string say(const Call& call, std::string_view key,
                              std::initializer_list<locale::Arg> args = {});
// A key that is made of a fixed part and a word that came from the database; the word itself
// where the catalogue has no such key.
[[nodiscard]] std::string say_word(const Call& call, std::string_view prefix,
                                   std::string_view word);

}  // namespace web
