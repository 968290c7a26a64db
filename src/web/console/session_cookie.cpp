#include "web/console/session_cookie.h"

namespace web {

std::string cookie_name(Cookie cookie, bool https) {
  std::string name = https ? "__Host-telgiro_" : "telgiro_";
  name += cookie == Cookie::kSession ? "session" : "form";
  return name;
}

std::string read_cookie(const Request& request, Cookie cookie, bool https) {
  return request.cookie(cookie_name(cookie, https));
}

void set_cookie(Response& response, Cookie cookie, std::string_view value, bool https) {
  std::string text = cookie_name(cookie, https) + "=";
  text += value;
  text += "; Path=/; HttpOnly; SameSite=Strict";
  if (https) text += "; Secure";
  response.headers.add("Set-Cookie", text);
}

void clear_cookie(Response& response, Cookie cookie, bool https) {
  std::string text = cookie_name(cookie, https) + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict";
  if (https) text += "; Secure";
  response.headers.add("Set-Cookie", text);
}

}  // namespace web
