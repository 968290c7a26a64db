// A small reader of our own OpenAPI document for tests: does an answer fit the schema that the
// document promises? It knows the keywords that we use and refuses all others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.h"

namespace tests {

// Everything in `value` that does not fit `schema`, as "/pointer: why".
[[nodiscard]] std::vector<std::string> misfits(const base::Json& document, const base::Json& schema,
                                               const base::Json& value);

// The schema that a successful answer of the operation has; null where the document has none.
[[nodiscard]] const base::Json& answer_schema(const base::Json& document, std::string_view method,
                                              std::string_view path);

// Every "$ref" of the document that leads nowhere.
[[nodiscard]] std::vector<std::string> dangling_references(const base::Json& document);

}  // namespace tests
