// The code line of a Norwegian giro: KID, amount, check digit and account, behind the mark H.
//
// Source: the banks' rules for OCR giro as creditors' guides tell them (no paper of the banks'
// could be had): KID to the right of 25 places; kroner, two blanks, ore; the check digit, modulo
// 10 over both, in the middle of "<   >"; two blanks; the account's 11 digits. The number of the
// form behind it is printed by whoever makes forms; a bill has none.
// A KID whose control is the hyphen of modulo 11 stands as it is.
#pragma once

#include <string>

#include "formats/document/codes/payment_facts.h"

namespace formats::document::codes {

// Takes no_kid_mod10 and no_kid_mod11; pays to the account of a Norwegian IBAN.
// Errors: those of payment_facts.h.
[[nodiscard]] base::Result<std::string> write_norwegian_kid_line(const PaymentFacts& facts);

}  // namespace formats::document::codes
