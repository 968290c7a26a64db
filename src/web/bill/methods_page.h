// /b/{token}/methods: the ways to pay that the customer of a bill let us keep, and to take that
// back: forget one, or have bills charged to it no longer.
//
// A link may be on paper, so only what takes something back is done here; to have bills charged is
// chosen where a payment is approved at its provider (pay_page.h). Limited in pace.
#pragma once

#include "web/call.h"
#include "web/http.h"

namespace web::bill {

[[nodiscard]] Response show_methods(const Call& call);
[[nodiscard]] Response change_methods(const Call& call);

}  // namespace web::bill
