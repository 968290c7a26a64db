// ReceiptTexts: everything that stands on a till's receipt, as ready texts in one language. Who
// makes them knows what was paid (flows/tills); who lays them out knows the roll and the type.
#pragma once

#include <string>
#include <vector>

#include "formats/document/pdf/paper_texts.h"

namespace formats::document::pdf {

struct ReceiptRow {
  std::string what;  // "Faktura A1000123"
  std::string sum;
  std::vector<std::string> notes = {};  // Smaller, below it.
};

struct ReceiptTexts : FileFacts {
  std::string kind;                 // "Kvitto"
  std::vector<std::string> seller;  // Its name, and lines below it.
  std::vector<LabelledText> facts;  // Number, time, who took it.
  std::vector<ReceiptRow> rows;
  LabelledText total;              // By what it was paid, and how much.
  std::vector<LabelledText> paid;  // Received and change, or the card.
  std::vector<std::string> closing;
  bool is_narrow = false;  // On a roll of 58 mm; else of 80 mm.
};

}  // namespace formats::document::pdf
