// The text message with the link to a bill that a caller asked for: a row in the outbox, written
// with the turn of the call, that the sender of text messages makes words of and sends.
//
// The row names call, bill and language and no more: the number is kept sealed with the call, and
// the link, which opens the bill, is made again from the key when the message goes out
// (send_texts.h).
#pragma once

#include <string>

#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/ids.h"
#include "flows/calls/line.h"

namespace flows {

inline constexpr std::string_view kLinkMessageTopic = "bill_link_message";

struct LinkMessage {
  domain::CallId call;
  domain::AccountId account;
  domain::BillId bill;
  std::string to;        // "+46701234567"
  std::string language;  // "sv"
  std::string brand;
  base::Money sum;
};

// Makes the link, so that it opens the bill; the same call again has the same link. Errors: those
// of create_link.
[[nodiscard]] base::Result<> make_link(const CallTools& tools, const LinkMessage& message);
// In the caller's transaction, once for a call.
[[nodiscard]] base::Result<> queue_link(ports::Transaction& transaction, const LinkMessage& message,
                                        base::Instant now);

struct TextMessage {
  std::string to, text;
};
// Number and words of such a row, or of one of send_link.h, for who sends it. Errors: call_unknown,
// no_phone_number, and those of the store.
[[nodiscard]] base::Result<TextMessage> text_of_link_message(const CallTools& tools,
                                                             const base::Json& payload);

}  // namespace flows
