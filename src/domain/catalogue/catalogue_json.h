// Catalogue items as JSON: the form of the operator's TOML files, of the database and of what
// `telgiro catalogue` prints. Everything an item has is in it; what has its default is left away.
#pragma once

#include <string>
#include <vector>

#include "base/text/json.h"
#include "domain/catalogue/catalogue.h"

namespace domain {

// What holds for every price that does not say otherwise.
struct PriceDefaults {
  bool includes_vat = false;
  std::string vat_class = "standard";
};

// Appends every mistake of form: missing_member, unknown_member, bad_member, and those of
// PriceModel::make; place: the member. An item with mistakes is good for its code and kind only.
[[nodiscard]] CatalogueItem read_catalogue_item(const base::Json& json, const std::string& place,
                                                const PriceDefaults& defaults,
                                                std::vector<base::Error>& problems);
// Errors: the first of those mistakes.
[[nodiscard]] base::Result<CatalogueItem> read_catalogue_item(const base::Json& json,
                                                              const std::string& place,
                                                              const PriceDefaults& defaults);
[[nodiscard]] base::Json to_json(const CatalogueItem& item);

}  // namespace domain
