// GET /b/{token}: the page of the bill that a link opens. Reading it has no effect (D5, D6).
//
// An unchanged page costs one look at the bill's version: the entity tag is the bill's version,
// the language that was asked for, the operator's day (days left change at midnight) and the
// build. Every token that opens nothing gets the same answer. Nothing from elsewhere: the policy
// allows one inline style sheet and one script, by their hashes, and the icon's data: address.
// The script is told of changes by GET /b/{token}/live; without it everything works.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time/instant.h"
#include "flows/intents/gateways.h"
#include "formats/document/pdf/paper_fonts.h"
#include "ports/store.h"
#include "support/locale/catalogue.h"
#include "web/bill/bill_model.h"
#include "web/bill/style_sheet.h"
#include "web/http.h"
#include "web/template/template.h"

namespace web::bill {

class BillWatch;
class VersionChecks;

// What it refers to outlives the requests; handle() may be called from any thread.
struct Deps {
  ports::Store& store;
  const base::Clock& clock;
  const locale::Catalogue& catalogue;
  const TemplateSet& templates;  // With the templates bill/*, in all languages.
  StyleSheet style;
  // The operator as last known, for pages that have no bill to ask and for the day: it is needed
  // most when the database is away. Null before one is loaded.
  std::function<std::shared_ptr<const domain::Operator>()> seller;
  std::string public_url;  // "https://faktura.example"; empty: no address in the QR code.
  std::string build;       // Changes with the program, its texts and templates.
  // Told of every error that is not the visitor's; may be empty.
  std::function<void(const base::Error&)> report;
  // Who tells open pages of changes; null: pages have no script.
  BillWatch* watch = nullptr;
  LiveScript live = {};
  // Who asks for versions, many at once; null: each request asks for itself.
  VersionChecks* checks = nullptr;
  // Of papers as PDF; null: they are not offered.
  const formats::document::pdf::PaperFonts* fonts = nullptr;
  // Whose methods are offered on the page beside it; null: none.
  const flows::Gateways* gateways = nullptr;
  // Whether bills are paid by telephone, with their code.
  bool takes_calls = false;
};

// An issued paper as a page of its own, in its buyer's language. Errors: those of the templates.
[[nodiscard]] base::Result<std::string> render_paper(const TemplateSet& templates,
                                                     const locale::Catalogue& catalogue,
                                                     std::string_view css,
                                                     const domain::Invoice& paper);

// GET and HEAD of /b/{token}/papers/{number}: an invoice or credit note of the bill, as a page, or
// as PDF where ".pdf" ends the number.
[[nodiscard]] Response handle_paper(const Deps& deps, const Request& request,
                                    std::string_view token, std::string_view number);

// GET and HEAD of /b/{token}; other methods are answered 405.
[[nodiscard]] Response handle(const Deps& deps, const Request& request, std::string_view token);

// GET of /b/{token}/live: a stream of server-sent events, one for each change of the bill. `v`, or
// Last-Event-ID, is the version that the page shows. HEAD answers the headers alone.
[[nodiscard]] Response handle_live(const Deps& deps, const Request& request, std::string_view token,
                                   std::string_view peer);

// --- For the pages beside it (choice_page.h, pay_page.h, usage_page.h).
// ?l=fi, where it names a language of ours.
[[nodiscard]] std::optional<locale::Language> asked_language(const Request& request);
// With the headers that every page of a bill has.
[[nodiscard]] Response page_response(const Deps& deps, int status, std::string body,
                                     locale::Language language);
// In words: the link opens nothing, the visitor asked for too much, or we are away.
[[nodiscard]] Response failure_page(const Deps& deps, const Request& request,
                                    const base::Error& error);

}  // namespace web::bill
