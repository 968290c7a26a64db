#include "web/console/page.h"

#include <algorithm>

#include "base/result/check.h"
#include "support/observe/log.h"
#include "web/api/problems.h"

namespace web {
namespace {

using domain::Permission;

// The parts of the console, in order; who may not see one is not shown it.
struct NavigationRow {
  std::string_view path;
  std::string_view text;
  Permission permission;
};
constexpr NavigationRow kNavigation[] = {
    {"/console", "console.nav.home", Permission::kSignedIn},
    {"/console/runs", "console.nav.runs", Permission::kRunsRead},
    {"/console/imports", "console.nav.imports", Permission::kImportsRead},
    {"/console/rejects", "console.nav.rejects", Permission::kRejectsRead},
};

// What can go wrong for people, by HTTP status.
struct ProblemRow {
  int status;
  std::string_view key;
};
constexpr ProblemRow kProblems[] = {
    {403, "forbidden"}, {404, "not_found"}, {405, "not_found"},
    {410, "not_found"}, {421, "not_found"}, {429, "too_many"},
    {503, "database"},  {500, "failed"},    {507, "database"},
};
constexpr std::string_view kOtherProblem = "bad_request";

bool is_below(std::string_view path, std::string_view part) {
  return path == part || (path.starts_with(part) && path.substr(part.size()).starts_with('/'));
}

Value navigation(const Call& call) {
  Value items = Value::list();
  for (const NavigationRow& row : kNavigation) {
    if (!call.may(row.permission)) continue;
    const std::string_view path = call.request.path;
    const bool is_current = row.path == "/console" ? path == row.path : is_below(path, row.path);
    items.push(Value::record()
                   .set("path", Value::borrow(row.path))
                   .set("text", say(call, row.text))
                   .set("is_current", is_current));
  }
  return items;
}

std::string problem_key(const base::Error& error) {
  if (error.code == "form_expired") return "expired";
  const auto row = std::ranges::find(kProblems, status_of(error.code), &ProblemRow::status);
  return std::string(row == std::end(kProblems) ? kOtherProblem : row->key);
}

// Where even the error page cannot be made.
Response plain_error(int status, const base::Error& error) {
  return text_response(status, status == 500 ? "Something went wrong.\n" : error.text + "\n");
}

}  // namespace

bill::StyleSheet console_style_sheet(std::string_view bill_css, std::string_view console_css) {
  static constexpr std::string_view kEndOfTokens = "/* The ground. */";
  const std::size_t end = bill_css.find(kEndOfTokens);
  CHECK(end != std::string_view::npos);
  std::string css(bill_css.substr(0, end));
  css += console_css;
  return bill::make_style_sheet(css);
}

std::string say(const Call& call, std::string_view key, std::initializer_list<locale::Arg> args) {
  return call.web.texts.render(call.language, key, args);
}

std::string say_word(const Call& call, std::string_view prefix, std::string_view word) {
  std::string key(prefix);
  key += word;
  return call.web.texts.has(key) ? say(call, key) : std::string(word);
}

base::Result<Response> render_page(const Call& call, Page page) {
  const bool signed_in = call.who.kind == flows::Identity::Kind::kSession;
  Value& values = page.values;
  values.set("language", Value::borrow(locale::code(call.language)))
      .set("title", page.title)
      .set("style", SafeHtml::trusted(call.web.console_style.css))
      .set("form_token", signed_in ? call.who.csrf : page.form_token)
      .set("refresh", page.refresh);
  if (signed_in) {
    values.set("navigation", navigation(call))
        .set("signed_in_as", say(call, "console.signed_in_as", {{"name", call.who.name}}));
  }
  Response response = html_response(
      page.status, TRY(call.web.templates.render(page.name, locale::code(call.language), values)));
  response.headers.set("Content-Security-Policy", call.web.console_style.policy);
  response.headers.set("Content-Language", locale::code(call.language));
  return response;
}

Response error_page(const Call& call, const base::Error& error) {
  const int status = status_of(error.code);
  const std::string key = "problem." + problem_key(error);
  Page page{.name = "console/problem", .title = say(call, key + ".title"), .status = status};
  page.values.set("text", say(call, key + ".text"))
      .set("request", say(call, "problem.request", {{"request", call.request_id}}));
  // What we say in English is for those who can do something about it.
  if (status != 500 && status != 503) page.values.set("detail", error.text);
  if (status == 503) page.values.set("again", call.request.path);
  auto rendered = render_page(call, std::move(page));
  if (rendered) return *std::move(rendered);
  observe::log(observe::Level::kError, "error_page_failed",
               {{"request", call.request_id}, {"text", rendered.error().text}});
  return plain_error(status, error);
}

}  // namespace web
