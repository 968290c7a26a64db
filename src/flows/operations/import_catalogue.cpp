#include "flows/operations/import_catalogue.h"

#include <algorithm>

namespace flows {
namespace {

using base::Result;
using domain::CatalogueItem;

// An operator that is loaded has the divisions it has; before that any will do.
Result<> check_divisions(const std::vector<domain::Operator>& operators,
                         const std::vector<CatalogueItem>& items) {
  if (operators.empty()) return {};
  for (const CatalogueItem& item : items) {
    const bool known = std::ranges::any_of(operators, [&](const domain::Operator& seller) {
      return std::ranges::count(seller.divisions, item.division, &domain::OperatorDivision::code) >
             0;
    });
    if (known) continue;
    return base::fail("unknown_division", "the operator has no division '" + item.division + "'",
                      item.code);
  }
  return {};
}

}  // namespace

Result<std::vector<domain::ItemChange>> compare_catalogue(ports::Store& store,
                                                          std::vector<CatalogueItem> items) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const auto stored = TRY(transaction->catalogue().load_catalogue());
  return domain::diff_catalogue(stored.items(),
                                domain::keep_names(stored.items(), std::move(items)));
}

Result<ports::CatalogueChange> import_catalogue(ports::Store& store, const base::Clock& clock,
                                                std::vector<CatalogueItem> items) {
  ports::CatalogueChange change;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    const auto stored = TRY(transaction.catalogue().load_catalogue());
    const auto operators = TRY(transaction.catalogue().list_operators());
    TRY(check_divisions(operators, items));
    const auto catalogue = TRY(domain::Catalogue::make(
        domain::merge_catalogue(stored.items(), domain::keep_names(stored.items(), items))));
    change = TRY(transaction.catalogue().save_catalogue(catalogue, clock.now()));
    return {};
  }));
  return change;
}

}  // namespace flows
