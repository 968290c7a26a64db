// The words of a mandate as the payer is shown them, or hears them on the telephone: to whom, by
// which number, what may be drawn, how long before one is told, and what can be had back (R24).
//
// The same words are hashed into the proof of consent, with the version under which they can be
// made again.
#pragma once

#include <string>
#include <vector>

#include "flows/collections/sign_up.h"
#include "web/bill/words.h"

namespace web::bill {

struct MandateText {
  std::vector<std::string> paragraphs;
  std::string version;  // "sepa_core/2026-11/sv"
  std::string sha256;   // Of the paragraphs, one a line; hex.
};
[[nodiscard]] MandateText mandate_text(const flows::DebitOffer& offer,
                                       const std::string& creditor_name, const Words& words,
                                       locale::Language language);

// "Autogiro": the same in each language.
[[nodiscard]] std::string_view scheme_name(domain::MandateScheme scheme);
// A creditor's number as people write it: "5050-1055".
[[nodiscard]] std::string creditor_words(domain::MandateScheme scheme, const std::string& creditor);

}  // namespace web::bill
