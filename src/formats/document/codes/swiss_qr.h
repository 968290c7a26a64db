// The text of the Swiss QR code of a bill, and the cross in its middle.
//
// Source: SIX, "Swiss Implementation Guidelines QR-bill", version 2.x (payload 0200): lines that
// end with LF, in a fixed order; empty ones stand for what is not said. Addresses are structured
// ("S"; combined ones end in November 2025). A QR-IBAN (institution 30000 to 31999) goes with a QR
// reference and with nothing else; another IBAN with an RF reference (SCOR) or none (NON), where a
// plain reference stands in the message. The symbol is 46 mm wide, its error correction M.
#pragma once

#include <array>
#include <string>

#include "formats/document/codes/payment_facts.h"

namespace formats::document::codes {

inline constexpr int kSwissQrVersionMax = 25;

// Takes ch_qrr_esr, iso11649_rf, plain and none; CHF or EUR; IBANs of CH and LI.
// Errors: those of payment_facts.h (code_wrong_text: missing, too long or in letters that the code
// does not take; place: payee_name, payee_address, payer_name, payer_address, message).
[[nodiscard]] base::Result<std::string> write_swiss_qr(const PaymentFacts& facts);

// What lies over the middle of the symbol, drawn in this order, in hundredths of a millimetre from
// its upper left corner: a dark square with a light edge, and in it the light cross.
struct SwissCrossPart {
  int left = 0, top = 0, width = 0, height = 0;
  bool is_dark = false;
};
inline constexpr int kSwissQrSide = 4'600;
[[nodiscard]] std::array<SwissCrossPart, 4> swiss_cross();

}  // namespace formats::document::codes
