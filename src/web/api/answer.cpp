#include "web/api/answer.h"

#include <charconv>

namespace web::api {

Response json_response(int status, const base::Json& json) {
  Response response{.status = status, .body = json.dump()};
  response.headers.set("Content-Type", "application/json");
  return response;
}

base::Result<std::size_t> page_limit(const Call& call) {
  const std::string* text = call.query.find(kLimit.name);
  if (text == nullptr) return kPageDefault;
  std::size_t limit = 0;
  std::from_chars(text->data(), text->data() + text->size(), limit);
  if (limit < 1 || limit > kPageMax) {
    return base::fail("bad_parameter", "a page has 1 to 200 items", "limit");
  }
  return limit;
}

Response page_response(base::Json items, const std::string& next) {
  base::Json page = base::Json::object().set("items", std::move(items));
  if (!next.empty()) page.set("next", next);
  return json_response(200, page);
}

Response to_response(const OnceAnswer& answer) {
  Response response = answer.body.is_null() ? Response{.status = answer.status}
                                            : json_response(answer.status, answer.body);
  if (!answer.location.empty()) response.headers.set("Location", answer.location);
  return response;
}

}  // namespace web::api
