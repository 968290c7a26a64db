// /b/{token}/code: the bill's code for the telephone and the shop, with a barcode that a till's
// scanner reads. It is made when somebody asks for it, by a form: fewer codes are harder to guess.
#pragma once

#include "web/call.h"
#include "web/http.h"

namespace web::bill {

[[nodiscard]] Response show_code(const Call& call);
[[nodiscard]] Response make_code(const Call& call);

}  // namespace web::bill
