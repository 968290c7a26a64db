// Errors as the web tells them: which HTTP status a code has, and the problem document of the API
// (RFC 9457).
#pragma once

#include <span>
#include <string_view>

#include "base/result/result.h"
#include "web/http.h"

namespace web {

struct CodeStatus {
  std::string_view code;
  int status;
};
[[nodiscard]] std::span<const CodeStatus> code_statuses();

// What a code is for a client. A code without a row is a failure of ours: 500, and the client
// learns nothing but the request's id.
[[nodiscard]] int status_of(std::string_view code);

struct ProblemDetails {
  std::string_view request_id;
  // Everything that is wrong with a request's body; the place of each is a JSON pointer.
  std::span<const base::Error> errors = {};
};
[[nodiscard]] Response problem_response(const base::Error& error, const ProblemDetails& details);

}  // namespace web
