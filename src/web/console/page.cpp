#include "web/console/page.h"

#include <algorithm>
#include <utility>

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
  std::string_view group = {};  // Its heading; rows of a group stand together.
};
constexpr NavigationRow kNavigation[] = {
    {"/console", "console.nav.home", Permission::kSignedIn},
    {"/console/customers", "console.nav.customers", Permission::kCustomersRead},
    {"/console/bills", "console.nav.bills", Permission::kBillsRead},
    {"/console/till", "console.nav.till", Permission::kTillUse},
    {"/console/orders", "console.nav.orders", Permission::kOrdersRead},
    {"/console/runs", "console.nav.runs", Permission::kRunsRead, "console.nav.group.run"},
    {"/console/imports", "console.nav.imports", Permission::kImportsRead, "console.nav.group.run"},
    {"/console/rejects", "console.nav.rejects", Permission::kRejectsRead, "console.nav.group.run"},
    {"/console/payments", "console.nav.payments", Permission::kPaymentsRead,
     "console.nav.group.money"},
    {"/console/bank-files", "console.nav.bank_files", Permission::kPaymentsRead,
     "console.nav.group.money"},
    {"/console/reconciliation", "console.nav.reconciliation", Permission::kPaymentsRead,
     "console.nav.group.money"},
    {"/console/refunds", "console.nav.refunds", Permission::kPaymentsRead,
     "console.nav.group.money"},
    {"/console/rail-costs", "console.nav.rail_costs", Permission::kOrdersRead,
     "console.nav.group.money"},
    {"/console/mandates", "console.nav.mandates", Permission::kPaymentsRead,
     "console.nav.group.money"},
    {"/console/collections", "console.nav.collections", Permission::kPaymentsRead,
     "console.nav.group.money"},
    {"/console/ledger", "console.nav.ledger", Permission::kLedgerRead, "console.nav.group.money"},
    {"/console/ledger/revenue", "console.nav.revenue", Permission::kLedgerRead,
     "console.nav.group.money"},
    {"/console/audit", "console.nav.audit", Permission::kAuditRead, "console.nav.administration"},
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

// The row whose part of the console the path is in: the longest that fits.
std::string_view current_row(std::string_view path) {
  std::string_view longest;
  for (const NavigationRow& row : kNavigation) {
    const bool fits = row.path == "/console" ? path == row.path : is_below(path, row.path);
    if (fits && row.path.size() > longest.size()) longest = row.path;
  }
  return longest;
}

// Groups of links, each with its heading; the first has none.
Value navigation(const Call& call) {
  const std::string_view current = current_row(call.request.path);
  Value groups = Value::list();
  Value items = Value::list();
  std::string_view group;
  const auto end_group = [&] {
    if (!items.is_shown()) return;
    groups.push(Value::record()
                    .set("heading", group.empty() ? std::string() : say(call, group))
                    .set("items", std::exchange(items, Value::list())));
  };
  for (const NavigationRow& row : kNavigation) {
    if (!call.may(row.permission)) continue;
    if (row.group != group) end_group();
    group = row.group;
    items.push(Value::record()
                   .set("path", Value::borrow(row.path))
                   .set("text", say(call, row.text))
                   .set("is_current", row.path == current));
  }
  end_group();
  return groups;
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
  const bool is_live = !page.refresh.empty();
  if (is_live) values.set("live", SafeHtml::trusted(call.web.console_live.text));
  if (signed_in) {
    values.set("navigation", navigation(call))
        .set("may_search", call.may(Permission::kCustomersRead))
        .set("signed_in_as", say(call, "console.signed_in_as", {{"name", call.who.name}}));
  }
  Response response = html_response(
      page.status, TRY(call.web.templates.render(page.name, locale::code(call.language), values)));
  response.headers.set("Content-Security-Policy",
                       is_live ? call.web.console_live.policy : call.web.console_style.policy);
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
