// What the handlers of the API share: JSON answers, pages of a list, writes that happen once.
#pragma once

#include <functional>
#include <string>

#include "base/result/result.h"
#include "base/text/json.h"
#include "ports/store.h"
#include "web/call.h"
#include "web/http.h"
#include "web/route.h"

namespace web::api {

[[nodiscard]] Response json_response(int status, const base::Json& json);

// The two parameters of every list in pages.
inline constexpr Parameter kCursor = {"cursor", ParameterType::kText,
                                      "Where the page begins: `next` of the page before."};
inline constexpr Parameter kLimit = {"limit", ParameterType::kInteger,
                                     "How many items at most, 1 to 200; 50 where it is absent."};
inline constexpr std::size_t kPageDefault = 50;
inline constexpr std::size_t kPageMax = 200;

// Errors: bad_parameter.
[[nodiscard]] base::Result<std::size_t> page_limit(const Call& call);

// {"items": [...], "next": "..."}. `next` is left out where it is empty: the last page.
[[nodiscard]] Response page_response(base::Json items, const std::string& next);

// A page is read with one row more than it shows: that row says that another page follows.
template <class Row>
[[nodiscard]] bool drop_beyond(std::vector<Row>& rows, std::size_t limit) {
  if (rows.size() <= limit) return false;
  rows.resize(limit);
  return true;
}

// --- Writes that happen once (idempotent.cpp). The key is the header Idempotency-Key of the API,
// or the field of a console's form; repeated, the first answer is given again.
struct OnceAnswer {
  int status = 200;
  base::Json body;       // Null: none.
  std::string location;  // Where what was made is found; empty where nothing was.
};

// In one transaction with the work. Errors: idempotency_key_missing, bad_idempotency_key,
// idempotency_key_reused, and the work's.
[[nodiscard]] base::Result<OnceAnswer> once(
    const Call& call, const std::function<base::Result<OnceAnswer>(ports::Transaction&)>& work);
// For work that has transactions of its own. Where the process dies between the work and the
// answer's being stored, a repetition does the work again: it must see by itself that it is done.
[[nodiscard]] base::Result<OnceAnswer> once_with_own_transactions(
    const Call& call, const std::function<base::Result<OnceAnswer>()>& work);

[[nodiscard]] Response to_response(const OnceAnswer& answer);

}  // namespace web::api
