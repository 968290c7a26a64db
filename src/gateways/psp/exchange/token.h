// Requests that carry a bearer token: fetched once, kept until shortly before it ends, fetched anew
// where the provider no longer takes it. A request that was refused for its token did nothing, so
// saying it again with a new one is safe.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "base/time/instant.h"
#include "gateways/psp/exchange/exchange.h"

namespace gateways {

class TokenClient {
 public:
  TokenClient(ports::HttpClient& http, const base::Clock& clock,
              std::function<ports::HttpRequest()> token_request)
      : http_(http), clock_(clock), token_request_(std::move(token_request)) {}

  // As gateways::ask(). Where there is no token: what the provider answered when asked for one.
  [[nodiscard]] base::Result<Answer> ask(ports::HttpRequest request);

 private:
  struct Token {
    std::string text;
    base::Instant until;
  };
  // Puts a token in place, if need be a new one. Its answer is good where there is one.
  [[nodiscard]] base::Result<Answer> renew();
  [[nodiscard]] std::string current() const;

  ports::HttpClient& http_;
  const base::Clock& clock_;
  std::function<ports::HttpRequest()> token_request_;
  mutable std::mutex mutex_;
  std::optional<Token> token_;
};

}  // namespace gateways
