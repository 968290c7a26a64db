// What the pages beside a bill have in common: the bill that the link opens, the language, where
// the forms lead, and the frame (templates bill/beside and bill/beside-end).
#pragma once

#include <string>
#include <string_view>

#include "flows/care/show_bill.h"
#include "web/bill/bill_page.h"
#include "web/bill/words.h"
#include "web/call.h"
#include "web/http.h"
#include "web/template/value.h"

namespace web::bill {

struct Beside {
  flows::ShownBill shown;
  locale::Language language;
  std::string path;    // Of the bill: "/b/...".
  std::string query;   // "?l=sv" where a language was asked for.
  std::string action;  // Of this page.

  // This page with a word more: "?l=sv&done=1".
  [[nodiscard]] std::string address(std::string_view word) const {
    return action + (query.empty() ? "?" : "&") + std::string(word) + "=1";
  }
};

// `name`: the last part of the page's address. Errors: link_unknown, and those of the store.
[[nodiscard]] base::Result<Beside> open_beside(const Call& call, ports::Transaction& transaction,
                                               std::string_view name);
// Frame, title, heading and contact of a page that leads back to the bill at `bill_path`.
[[nodiscard]] Value beside_frame(const Deps& deps, const domain::Seller& seller, const Words& words,
                                 std::string_view heading_key, std::string bill_path);
// The same, and where the forms of the page lead.
[[nodiscard]] Value beside_values(const Call& call, const Beside& page, const Words& words,
                                  std::string_view heading_key);
// Never kept by a browser.
[[nodiscard]] base::Result<Response> render_beside(const Call& call, const Beside& page,
                                                   std::string_view name, const Value& values);
// What goes wrong as a page; a form that was not made here leads back to ours.
[[nodiscard]] Response answer_beside(const Call& call, base::Result<Response> response,
                                     std::string_view name);
// So many hexadecimal digits that nobody guesses: a form that is sent twice is one wish.
[[nodiscard]] std::string new_form_key(const Call& call);
[[nodiscard]] bool is_form_key(std::string_view text);

}  // namespace web::bill
