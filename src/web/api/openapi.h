// The OpenAPI 3.1 document of the API, made from the tables of routes and schemas.
#pragma once

#include <span>

#include "base/text/json.h"
#include "web/route.h"

namespace web {

[[nodiscard]] base::Json openapi_document(std::span<const Route> table);

}  // namespace web
