// Where everything stands on an A4 page of an invoice or credit note, and where pages break.
//
// The first page: head, address in the window, facts, what to remember, lines; the payment slip
// at its foot. Then lines, each page with what it carries from the one before and to the next;
// sums stand whole behind the last line. A text that is too long goes on in the next line; one of
// more than kLinesMax lines ends in an ellipsis (the document has it all).
#pragma once

#include <string>
#include <vector>

#include "formats/document/pdf/paper_texts.h"
#include "formats/document/pdf/typesetter.h"

namespace formats::document::pdf {

inline constexpr std::size_t kLinesMax = 8;

// The content stream of each page. Its fonts are /F1 and on, its logo /Logo.
[[nodiscard]] std::vector<std::string> lay_out(const PaperTexts& paper, Typesetter& typesetter);

}  // namespace formats::document::pdf
