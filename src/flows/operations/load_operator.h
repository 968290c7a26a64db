// Load an operator and its catalogue from its files into the database. Loading again what is
// there changes nothing.
#pragma once

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/catalogue/catalogue.h"
#include "domain/operator/operator.h"
#include "ports/catalogue.h"
#include "ports/store.h"

namespace flows {

struct LoadReport {
  bool operator_changed = false;
  ports::CatalogueChange catalogue;
};

// Errors: unknown_time_zone and others of flows::time_zone, unknown_division (an item of the
// catalogue is of a division that the operator lacks; place: the item), those of the store.
[[nodiscard]] base::Result<LoadReport> load_operator(ports::Store& store, const base::Clock& clock,
                                                     const domain::Operator& seller,
                                                     const domain::Catalogue& catalogue);

}  // namespace flows
