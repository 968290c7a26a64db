#include "formats/document/pdf/paper_fonts.h"

namespace formats::document::pdf {

base::Result<PaperFonts> PaperFonts::load(const FontBytes& bytes) {
  FontFile regular = TRY(FontFile::load("Inter-Regular", bytes.regular));
  FontFile bold = TRY(FontFile::load("Inter-SemiBold", bytes.bold));
  FontFile fallback = TRY(FontFile::load("DejaVuSans", bytes.fallback));
  Deflater deflater(Effort::kSmall);
  BaseFont base_regular = TRY(BaseFont::make(regular, CharacterSet::kText, deflater));
  BaseFont base_bold = TRY(BaseFont::make(bold, CharacterSet::kHeadings, deflater));
  auto parts =
      std::make_unique<Parts>(Parts{{std::move(regular), std::move(bold), std::move(fallback)},
                                    std::move(base_regular),
                                    std::move(base_bold)});
  parts->base_regular.refer_to(parts->files[0]);
  parts->base_bold.refer_to(parts->files[1]);
  return PaperFonts(std::move(parts));
}

}  // namespace formats::document::pdf
