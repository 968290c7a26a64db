// What a line of an invoice says of itself, in the words of one language: when, how much, what
// kind. The page of a bill and the paper say the same.
#pragma once

#include <string>
#include <string_view>

#include "domain/billing/invoice.h"
#include "flows/compose/words.h"

namespace flows::compose {

// "November", "12 – 30 November, 19 of 30 days", "22 October".
[[nodiscard]] std::string period_words(const domain::InvoiceLine& line, const Words& words);
// "discount"; empty for what needs no word.
[[nodiscard]] std::string kind_words(domain::LineKind kind, const Words& words);
// How much was used, to two places: "12,5 min", "0,84 GB"; empty for a unit without words.
[[nodiscard]] std::string used_words(base::Decimal quantity, std::string_view unit,
                                     const Words& words);
// What an allowance covers is named, so that nothing on the bill looks forgotten.
[[nodiscard]] bool is_included(const domain::InvoiceLine& line);

}  // namespace flows::compose
