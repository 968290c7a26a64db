// A page of a call in TwiML, the words that Twilio's voices follow: Say, Gather, Pay, Pause,
// Redirect, Dial and Hangup. Whatever the caller does, or does not, leads on to an address of ours
// or ends the call.
#pragma once

#include <string>

#include "web/ivr/call_page.h"

namespace web::ivr {

[[nodiscard]] std::string write_twiml(const CallPage& page);

}  // namespace web::ivr
