#include "web/application.h"

#include <algorithm>
#include <exception>
#include <optional>

#include "base/result/check.h"
#include "base/text/beginning.h"
#include "support/json/parse.h"
#include "support/observe/log.h"
#include "support/observe/metrics.h"
#include "web/api/problems.h"
#include "web/api/schemas.h"
#include "web/console/page.h"
#include "web/console/session_cookie.h"
#include "web/hooks.h"
#include "web/language.h"
#include "web/multipart.h"
#include "web/security/csp.h"
#include "web/upload.h"

namespace web {
namespace {

// A query's field of this name is what somebody searched for in their own words; it may hold
// anything and stays out of the audit trail.
constexpr std::string_view kFreeText = "text";
constexpr std::int64_t kRetrySeconds = 5;  // Where nothing better is known.
constexpr std::string_view kFormToken = "form_token";
constexpr std::string_view kWeekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string two_digits(std::int64_t number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

// "Sun, 22 Nov 2026 08:49:37 GMT" (RFC 9110 5.6.7).
std::string http_date(base::Instant at) {
  const base::Date day = base::TimeZone().local_date(at);
  const std::int64_t second = (at - base::Instant::at_start_of(day)) / base::kMicrosPerSecond;
  std::string text(kWeekdays[static_cast<int>(day.weekday()) - 1]);
  text += ", " + two_digits(day.day()) + " ";
  text += kMonths[day.month() - 1];
  text += " " + std::to_string(day.year()) + " " + two_digits(second / 3600) + ":";
  text += two_digits(second / 60 % 60) + ":" + two_digits(second % 60) + " GMT";
  return text;
}

std::string_view last_forwarded(std::string_view header) {
  const std::size_t comma = header.rfind(',');
  if (comma != std::string_view::npos) header.remove_prefix(comma + 1);
  const std::size_t first = std::min(header.find_first_not_of(' '), header.size());
  header.remove_prefix(first);
  return header.substr(0, header.find(' '));
}

std::string find_peer(const Request& request, const Settings& settings) {
  const std::string_view forwarded = last_forwarded(request.headers.get("x-forwarded-for"));
  const bool through_proxy =
      std::ranges::find(settings.proxies, request.peer) != settings.proxies.end();
  return through_proxy && !forwarded.empty() ? std::string(forwarded) : request.peer;
}

// A program asks for JSON and for no page; a browser always takes a page, or anything.
bool wants_json(const Request& request) {
  const std::string_view accept = request.headers.get("accept");
  const bool takes_json = accept.contains("application/json") || accept.contains("+json");
  return takes_json && !accept.contains("text/html");
}

// "pay.aurora.example:8443" of an address such as https://pay.aurora.example:8443/.
std::string_view host_of(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  return url.substr(0, url.find('/'));
}

bool is_form_post(const Call& call) {
  return call.request.method == Method::kPost && surface_of(call.route->path) != Surface::kApi;
}

base::Result<> check_parameter(const Parameter& parameter, const std::string& value) {
  const auto fits = [&] {
    switch (parameter.type) {
      case ParameterType::kText:
      case ParameterType::kId: return true;  // Which id it must be, the handler knows.
      case ParameterType::kInteger:
        return !value.empty() && value.size() <= 15 &&
               value.find_first_not_of("0123456789") == std::string::npos;
      case ParameterType::kBoolean: return value == "true" || value == "false";
      case ParameterType::kDate: return base::Date::parse(value).has_value();
      case ParameterType::kTime: return base::Instant::parse(value).has_value();
      case ParameterType::kMonth: return base::Month::parse(value).has_value();
    }
    __builtin_unreachable();
  };
  if (fits()) return {};
  return base::fail("bad_parameter",
                    "the parameter's value cannot be read: " + std::string(parameter.meaning),
                    std::string(parameter.name));
}

base::Result<> check_query(const Fields& query, std::span<const Parameter> parameters) {
  for (const auto& [name, value] : query.rows()) {
    const auto known = std::ranges::find(parameters, name, &Parameter::name);
    if (known == parameters.end()) {
      return base::fail("unknown_parameter", "there is no such parameter here",
                        base::beginning(name, 60));
    }
    TRY(check_parameter(*known, value));
  }
  return {};
}

// An address that was typed with a slash too many, where without it there is a page.
std::optional<Response> without_slash(std::span<const Route> table, const Request& request) {
  if (request.method != Method::kGet || !request.path.ends_with('/')) return std::nullopt;
  const std::string path = request.path.substr(0, request.path.size() - 1);
  if (find_route(table, Method::kGet, path).route == nullptr) return std::nullopt;
  return see_other(request.query.empty() ? path : path + "?" + request.query);
}

}  // namespace

const std::string& Call::value(std::string_view name) const {
  const auto found = std::ranges::find(values, name, &PathValues::value_type::first);
  CHECK(found != values.end());
  return found->second;
}

Application::Application(Dependencies dependencies, std::span<const Route> table)
    : web_(std::move(dependencies)),
      table_(table),
      guards_(web_.settings.limits),
      request_ids_(web_.random, "request ids") {
  web_.bill.gateways = web_.gateways;
}

// Only who may send a file there gets room for one; a form's token is checked once it is read.
BodyPlan Application::plan_body(const Request& head) {
  const Match match = find_route(table_, head.method, head.path);
  if (match.route == nullptr || !match.route->options.takes_file) return {};
  Call call{.request = head,
            .web = web_,
            .guards = guards_,
            .request_id = {},
            .peer = find_peer(head, web_.settings)};
  call.route = match.route;
  if (!identify(call) || !call.may(match.route->permission)) return {};
  return {static_cast<std::uint64_t>(web_.settings.upload_bytes_max), web_.settings.upload_folder};
}

Response Application::handle(const Request& request) {
  const base::Instant begin = web_.clock.now();
  Call call{.request = request,
            .web = web_,
            .guards = guards_,
            .request_id = request_ids_.next(),
            .peer = find_peer(request, web_.settings)};
  call.language = pick_language(request.headers.get("accept-language"), locale::Language::kEnglish);
  Match match;
  Response response = answer(call, match);
  return conclude(std::move(response), std::move(call), std::move(match), begin);
}

Response Application::conclude(Response response, Call call, Match match, base::Instant begin) {
  if (!response.later) {
    finish(response, call, match);
    report(call, match, response, begin);
    return response;
  }
  // The request outlives its answer; all else of the call goes along.
  struct Kept {
    Call call;
    Match match;
    std::shared_ptr<Later> later;
  };
  auto kept = std::make_shared<Kept>(std::move(call), std::move(match), std::move(response.later));
  const auto whole = std::make_shared<Later>();
  whole->begin = [kept](std::function<void()> ready) { kept->later->begin(std::move(ready)); };
  whole->finish = [this, kept, begin] {
    return conclude(kept->later->finish(), std::move(kept->call), std::move(kept->match), begin);
  };
  Response later;
  later.later = whole;
  return later;
}

Response Application::refuse(int, const base::Error& error) {
  Response response = problem_response(error, {.request_id = request_ids_.next()});
  add_security_headers(response, web_.settings.is_https());
  response.headers.set("Date", http_date(web_.clock.now()));
  return response;
}

// Turns whatever went wrong into an answer.
Response Application::answer(Call& call, Match& match) {
  base::Result<Response> outcome;
  try {
    outcome = dispatch(call, match);
  } catch (const std::exception& exception) {  // Out of memory; the next request may fit.
    outcome = base::fail("unexpected_failure", exception.what());
  }
  if (outcome) return *std::move(outcome);
  const base::Error& error = outcome.error();
  if (status_of(error.code) == 500) {
    observe::log(observe::Level::kError, "request_failed",
                 {{"request", call.request_id},
                  {"code", error.code},
                  {"text", error.text},
                  {"place", error.place}});
  }
  const Surface surface = surface_of(call.request.path);
  if (surface == Surface::kApi || surface == Surface::kHook || wants_json(call.request)) {
    return problem_response(error, {.request_id = call.request_id});
  }
  const bool asks_to_sign_in = surface_of(call.request.path) == Surface::kConsole &&
                               error.code == "not_signed_in" &&
                               call.request.method != Method::kPost;
  if (!asks_to_sign_in) return error_page(call, error);
  // Whoever follows a link from a mail comes without their SameSite cookie. Loading the page once
  // more, from here, brings it along.
  if (call.request.headers.get("sec-fetch-site") == "cross-site") {
    Response again = html_response(200, "");
    again.headers.set("Refresh", "0");
    return again;
  }
  Fields next;
  next.set("next", call.request.query.empty() ? call.request.path
                                              : call.request.path + "?" + call.request.query);
  return see_other("/console/sign-in?" + next.encode());
}

base::Result<Response> Application::dispatch(Call& call, Match& match) {
  // Of providers only the words that are refused are counted (hooks.cpp).
  const bool is_hook = surface_of(call.request.path) == Surface::kHook;
  call.retry_after_seconds = is_hook ? guards_.bad_hooks.wait(peer_key(call.peer), web_.clock.now())
                                     : guards_.requests.take(peer_key(call.peer), web_.clock.now());
  if (call.retry_after_seconds > 0) {
    return base::fail("too_many_requests", "too many requests from this address; wait " +
                                               std::to_string(call.retry_after_seconds) +
                                               " seconds");
  }
  TRY(check_host(call));
  match = find_route(table_, call.request.method, call.request.path);
  if (match.route == nullptr) {
    if (is_hook) hooks::count_refused(call);
    if (auto elsewhere = without_slash(table_, call.request)) return *std::move(elsewhere);
    if (match.allowed.empty()) return base::fail("route_not_found", "there is nothing here");
    return base::fail("method_not_allowed", "use " + match.allowed + " here");
  }
  call.route = match.route;
  call.values = match.values;
  TRY(identify(call));
  if (!call.may(call.route->permission)) {
    if (call.who.kind == flows::Identity::Kind::kAnybody) {
      return surface_of(call.route->path) == Surface::kApi
                 ? base::fail("token_missing", "send an API token: Authorization: Bearer ...")
                 : base::fail("not_signed_in", "sign in first");
    }
    return base::fail(
        "permission_denied",
        "this needs the permission " + std::string(domain::to_text(call.route->permission)));
  }
  std::vector<base::Error> wrong;
  TRY(read_input(call, wrong));
  if (!wrong.empty()) {
    const base::Error error =
        base::fail("invalid_request", "the body is not as this route takes it").error();
    return problem_response(error, {.request_id = call.request_id, .errors = wrong});
  }
  TRY(audit(call, match));
  return call.route->handler(call);
}

base::Result<> Application::check_host(const Call& call) const {
  if (web_.settings.public_url.empty() || call.request.path == "/healthz") return {};
  const std::string_view host = call.request.headers.get("host");
  if (host.empty() || host == host_of(web_.settings.public_url)) return {};
  return base::fail("wrong_host", "this server is " + web_.settings.public_url);
}

base::Result<> Application::identify(Call& call) const {
  const flows::AccessPorts access = call.access();
  if (surface_of(call.route->path) == Surface::kApi) {
    const std::string_view header = call.request.headers.get("authorization");
    static constexpr std::string_view kBearer = "Bearer ";
    // A public route answers anybody the same, whatever they send along.
    if (header.empty() || call.route->permission == domain::Permission::kPublic) return {};
    if (!header.starts_with(kBearer)) {
      return base::fail("token_not_valid", "send an API token: Authorization: Bearer ...");
    }
    call.who = TRY(flows::identify_api_token(access, header.substr(kBearer.size())));
    return {};
  }
  if (surface_of(call.route->path) != Surface::kConsole) return {};
  const std::string token = read_cookie(call.request, Cookie::kSession, web_.settings.is_https());
  if (token.empty()) return {};
  auto identity = flows::identify_session(access, token, web_.settings.session_micros);
  if (!identity) {
    if (identity.error().code == "not_signed_in") return {};  // As if it had no cookie.
    return std::unexpected(std::move(identity).error());
  }
  call.who = *std::move(identity);
  if (const auto language = locale::parse_language(call.who.language)) call.language = *language;
  return {};
}

base::Result<> Application::read_input(Call& call, std::vector<base::Error>& wrong) const {
  call.query = TRY(call.request.query_fields());
  if (call.route->options.takes_file) TRY(read_file(call));
  if (surface_of(call.route->path) == Surface::kApi) {
    TRY(check_query(call.query, call.route->options.query));
    if (call.route->options.request.empty()) return {};
    if (call.request.content_type() != "application/json") {
      return base::fail("not_json", "send the body as application/json");
    }
    call.body = TRY(json::parse(call.request.body));
    const Schema* schema = find_schema(call.route->options.request);
    CHECK(schema != nullptr);
    wrong = check_body(call.body, *schema);
    return {};
  }
  const Surface surface = surface_of(call.route->path);
  // The page of a bill knows its customer by the link, which another site does not have; where the
  // browser says that a form came from elsewhere, it is believed all the same.
  if (is_form_post(call) && surface != Surface::kHook) TRY(check_form_origin(call));
  if (!is_form_post(call) || surface != Surface::kConsole) return {};
  if (!call.route->options.takes_file) call.form = TRY(call.request.form());
  const std::string expected =
      call.who.kind == flows::Identity::Kind::kSession
          ? call.who.csrf
          : read_cookie(call.request, Cookie::kForm, web_.settings.is_https());
  if (expected.empty() || !crypto::equal(call.form.text(kFormToken), expected)) {
    return base::fail("form_expired", "the form is too old; open the page again and send it again");
  }
  return {};
}

// The body of the API is the file; a form of the console carries it.
base::Result<> Application::read_file(Call& call) const {
  std::shared_ptr<flows::Snapshot> body;
  if (call.request.upload) {
    if (call.request.upload->error) return std::unexpected(*call.request.upload->error);
    body = {call.request.upload, &call.request.upload->bytes};
  } else {
    body = std::make_shared<flows::Snapshot>(flows::Snapshot::of_text("body", call.request.body));
  }
  if (surface_of(call.route->path) == Surface::kApi) {
    call.file = std::move(body);
    return {};
  }
  FormWithFile form = TRY(read_form_with_file(*body, call.request.headers.get("content-type"),
                                              web_.settings.upload_folder));
  call.form = std::move(form.fields);
  call.file = std::move(form.file);
  return {};
}

// A second lock beside the form's token: browsers say where a form comes from. (With the referrer
// policy that we ask for, Origin is "null" for our own forms too; Sec-Fetch-Site still tells.)
base::Result<> Application::check_form_origin(const Call& call) const {
  const std::string_view site = call.request.headers.get("sec-fetch-site");
  const std::string_view origin = call.request.headers.get("origin");
  const bool from_elsewhere =
      (!site.empty() && site != "same-origin" && site != "none") ||
      (!origin.empty() && origin != "null" && host_of(origin) != call.request.headers.get("host"));
  if (!from_elsewhere) return {};
  return base::fail("request_from_elsewhere", "this form came from another site");
}

base::Result<> Application::audit(const Call& call, const Match& match) const {
  if (call.route->options.audit.empty()) return {};
  Fields asked;
  for (const auto& [name, value] : call.query.rows()) {
    asked.set(name, name == kFreeText ? std::string("***") : base::beginning(value, 200));
  }
  std::string subject = loggable_path(match, call.request.path);
  if (const std::string query = asked.encode(); !query.empty()) subject += "?" + query;
  return flows::record_audit(call.access(),
                             {.actor = call.who.actor(),
                              .action = call.route->options.audit,
                              .subject = subject,
                              .detail = base::Json::object().set("request", call.request_id)});
}

void Application::finish(Response& response, const Call& call, const Match& match) const {
  const bool may_come_again = response.status == 429 || response.status == 503;
  if (may_come_again && !response.headers.has("Retry-After")) {
    response.headers.set(
        "Retry-After",
        std::to_string(call.retry_after_seconds > 0 ? call.retry_after_seconds : kRetrySeconds));
  }
  if (response.status == 405) response.headers.set("Allow", match.allowed);
  add_security_headers(response, web_.settings.is_https());
  response.headers.set("Date", http_date(web_.clock.now()));
  response.headers.set("X-Request-Id", call.request_id);
}

void Application::report(const Call& call, const Match& match, const Response& response,
                         base::Instant begin) const {
  const std::int64_t micros = web_.clock.now() - begin;
  const std::string_view route = match.route != nullptr ? match.route->path : "none";
  const std::string status = std::to_string(response.status);
  observe::metrics().count(observe::Metric::kHttpRequests, {route, status});
  observe::metrics().record_micros(observe::Metric::kHttpRequestSeconds, {route}, micros);
  // Subscribers' pages and providers' words that went well are many, and tell nothing that the
  // metrics do not.
  const Surface surface = surface_of(call.request.path);
  const bool is_news =
      (surface != Surface::kPage && surface != Surface::kHook) || response.status >= 400;
  observe::log(is_news ? observe::Level::kInfo : observe::Level::kDebug, "http_request",
               {{"request", call.request_id},
                {"method", to_text(call.request.method)},
                {"path", loggable_path(match, call.request.path)},
                {"status", response.status},
                {"micros", micros},
                {"peer", call.peer},
                {"actor", call.who.actor()}});
}

}  // namespace web
