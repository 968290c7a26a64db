// Signing in and out of the console.
#include "flows/access/sign_in.h"

#include <algorithm>

#include "domain/access/credentials.h"
#include "web/console/handlers.h"
#include "web/console/page.h"
#include "web/console/session_cookie.h"

namespace web::console {
namespace {

// Where to go after signing in: back to where somebody was sent away from, but never out of the
// console, whatever the address said.
std::string safe_next(std::string_view next) {
  const bool ours =
      next == "/console" || next.starts_with("/console/") || next.starts_with("/console?");
  return std::string(ours ? next : "/console");
}

base::Result<Response> form_page(const Call& call, std::string_view next, std::string problem) {
  const bool https = call.web.settings.is_https();
  std::string token = read_cookie(call.request, Cookie::kForm, https);
  if (token.empty()) token = crypto::random_token(call.web.random, "form:" + call.request_id);
  Page page{.name = "console/sign-in",
            .title = say(call, "console.sign_in.title"),
            .status = problem.empty() ? 200 : 403,
            .form_token = token};
  page.values.set("problem", std::move(problem))
      .set("next", std::string(next))
      .set("login", call.form.text("login").substr(0, domain::kLoginLengthMax));
  Response response = TRY(render_page(call, std::move(page)));
  set_cookie(response, Cookie::kForm, token, https);
  return response;
}

// Whether this peer and this login may try once more; a login counts whether or not it exists.
bool may_try(const Call& call, std::string_view login) {
  const base::Instant now = call.web.clock.now();
  const auto normal = domain::normalise_login(login);
  const bool peer_may = call.guards.sign_ins_of_peer.take(peer_key(call.peer), now) == 0;
  const bool login_may = call.guards.sign_ins_of_login.take(normal ? *normal : "", now) == 0;
  return peer_may && login_may;
}

base::Result<flows::SignedIn> check_password(const Call& call) {
  if (!call.guards.password_checks.try_acquire()) {
    return base::fail("too_many_requests", "many people sign in right now; try again in a second");
  }
  auto signed_in = flows::sign_in(call.access(), call.form.text("login"),
                                  call.form.text("password"), call.web.settings.session_micros);
  call.guards.password_checks.release();
  return signed_in;
}

}  // namespace

base::Result<Response> show_sign_in(const Call& call) {
  const std::string next = safe_next(call.query.text("next"));
  if (call.who.kind == flows::Identity::Kind::kSession) return see_other(next);
  return form_page(call, next, "");
}

base::Result<Response> sign_in(const Call& call) {
  const std::string next = safe_next(call.form.text("next"));
  if (!may_try(call, call.form.text("login"))) {
    return form_page(call, next, say(call, "console.sign_in.locked"));
  }
  const auto signed_in = check_password(call);
  if (!signed_in) {
    if (signed_in.error().code != "sign_in_refused") return std::unexpected(signed_in.error());
    return form_page(call, next,
                     say(call, "console.sign_in.wrong") + " " + say(call, "console.sign_in.wait"));
  }
  Response response = see_other(next);
  set_cookie(response, Cookie::kSession, signed_in->token, call.web.settings.is_https());
  clear_cookie(response, Cookie::kForm, call.web.settings.is_https());
  return response;
}

base::Result<Response> sign_out(const Call& call) {
  const bool https = call.web.settings.is_https();
  TRY(flows::sign_out(call.access(), read_cookie(call.request, Cookie::kSession, https)));
  Response response = see_other("/console/sign-in");
  clear_cookie(response, Cookie::kSession, https);
  return response;
}

}  // namespace web::console
