// Norma 43 (Cuaderno 43): statements of Spanish accounts. Specification: CSB, "Cuaderno 43",
// June 2012; fields: README.md.
//
// Records of 80 columns. What banks write into the concepts (23) differs from bank to bank, so
// they are text here: remittance lines.
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace formats::bank::norma43 {

[[nodiscard]] bool claims(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace formats::bank::norma43
