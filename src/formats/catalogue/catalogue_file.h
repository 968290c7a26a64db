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

// What stands in one file. What the items say of one another is not looked at.
struct CatalogueItems {
  std::vector<domain::CatalogueItem> items;
  // Those with mistakes of form: good for nothing but their codes and kinds, which others name.
  std::vector<domain::CatalogueItem> broken;
  // All of them, place "file: member": missing_member, unknown_member, bad_member, and those of
  // PriceModel::make.
  std::vector<base::Error> problems;
};

// `file` is what problems call it.
[[nodiscard]] CatalogueItems read_catalogue_items(const base::Json& json, std::string_view file);

// A catalogue of one file. Errors: the first of those above, and those of Catalogue::make.
[[nodiscard]] base::Result<domain::Catalogue> read_catalogue_file(const base::Json& json,
                                                                  std::string_view file);

}  // namespace formats
