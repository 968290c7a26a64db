// /b/{token}/debit: agree to direct debit, see the mandate and the next debit, and end it (R24).
//
// Offered where the operator has agreed on the bill's scheme with a bank. The words that are agreed
// to are shown whole; what is kept as proof is their hash and version, the time, the address and
// program of the request, and that the bill's link was how we knew the customer. AvtaleGiro is
// agreed to at the payer's bank, and the page says how. No script.
#pragma once

#include "web/call.h"
#include "web/http.h"

namespace web::bill {

[[nodiscard]] Response show_debit(const Call& call);
// Agrees, or ends the mandate; the answer leads to show_debit(), or is the form with what is wrong.
[[nodiscard]] Response change_debit(const Call& call);

}  // namespace web::bill
