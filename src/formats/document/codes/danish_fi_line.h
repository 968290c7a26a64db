// The code line of a Danish payment slip (FI-kort): "+71<000000012345674+81234567<".
//
// Source: "Det Faelles IndbetalingsSystem"; the public proof is thin (facts of section 7 of the
// bank formats), so no check digit is asked of the creditor's number. By the type of the slip the
// payment id has 15 or 16 digits, the last by modulo 10, or there is none and the payer writes:
//   71: 15 digits, 75: 16, 73: none, to a creditor number of 8 digits;
//   04 and 15: 16 digits, 01: none, to a giro number of 7 or 8 digits.
#pragma once

#include <string>

#include "formats/document/codes/payment_facts.h"

namespace formats::document::codes {

enum class DanishSlip { k01, k04, k15, k71, k73, k75 };

// A type without an id refuses a reference. The reference of dk_fik71 serves those of 16 digits
// too, with a zero before it: it changes no check digit.
// Errors: those of payment_facts.h but of amounts: the line carries none.
[[nodiscard]] base::Result<std::string> write_danish_fi_line(const PaymentFacts& facts,
                                                             DanishSlip slip);

}  // namespace formats::document::codes
