// What stands on the paper of an invoice or credit note, in one language: the words and figures
// that formats/document/pdf lays out. Made from the document alone, so that the same document
// gives the same paper for ever; only the address of the bill's page comes from outside.
#pragma once

#include <string_view>

#include "domain/billing/invoice.h"
#include "formats/document/pdf/paper_texts.h"
#include "support/locale/catalogue.h"

namespace flows::compose {

// `page_url`, whole, is what the code on the paper opens; empty: no such code. In euro, a second
// code carries the transfer. The texts borrow `catalogue`.
[[nodiscard]] formats::document::pdf::PaperTexts paper_texts(const domain::Invoice& paper,
                                                             const locale::Catalogue& catalogue,
                                                             locale::Language language,
                                                             std::string_view page_url);

// The language of a paper: its buyer's, or English where we do not have that.
[[nodiscard]] locale::Language paper_language(const domain::Invoice& paper);

}  // namespace flows::compose
