// PaperPrinter: an invoice, credit note or receipt as a PDF file (ISO 32000-1, version 1.7).
//
// What all papers share (catalogue by language, fonts, logo, resources) is serialised once; a
// paper adds its pages, its title and its id. The same texts give the same bytes: no clock, no
// chance. Nothing is referred to outside the file. One thread at a time; the fonts are shared.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "formats/document/pdf/deflate.h"
#include "formats/document/pdf/paper_fonts.h"
#include "formats/document/pdf/paper_texts.h"
#include "formats/document/pdf/receipt_texts.h"
#include "formats/document/pdf/typesetter.h"

namespace formats::document::pdf {

struct PrintedPaper {
  std::string bytes;
  int pages = 0;
  std::string missing;  // Characters that no font has; an empty square stands for each.
};

class PaperPrinter {
 public:
  explicit PaperPrinter(const PaperFonts& fonts);

  // Errors: bad_font.
  [[nodiscard]] base::Result<PrintedPaper> print(const PaperTexts& paper);
  // On a piece of the till's roll, as long as its texts. Errors: bad_font.
  [[nodiscard]] base::Result<PrintedPaper> print(const ReceiptTexts& receipt);

 private:
  // The pages of a file, each as large, by the content streams that draw them.
  struct Sheets {
    std::vector<std::string> contents;
    Length width, height;
  };
  // Bytes with the places of the objects in them.
  struct Constant {
    std::string bytes;
    std::vector<std::pair<int, std::size_t>> offsets;
  };
  [[nodiscard]] const Constant& constant(const std::string& language);
  [[nodiscard]] base::Result<PrintedPaper> write(const FileFacts& facts, const Sheets& sheets,
                                                 const Typesetter& typesetter);

  const PaperFonts& fonts_;
  Deflater deflater_;
  std::map<std::string, Constant> constants_;  // By language.
};

}  // namespace formats::document::pdf
