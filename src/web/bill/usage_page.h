// /b/{token}/usage: each call, message and connection behind the usage lines of a bill (R07).
//
// A table for each service and month, a hundred rows a page, with links that need no script. A
// row has a price only where its rows come to exactly what the bill charges for the item, and is
// called included where the allowance covered all of them; else the bill alone knows. Without
// full detail the address is unknown. Last digits of numbers are hidden before they get here.
#pragma once

#include "web/call.h"
#include "web/http.h"

namespace web::bill {

[[nodiscard]] Response show_usage(const Call& call);

}  // namespace web::bill
