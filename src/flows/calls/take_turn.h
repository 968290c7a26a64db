// One turn of a call: what the caller did is heard, the one deed that follows is done, and where
// the call is now is kept.
//
// A request that comes again, because its answer was lost, finds the turn taken and gets the page
// of where the call is: nothing is done twice. A payment has the call and the turn as its key, so
// that a crash between paying and keeping the turn pays once. Who hangs up leaves nothing half
// done: a payment goes on by itself, and everything else was not begun.
#pragma once

#include <optional>
#include <string>

#include "base/result/result.h"
#include "domain/call/dialogue.h"
#include "flows/calls/call_bill.h"
#include "flows/calls/line.h"

namespace flows {

// A call that its platform names so: the same is the same call.
[[nodiscard]] domain::CallId call_of(std::string_view platform, std::string_view name);

struct CallRequest {
  domain::CallId call;
  std::string platform;   // twilio | vxml
  std::int64_t turn = 0;  // That the page was made for; 0: the call begins.
  // Of a call that begins: numbers with their plus; the caller's is empty where it is withheld.
  std::string caller, called;
  bool is_too_often = false;  // The caller is led to a person at once.
  domain::CallHeard heard;
  std::string card_token;  // Of CallSign::kCard; the provider's name for what it has taken.
};

struct CallAnswer {
  domain::Call call;
  std::optional<CallFacts> facts;  // Of its bill.
};

// How long a call may last; its pages are good no longer.
inline constexpr std::int64_t kCallMicrosMax = 2 * 3600 * base::kMicrosPerSecond;

// Errors: call_unknown (no such call, one of long ago, or a page that it has not come to), those of
// the store.
[[nodiscard]] base::Result<CallAnswer> take_turn(const CallTools& tools,
                                                 const CallRequest& request);

}  // namespace flows
