#include "web/bill/bill_page.h"

#include <algorithm>
#include <optional>

#include "domain/plan/rows.h"
#include "flows/care/show_bill.h"
#include "flows/care/show_bill_page.h"
#include "flows/care/time_zone.h"
#include "flows/collections/sign_up.h"
#include "flows/compose/paper_texts.h"
#include "flows/tills/bill_code.h"
#include "formats/document/pdf/paper_printer.h"
#include "web/bill/bill_watch.h"
#include "web/bill/mandate_text.h"
#include "web/bill/parts.h"
#include "web/bill/pay_page.h"
#include "web/bill/version_checks.h"
#include "web/feed.h"
#include "web/language.h"

namespace web::bill {
namespace {

constexpr std::string_view kRetrySeconds = "30";
constexpr std::string_view kFileEnd = ".pdf";

// What a link that opens nothing fails with, and a bill whose customer was erased since.
[[nodiscard]] bool opens_nothing(const base::Error& error) {
  return error.code == "link_unknown" || error.code == "bill_not_found" || error.code == "erased";
}

[[nodiscard]] bool will_pass(const base::Error& error) {
  return error.code == "database_unavailable" || error.code == "database_busy" ||
         error.code == "disk_full";
}

}  // namespace

std::optional<locale::Language> asked_language(const Request& request) {
  const auto fields = request.query_fields();
  const std::string* asked = fields ? fields->find("l") : nullptr;
  if (asked == nullptr) return std::nullopt;
  const auto language = locale::parse_language(*asked);
  return language ? std::optional(*language) : std::nullopt;
}

namespace {

[[nodiscard]] std::shared_ptr<const domain::Operator> seller_of(const Deps& deps) {
  return deps.seller ? deps.seller() : nullptr;
}

void report(const Deps& deps, const base::Error& error) {
  if (deps.report) deps.report(error);
}

[[nodiscard]] PageSetting setting_of(const Deps& deps, locale::Language language) {
  return {deps.catalogue, language, deps.style.css, {}};
}

void set_headers(const Deps& deps, Response& response) {
  Headers& headers = response.headers;
  headers.set("Cache-Control", "private, no-cache");
  headers.set("Content-Security-Policy", deps.style.policy);
  headers.set("X-Robots-Tag", "noindex, nofollow, noarchive");
}

// The page of the bill has the script; those beside it have none.
void allow_script(const Deps& deps, Response& response) {
  if (deps.watch != nullptr) {
    response.headers.set("Content-Security-Policy", deps.live.policy);
  }
}

}  // namespace

Response page_response(const Deps& deps, int status, std::string body, locale::Language language) {
  Response response = html_response(status, std::move(body));
  set_headers(deps, response);
  response.headers.set("Content-Language", locale::code(language));
  return response;
}

namespace {

// A page that even its template fails on: the words alone.
[[nodiscard]] Response plain_failure(const Deps& deps, const base::Error& error,
                                     locale::Language language) {
  report(deps, error);
  Response response =
      text_response(500, std::string(deps.catalogue.text(language, "bill.error.title")) + "\n");
  set_headers(deps, response);
  return response;
}

}  // namespace

// In the language asked for, else in the browser's.
Response failure_page(const Deps& deps, const Request& request, const base::Error& error) {
  const auto language = asked_language(request).value_or(
      pick_language(request.headers.get("Accept-Language"), locale::Language::kEnglish));
  const auto seller = seller_of(deps);
  const PageSetting setting = setting_of(deps, language);
  const bool unknown = opens_nothing(error);
  if (!unknown) report(deps, error);
  auto body = deps.templates.render(unknown ? "bill/unknown" : "bill/away", locale::code(language),
                                    unknown ? unknown_values(seller.get(), setting)
                                            : away_values(seller.get(), request.path, setting));
  if (!body) return plain_failure(deps, body.error(), language);
  const int status = unknown ? 404 : will_pass(error) ? 503 : 500;
  Response response = page_response(deps, status, *std::move(body), language);
  response.headers.set("Vary", "Accept-Language");
  if (status == 503) response.headers.set("Retry-After", kRetrySeconds);
  return response;
}

namespace {

// "own" stands for the bill's own language, which never changes.
[[nodiscard]] base::Result<std::string> entity_tag(const Deps& deps, std::int64_t version,
                                                   std::optional<locale::Language> asked) {
  const auto seller = seller_of(deps);
  const std::string_view zone = seller ? std::string_view(seller->time_zone) : "UTC";
  const base::Date today = TRY(flows::local_date(zone, deps.clock.now()));
  return "\"" + std::to_string(version) + "-" +
         (asked ? std::string(locale::code(*asked)) : "own") + "-" + today.to_string() + "-" +
         deps.build + "\"";
}

// If-None-Match: a list of tags, perhaps marked weak by a proxy that compresses.
[[nodiscard]] bool names_tag(std::string_view list, std::string_view tag) {
  for (std::size_t at = list.find(tag); at != std::string_view::npos; at = list.find(tag, at + 1)) {
    const std::size_t end = at + tag.size();
    if (end == list.size() || list[end] == ',' || list[end] == ' ') return true;
  }
  return false;
}

[[nodiscard]] Response not_modified(const Deps& deps, std::string_view tag) {
  Response unchanged{.status = 304};
  set_headers(deps, unchanged);
  allow_script(deps, unchanged);
  unchanged.headers.set("ETag", tag);
  return unchanged;
}

// As everybody finds it; empty where no public address is set.
[[nodiscard]] std::string page_address(const Deps& deps, std::string_view token) {
  return deps.public_url.empty() ? "" : deps.public_url + "/b/" + std::string(token);
}

// The language that was asked for, for links from here.
[[nodiscard]] std::string query_of(const Request& request) {
  const auto asked = asked_language(request);
  return asked ? "?l=" + std::string(locale::code(*asked)) : std::string();
}

void add_file_link(const Deps& deps, std::string_view token, const domain::Invoice& paper,
                   std::string_view query, Value& values) {
  if (deps.fonts == nullptr) return;
  values.set("pdf", "/b/" + std::string(token) + "/papers/" + paper.full_number() +
                        std::string(kFileEnd) + std::string(query));
}

// Whether anybody takes a bill's code: a till, or a telephone.
[[nodiscard]] bool takes_codes(const Deps& deps) {
  const auto seller = seller_of(deps);
  return deps.takes_calls || (seller != nullptr && !seller->drawers.empty());
}

void add_link(Value& list, std::string path, std::string text) {
  list.push(Value::record().set("path", std::move(path)).set("text", std::move(text)));
}

// To the page of direct debit, where the operator can debit bills like this one. Whom we debit
// already is not asked to agree to it: for them it is no way to pay this bill.
void add_debit_link(const domain::Operator& seller, const flows::ShownBill& shown, std::string path,
                    const Words& words, Value& ways, Value& more) {
  const auto scheme = flows::debit_scheme_for(seller, shown.bill.total.currency());
  if (!scheme) return;
  const bool has_mandate = std::ranges::any_of(
      shown.coming, [](const flows::ComingDebit& debit) { return debit.method.empty(); });
  if (has_mandate) return add_link(more, std::move(path), words.say("bill.debit.link.yours"));
  const bool asks = asks_for_money(shown.view.face);
  add_link(asks ? ways : more, std::move(path),
           words.say("bill.debit.link", {{"scheme", std::string(scheme_name(*scheme))}}));
}

// What else can be done, each on a page beside this one: other ways to pay, where something is
// asked for, and what has to do with the bills to come.
void add_links(const Deps& deps, const flows::ShownBill& shown, const std::string& path,
               const std::string& query, const Words& words, Value& values) {
  const auto seller = seller_of(deps);
  const auto at = [&](std::string_view name) { return path + "/" + std::string(name) + query; };
  const bool asks = asks_for_money(shown.view.face) && !is_drawn(shown);
  Value ways = Value::list(), more = Value::list();
  if (asks && seller != nullptr && seller->plans.parts_max > 1 && !domain::has_plan(shown.bill)) {
    add_link(ways, at("plan"), words.say("bill.plan.link"));
  }
  if (seller != nullptr) add_debit_link(*seller, shown, at("debit"), words, ways, more);
  if (asks && takes_codes(deps)) add_link(ways, at("code"), words.say("bill.code.link"));
  if (!methods_for(deps.gateways, shown.bill.total.currency()).empty()) {
    add_link(more, at("methods"), words.say("bill.methods.link"));
  }
  add_link(more, at("choice"), words.say("bill.choice.link"));
  values.set("has_ways", ways.is_shown()).set("ways", std::move(ways));
  values.set("has_more", true).set("more", std::move(more));
}

// "Swish · Vipps"; empty where nothing is offered.
[[nodiscard]] std::string offered_words(const Deps& deps, const flows::ShownBill& shown,
                                        locale::Language language) {
  const Words words(deps.catalogue, language);
  std::string text;
  for (const auto& offered : methods_for(deps.gateways, shown.bill.total.currency())) {
    const std::string method = method_words(offered.method, words);
    if (text.contains(method)) continue;
    if (!text.empty()) text += " · ";
    text += method;
  }
  return text;
}

[[nodiscard]] base::Result<Response> whole_page(const Deps& deps, const Request& request,
                                                std::string_view token) {
  const auto asked = asked_language(request);
  const auto page = TRY(flows::show_bill_page(deps.store, deps.clock, token));
  const flows::ShownBill& shown = page.shown;
  const auto own = locale::parse_language(shown.invoices.front().buyer.language);
  const auto language = asked.value_or(own.value_or(locale::Language::kEnglish));
  const std::string path = "/b/" + std::string(token);
  const std::string live_path = path + "/live";
  const std::string page_url = page_address(deps, token);
  PageSetting setting = setting_of(deps, language);
  setting.page_url = page_url;
  setting.token = token;
  setting.live_path = live_path;
  if (deps.watch != nullptr) setting.script = deps.live.text;
  const std::string query = query_of(request);
  const std::string pay_path = path + "/pay" + query;
  const std::string methods = offered_words(deps, shown, language);
  if (!methods.empty()) setting.pay_path = pay_path;
  setting.pay_methods = methods;
  Value values = bill_values(shown, setting);
  add_file_link(deps, token, shown.invoices.front(), query, values);
  add_links(deps, shown, path, query, Words(deps.catalogue, language), values);
  if (page.is_itemised) values.set("usage", path + "/usage" + query);
  std::string body = TRY(deps.templates.render("bill/page", locale::code(language), values));
  Response response = page_response(deps, 200, std::move(body), language);
  allow_script(deps, response);
  response.headers.set("ETag", TRY(entity_tag(deps, shown.bill.version, asked)));
  return response;
}

// Whether what the browser has, by If-None-Match, is what it would get.
[[nodiscard]] base::Result<std::optional<Response>> unchanged_page(
    const Deps& deps, const Request& request, base::Result<flows::BillVersion> current) {
  const flows::BillVersion version = TRY(std::move(current));
  const std::string tag = TRY(entity_tag(deps, version.version, asked_language(request)));
  if (!names_tag(request.headers.get("If-None-Match"), tag)) return std::nullopt;
  return not_modified(deps, tag);
}

[[nodiscard]] Response page_or_failure(const Deps& deps, const Request& request,
                                       std::string_view token,
                                       base::Result<flows::BillVersion> current) {
  auto unchanged = unchanged_page(deps, request, std::move(current));
  if (!unchanged) return failure_page(deps, request, unchanged.error());
  if (*unchanged) return **std::move(unchanged);
  auto page = whole_page(deps, request, token);
  if (!page) return failure_page(deps, request, page.error());
  return *std::move(page);
}

// Asks for the version together with others; the thread does not wait.
[[nodiscard]] Response page_later(const Deps& deps, const Request& request,
                                  std::string_view token) {
  auto check = std::make_shared<VersionChecks::Check>();
  check->token = token;
  auto later = std::make_shared<Later>();
  later->begin = [&deps, check](std::function<void()> ready) {
    check->ready = std::move(ready);
    deps.checks->ask(check);
  };
  later->finish = [&deps, &request, check] {
    return page_or_failure(deps, request, check->token, std::move(check->answer));
  };
  Response response;
  response.later = std::move(later);
  return response;
}

[[nodiscard]] base::Result<domain::Invoice> find_paper(const flows::ShownBill& shown,
                                                       std::string_view number) {
  for (const auto* papers : {&shown.invoices, &shown.credit_notes}) {
    for (const domain::Invoice& paper : *papers) {
      if (paper.full_number() == number) return paper;
    }
  }
  return base::fail("link_unknown", "this link does not open a paper");
}

// Where codes are taken, the one that the bill has: looking at a paper makes none.
[[nodiscard]] base::Result<std::string> code_on_paper(const Deps& deps, const domain::Bill& bill) {
  if (!takes_codes(deps)) return std::string();
  const auto transaction = TRY(deps.store.begin(ports::TransactionKind::kRead));
  const auto code = TRY(flows::find_code_of_bill(*transaction, deps.clock, bill.account, bill.id));
  return code ? domain::show_bill_code(code->digits) : std::string();
}

// A file for the address line and for saving, named as people name the paper.
[[nodiscard]] base::Result<Response> paper_file(const Deps& deps, const domain::Invoice& paper,
                                                std::string_view token, locale::Language language,
                                                std::string_view code) {
  const std::string url = page_address(deps, token);
  const auto texts = flows::compose::paper_texts(paper, deps.catalogue, language, {url, code});
  auto printed = TRY(formats::document::pdf::PaperPrinter(*deps.fonts).print(texts));
  Response response = page_response(deps, 200, std::move(printed.bytes), language);
  response.headers.set("Content-Type", "application/pdf");
  response.headers.set("Content-Disposition",
                       "inline; filename=\"" + paper.full_number() + ".pdf\"");
  return response;
}

[[nodiscard]] base::Result<Response> paper_page(const Deps& deps, const Request& request,
                                                std::string_view token, std::string_view number) {
  const bool as_file = number.ends_with(kFileEnd) && deps.fonts != nullptr;
  if (as_file) number.remove_suffix(kFileEnd.size());
  const auto shown = TRY(flows::show_bill_by_link(deps.store, deps.clock, token));
  const domain::Invoice paper = TRY(find_paper(shown, number));
  const auto language = asked_language(request).value_or(flows::compose::paper_language(paper));
  if (as_file) {
    const std::string code = TRY(code_on_paper(deps, shown.bill));
    return paper_file(deps, paper, token, language, code);
  }
  flows::ShownBill alone;
  alone.invoices = {paper};
  Value values = paper_values(alone, setting_of(deps, language));
  add_file_link(deps, token, paper, query_of(request), values);
  std::string body = TRY(deps.templates.render("bill/paper", locale::code(language), values));
  return page_response(deps, 200, std::move(body), language);
}

}  // namespace

base::Result<std::string> render_paper(const TemplateSet& templates,
                                       const locale::Catalogue& catalogue, std::string_view css,
                                       const domain::Invoice& paper) {
  const auto own = locale::parse_language(paper.buyer.language);
  const auto language = own.value_or(locale::Language::kEnglish);
  flows::ShownBill alone;
  alone.invoices = {paper};
  return templates.render("bill/paper", locale::code(language),
                          paper_values(alone, {catalogue, language, css, {}}));
}

Response handle_paper(const Deps& deps, const Request& request, std::string_view token,
                      std::string_view number) {
  auto response = paper_page(deps, request, token, number);
  if (!response) return failure_page(deps, request, response.error());
  return *std::move(response);
}

Response handle(const Deps& deps, const Request& request, std::string_view token) {
  if (request.method != Method::kGet && request.method != Method::kHead) {
    Response refused = text_response(405, "This page can only be read.\n");
    refused.headers.set("Allow", "GET, HEAD");
    return refused;
  }
  if (request.headers.get("If-None-Match").empty()) {
    auto page = whole_page(deps, request, token);
    return page ? *std::move(page) : failure_page(deps, request, page.error());
  }
  if (deps.checks != nullptr) return page_later(deps, request, token);
  return page_or_failure(deps, request, token,
                         flows::bill_version_by_link(deps.store, deps.clock, token));
}

Response handle_live(const Deps& deps, const Request& request, std::string_view token,
                     std::string_view peer) {
  const auto current = flows::bill_version_by_link(deps.store, deps.clock, token);
  if (!current) return failure_page(deps, request, current.error());
  Response response;
  response.headers.set("Content-Type", "text/event-stream");
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Accel-Buffering", "no");  // Proxies pass each piece on at once.
  if (request.method == Method::kHead || deps.watch == nullptr) return response;
  const auto fields = request.query_fields();
  std::string known(request.headers.get("Last-Event-ID"));
  if (known.empty() && fields) known = fields->text("v");
  auto feed = deps.watch->open(*current, known, peer);
  if (!feed) return text_response(429, feed.error().text + "\n");
  response.feed = *std::move(feed);
  return response;
}

}  // namespace web::bill
