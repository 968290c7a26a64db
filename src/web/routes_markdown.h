// docs/reference/routes.md, written from the table of routes.
#pragma once

#include <string>

namespace web {

[[nodiscard]] std::string routes_markdown();

}  // namespace web
