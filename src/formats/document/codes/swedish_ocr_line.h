// The line at the foot of a Swedish payment slip that machines and bank apps read.
//
// Columns as the giro banks have them ("Total-IN", section OCR; checked against two programs that
// print it, not against a paper of the banks):
//   # reference, 25 to the right | #kronor, 8 to the right | ore, 2 | check digit | > giro | #type#
// The check digit is modulo 10 over kronor and ore. Type 41 is a bankgiro, 14 a plusgiro. Without
// an amount its columns are blank, and the payer fills it in. Blanks at the end are left away.
#pragma once

#include <string>

#include "formats/document/codes/payment_facts.h"

namespace formats::document::codes {

// Takes se_ocr_luhn and se_ocr_luhn_length; pays to the bankgiro, else to the plusgiro.
// Errors: those of payment_facts.h.
[[nodiscard]] base::Result<std::string> write_swedish_ocr_line(const PaymentFacts& facts);

}  // namespace formats::document::codes
