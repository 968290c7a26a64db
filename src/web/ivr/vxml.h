// A page of a call in VoiceXML 2.1 (W3C), for an operator's own telephone platform: one form that
// says, listens by a built-in grammar, and submits what it heard. Silence and what is no answer are
// submitted, too: the dialogue is here, not in the platform.
#pragma once

#include <string>
#include <string_view>

#include "web/ivr/call_page.h"

namespace web::ivr {

[[nodiscard]] std::string write_vxml(const CallPage& page);
// The first page: it tells us who calls, and whom.
[[nodiscard]] std::string write_vxml_start(std::string_view next);

}  // namespace web::ivr
