// The cookies of the console: the session, and the token of the sign-in form, which has none yet.
//
// On https their names begin with __Host-, which browsers take only with Secure, for this host and
// for all of it.
#pragma once

#include <string>
#include <string_view>

#include "web/http.h"

namespace web {

enum class Cookie { kSession, kForm };

[[nodiscard]] std::string cookie_name(Cookie cookie, bool https);
// "" where the request has none.
[[nodiscard]] std::string read_cookie(const Request& request, Cookie cookie, bool https);
// HttpOnly and SameSite=Strict, until the browser is closed.
void set_cookie(Response& response, Cookie cookie, std::string_view value, bool https);
void clear_cookie(Response& response, Cookie cookie, bool https);

}  // namespace web
