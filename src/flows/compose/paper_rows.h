// The lines of a paper as rows of its table: what is fixed and what is extra apart (R12), each
// service by itself, what an allowance covers after what costs something.
#pragma once

#include <vector>

#include "domain/billing/invoice.h"
#include "flows/compose/words.h"
#include "formats/document/pdf/paper_texts.h"

namespace flows::compose {

// Amounts and prices are with VAT where `with_vat` says so; they add up to the paper's sums.
[[nodiscard]] std::vector<formats::document::pdf::PaperRow> paper_rows(const domain::Invoice& paper,
                                                                       bool with_vat,
                                                                       const Words& words);

}  // namespace flows::compose
