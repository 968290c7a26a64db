// The operator and the catalogue as loaded into the database.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/catalogue/catalogue.h"
#include "domain/operator/operator.h"

namespace ports {

// What saving a catalogue did. All zero: it was there already.
struct CatalogueChange {
  std::int64_t items_added = 0;
  std::int64_t items_changed = 0;  // Name, division, campaign or any price row.
  std::int64_t prices_added = 0;
  std::int64_t prices_changed = 0;  // Of a day that had another price, or that went away.

  friend bool operator==(const CatalogueChange&, const CatalogueChange&) = default;
};

class CatalogueStore {
 public:
  virtual ~CatalogueStore() = default;

  // With its divisions. Answers whether anything changed.
  [[nodiscard]] virtual base::Result<bool> save_operator(const domain::Operator& value,
                                                         base::Instant recorded) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::Operator>> find_operator(
      std::string_view code) = 0;
  // Ascending by code.
  [[nodiscard]] virtual base::Result<std::vector<domain::Operator>> list_operators() = 0;

  // Items that the catalogue lacks stay: services may stand on them.
  [[nodiscard]] virtual base::Result<CatalogueChange> save_catalogue(
      const domain::Catalogue& catalogue, base::Instant recorded) = 0;
  // Errors: those of Catalogue::make, where the rows were changed by hand.
  [[nodiscard]] virtual base::Result<domain::Catalogue> load_catalogue() = 0;
};

}  // namespace ports
