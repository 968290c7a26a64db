// HttpClient: one request to somebody else's server.
//
// Whether a request reached the other side is part of the answer: before the first byte was sent
// nothing can have happened there; after it, anything can.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "base/result/result.h"

namespace ports {

struct HttpRequest {
  std::string method;  // GET, POST, PUT, PATCH, DELETE
  std::string url;     // https, or http to this machine in tests.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::milliseconds timeout{10'000};
  // Files of a client certificate (mTLS) and its key, and of the authority to trust; empty: none.
  std::string certificate, certificate_key, authority;
};

struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;  // Names in small letters.
  std::string body;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Errors: http_not_sent (surely nothing reached the server: name, connection or TLS failed),
  // http_no_answer (it may have), http_answer_too_large, http_bad_request (ours cannot be sent).
  // Safe to call from any thread.
  [[nodiscard]] virtual base::Result<HttpAnswer> send(const HttpRequest& request) = 0;
};

}  // namespace ports
