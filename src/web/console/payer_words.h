// What a payment may be for, in words: each reason of a suggestion as a sentence of the catalogue.
#pragma once

#include <string>

#include "flows/payments/find_payers.h"
#include "support/locale/catalogue.h"

namespace web::console {

[[nodiscard]] std::string reason_words(const locale::Catalogue& texts, locale::Language language,
                                       const domain::matching::PayerReason& reason);
// "Invoice A1042, Anna Ek": for what it would be.
[[nodiscard]] std::string suggestion_words(const locale::Catalogue& texts,
                                           locale::Language language,
                                           const flows::PayerSuggestion& suggestion);
// "99.99% likely": two places, never rounded up to certainty.
[[nodiscard]] std::string probability_words(const locale::Catalogue& texts,
                                            locale::Language language, std::int64_t millionths);

}  // namespace web::console
