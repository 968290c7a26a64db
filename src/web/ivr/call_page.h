// CallPage: what is said to a caller and listened for, with its addresses: the one thing that TwiML
// and VoiceXML are written from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/call/dialogue.h"
#include "flows/calls/call_words.h"
#include "support/locale/language.h"

namespace web::ivr {

struct CallPage {
  locale::Language language = locale::Language::kEnglish;
  std::vector<flows::SpokenLine> lines;
  domain::CallAsk ask = domain::CallAsk::kNothing;
  // Whole addresses: what was heard, what a provider made of a card, that the caller has gone.
  std::string next, card, ended;
  std::string agent;  // "+46770000000", of kAgent.
  // Of kCard: who asks for the card, for whom, and in which currency.
  std::string connector, payer, currency;
};

// How voices and ears are told the language: "sv-SE".
[[nodiscard]] std::string_view voice_of(locale::Language language);

// How long nothing is said before it is silence, and how long a page waits before it goes on.
inline constexpr std::string_view kSilenceSeconds = "6";
inline constexpr std::string_view kWaitSeconds = "3";

}  // namespace web::ivr
