// The operator and the catalogue: operator_definition, division, catalogue_item and
// catalogue_price.
#pragma once

#include "ports/catalogue.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlCatalogue final : public ports::CatalogueStore {
 public:
  // Nothing here is personal; the vault is taken because every area is made in one way.
  SqlCatalogue(sql::Connection& connection, Vault&) : connection_(connection) {}

  base::Result<bool> save_operator(const domain::Operator& value, base::Instant recorded) override;
  base::Result<std::optional<domain::Operator>> find_operator(std::string_view code) override;
  base::Result<std::vector<domain::Operator>> list_operators() override;
  base::Result<ports::CatalogueChange> save_catalogue(const domain::Catalogue& catalogue,
                                                      base::Instant recorded) override;
  base::Result<domain::Catalogue> load_catalogue() override;

 private:
  [[nodiscard]] base::Result<> save_item(const domain::CatalogueItem& item, base::Instant recorded);
  [[nodiscard]] base::Result<> save_prices(const domain::CatalogueItem& item,
                                           const domain::CatalogueItem* before,
                                           base::Instant recorded, ports::CatalogueChange& change);

  sql::Connection& connection_;
};

}  // namespace storage
