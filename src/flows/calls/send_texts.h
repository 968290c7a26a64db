// Sends the text messages that wait in the outbox, and hears what became of them.
//
// A message is leased, and so kept as begun, before its provider hears of it; nothing is sent
// inside a transaction. A second try first looks whether the first one arrived, since providers of
// text messages know no key of ours. How it ended stands with the account's events.
#pragma once

#include <string>

#include "flows/calls/link_message.h"
#include "ports/text_sender.h"

namespace flows {

// Both outlive it.
struct TextTools {
  const CallTools& calls;
  ports::TextSender& sender;
};

struct TextReport {
  std::int64_t sent = 0;
  std::int64_t to_repeat = 0;
  std::int64_t given_up = 0;
};
// Those whose time has come, up to `limit`. Errors: those of the store.
[[nodiscard]] base::Result<TextReport> send_texts(const TextTools& tools, std::size_t limit);

// Where the provider tells what became of a message: its path and query.
inline constexpr std::string_view kTextWordPath = "/texts/";
struct TextWord {
  domain::OutboxId message;
  domain::AccountId account;
};
[[nodiscard]] std::string text_word_path(std::string_view sender, const TextWord& word);
// A word that its sender has signed for. Told again it changes nothing. Errors: those of the store.
[[nodiscard]] base::Result<> take_text_word(ports::Store& store, const base::Clock& clock,
                                            std::string_view sender, const TextWord& word,
                                            const ports::TextOutcome& outcome);

}  // namespace flows
