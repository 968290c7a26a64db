// Tells the operator's own systems of orders: each message of the outbox as one signed POST.
//
// A message has an id that stays the same however often it is sent: who hears it twice acts once.
// Whatever is not answered with 2xx is sent again, with gaps that grow (domain/order/telling.h). It
// is signed with a shared secret over time, id and body, so that an old one cannot be replayed.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "ports/http.h"
#include "ports/store.h"

namespace flows {

struct Listener {
  std::string url;  // Empty: nobody is told, and messages wait.
  std::string secret;
};

struct TellReport {
  std::int64_t sent = 0;
  std::int64_t to_repeat = 0;
  std::int64_t given_up = 0;
};

// "t=1700000000,v1=..." : HMAC-SHA256 of "TIME.ID.BODY" in hex.
[[nodiscard]] std::string telling_signature(std::string_view secret, base::Instant at,
                                            std::string_view id, std::string_view body);

// Those whose time has come, up to `limit`. Errors: those of the store.
[[nodiscard]] base::Result<TellReport> send_tellings(ports::Store& store, const base::Clock& clock,
                                                     ports::HttpClient& http,
                                                     const Listener& listener, std::size_t limit);

}  // namespace flows
