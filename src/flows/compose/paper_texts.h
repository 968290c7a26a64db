// What stands on the paper of an invoice or credit note, in one language: the words and figures
// that formats/document/pdf lays out. Made from the document alone, so that the same document
// gives the same paper for ever; only the doors to the live bill come from outside.
#pragma once

#include <string_view>

#include "domain/billing/invoice.h"
#include "formats/document/pdf/paper_texts.h"
#include "support/locale/catalogue.h"

namespace flows::compose {

// What leads from a paper to the live bill; each is left out where it is empty.
struct PaperDoors {
  std::string_view page_url = {};  // Whole; the code on the paper opens it.
  std::string_view spoken = {};    // The bill's code for the telephone and the till, as shown.
};

// In euro, a second code carries the transfer. The texts borrow `catalogue`.
[[nodiscard]] formats::document::pdf::PaperTexts paper_texts(const domain::Invoice& paper,
                                                             const locale::Catalogue& catalogue,
                                                             locale::Language language,
                                                             const PaperDoors& doors);

// The language of a paper: its buyer's, or English where we do not have that.
[[nodiscard]] locale::Language paper_language(const domain::Invoice& paper);

}  // namespace flows::compose
