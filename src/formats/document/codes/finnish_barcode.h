// The digits of the Finnish bank bar code (pankkiviivakoodi), which are also typed or pasted as
// the "virtual" one.
//
// Source: Finanssiala, "Pankkiviivakoodi-opas"; docs: facts of section 5 of the bank formats.
// 54 digits. Version 4 carries a viitenumero, version 5 an RF reference whose body is digits:
//   version 1 | IBAN without FI 16 | euro 6 | cent 2 | version 4: 000, reference 20
//                                                    | version 5: RF check 2, body 21 | YYMMDD
// No amount and no day are zeros. Printed as Code 128 C (code128.h).
#pragma once

#include <string>

#include "formats/document/codes/payment_facts.h"

namespace formats::document::codes {

inline constexpr std::size_t kFinnishBarcodeDigits = 54;

// Takes fi_viite. Errors: those of payment_facts.h.
[[nodiscard]] base::Result<std::string> write_finnish_barcode_4(const PaymentFacts& facts);
// Takes fi_viite, fi_rf_viite and iso11649_rf. Errors: those of payment_facts.h.
[[nodiscard]] base::Result<std::string> write_finnish_barcode_5(const PaymentFacts& facts);

}  // namespace formats::document::codes
