// Take catalogue items into the database, beside those that are there. What is the same stays as
// it is, so that importing twice is importing once.
#pragma once

#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/catalogue/catalogue_diff.h"
#include "ports/catalogue.h"
#include "ports/store.h"

namespace flows {

// What an import would change. Errors: those of the store.
[[nodiscard]] base::Result<std::vector<domain::ItemChange>> compare_catalogue(
    ports::Store& store, std::vector<domain::CatalogueItem> items);

// Errors: those of Catalogue::make about all items together, unknown_division (where an operator
// is loaded; place: the item), those of the store.
[[nodiscard]] base::Result<ports::CatalogueChange> import_catalogue(
    ports::Store& store, const base::Clock& clock, std::vector<domain::CatalogueItem> items);

}  // namespace flows
