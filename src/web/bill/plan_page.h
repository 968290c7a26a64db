// /b/{token}/plan: pay the bill of a link in parts (R83): choose in how many, see the days and
// amounts, agree; then see what of them is paid.
//
// What can be chosen is what operator and law allow for this bill now, asked again in the
// transaction that keeps the plan. A change is shown first, sent a second time to be kept, limited
// in pace, and kept once for the key of its form. No script; there is no cookie to be misused.
#pragma once

#include "web/call.h"
#include "web/http.h"

namespace web::bill {

[[nodiscard]] Response show_plan(const Call& call);
[[nodiscard]] Response take_plan(const Call& call);

}  // namespace web::bill
