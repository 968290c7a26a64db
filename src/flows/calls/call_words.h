// What a call says, in words for a voice: each sentence in its language.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "flows/calls/take_turn.h"

namespace flows {

struct SpokenLine {
  locale::Language language = locale::Language::kEnglish;
  std::string text;
};

// What is said and then asked, in order. Errors: those of the store (whose name is said).
[[nodiscard]] base::Result<std::vector<SpokenLine>> words_of_call(const CallTools& tools,
                                                                  const CallAnswer& answer);

// "etthundrafemtio kronor och femtio öre"
[[nodiscard]] std::string spoken_money(const locale::Catalogue& texts,
                                       const locale::Speakers& speakers, locale::Language language,
                                       base::Money amount);

}  // namespace flows
