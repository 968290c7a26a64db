// The catalogue as the operator writes it, operators/<code>/catalogue.toml: plans, one-offs and
// campaigns with names and dated prices (docs/guides/catalogue.md).
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/catalogue/catalogue.h"

namespace formats {

// `file` is what errors call it. Errors, place "file: member": missing_member, unknown_member,
// bad_member, and those of Catalogue::make.
[[nodiscard]] base::Result<domain::Catalogue> read_catalogue_file(const base::Json& json,
                                                                  std::string_view file);

}  // namespace formats
