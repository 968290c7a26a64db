// Text messages by Twilio's Messages API (2010-04-01): forms in, JSON out, Basic authentication.
//
// Twilio knows no key of ours, so that what was not answered is looked for among the messages to
// that number. Its filter by day of sending is not used: what still waits there has no such day.
// What became of a message it tells our callback, signed with the account's token. Its codes:
// docs/texts.md.
#pragma once

#include "channels/text/registry.h"

namespace channels::twilio {

[[nodiscard]] const TextKind& kind();

// What an error code means for the message. (Of answers and of callbacks.)
[[nodiscard]] ports::TextState classify(std::int64_t code);

}  // namespace channels::twilio
