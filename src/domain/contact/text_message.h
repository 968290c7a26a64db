// What a text message (SMS) holds, and when one is tried again.
//
// In the letters of GSM 03.38 a message has 160 places, in any other (UCS-2) 70; what is longer
// goes in parts of 153 and 67, each of which costs like one. So what a telephone shows the same is
// written with the letters that it has. From: 3GPP TS 23.038 and 23.040.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

struct TextLength {
  bool is_gsm = true;       // Every letter is one of GSM 03.38.
  std::int64_t places = 0;  // That it takes: brackets and the euro take two.
  std::int64_t parts = 0;
};
// Of UTF-8; what is none counts as one foreign letter a byte.
[[nodiscard]] TextLength text_length(std::string_view text);

// With plain blanks, quotes and dashes where typographic ones stood.
[[nodiscard]] std::string plain_text(std::string_view text);

// After so many tries; nothing: it is given up, since whoever asked for it has hung up for long.
// `asked_for`: the wait that the sender's provider wants, 0 where it said none.
[[nodiscard]] std::optional<std::int64_t> text_gap_micros(std::int64_t tries,
                                                          std::int64_t asked_for_seconds);

}  // namespace domain
