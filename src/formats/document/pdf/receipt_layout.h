// A receipt on a till's roll: one column from the seller's name to the thanks, as long as it needs.
// What stands on the right is kept whole; a label that is too long beside it goes on below itself.
#pragma once

#include <string>

#include "formats/document/pdf/receipt_texts.h"
#include "formats/document/pdf/typesetter.h"

namespace formats::document::pdf {

// The sheet is the upper left corner of the canvas.
struct LaidReceipt {
  std::string content;
  Length width = 0, height = 0;
};

[[nodiscard]] LaidReceipt lay_out_receipt(const ReceiptTexts& receipt, Typesetter& typesetter);

}  // namespace formats::document::pdf
