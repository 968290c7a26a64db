// Where no telephone platform is set up: the rows of the table of routes lead here. Where one is,
// Telephone answers before the application does.
#pragma once

#include "base/result/result.h"
#include "web/call.h"
#include "web/http.h"

namespace web::ivr {

// Errors: telephone_not_set_up, always.
[[nodiscard]] base::Result<Response> not_set_up(const Call& call);

}  // namespace web::ivr
