// The catalogue as the operator writes it, operators/<code>/catalogue.toml: everything that is
// sold, with names and dated prices (docs/guides/catalogue.md). It may stand in several files,
// which are read one by one and checked together.
#pragma once

#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/catalogue/catalogue.h"

namespace formats {

// `file` is what errors call it. Errors, place "file: member": missing_member, unknown_member,
// bad_member, and those of PriceModel::make. What the items say of one another is not looked at.
[[nodiscard]] base::Result<std::vector<domain::CatalogueItem>> read_catalogue_items(
    const base::Json& json, std::string_view file);

// A catalogue of one file. Errors: those above and of Catalogue::make.
[[nodiscard]] base::Result<domain::Catalogue> read_catalogue_file(const base::Json& json,
                                                                  std::string_view file);

}  // namespace formats
