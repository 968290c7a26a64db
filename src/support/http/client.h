// CurlClient: ports::HttpClient by libcurl.
//
// Each request has a connection of its own: one that is used again would let libcurl say a request
// twice when the other side hangs up. Certificates and names are always checked, TLS is 1.2 or
// newer, no redirect is followed, no proxy, cookie or .netrc of the machine is used, and http
// without TLS goes to this machine only. Neither headers nor bodies get into an error's text.
#pragma once

#include <cstddef>

#include "ports/http.h"

namespace http {

inline constexpr std::size_t kAnswerBytesMax = 4U << 20;
inline constexpr std::size_t kAnswerHeaderBytesMax = 64U << 10;

class CurlClient final : public ports::HttpClient {
 public:
  CurlClient();
  // Errors: those of the port; http_bad_request also where a certificate cannot be read.
  [[nodiscard]] base::Result<ports::HttpAnswer> send(const ports::HttpRequest& request) override;
};

}  // namespace http
