#include "flows/operations/load_operator.h"

#include <algorithm>

#include "flows/care/time_zone.h"

namespace flows {
namespace {

base::Result<> check_divisions(const domain::Operator& seller, const domain::Catalogue& catalogue) {
  for (const domain::CatalogueItem& item : catalogue.items()) {
    const auto division =
        std::ranges::find(seller.divisions, item.division, &domain::OperatorDivision::code);
    if (division == seller.divisions.end()) {
      return base::fail("unknown_division", "the operator has no division '" + item.division + "'",
                        item.code);
    }
  }
  return {};
}

}  // namespace

base::Result<LoadReport> load_operator(ports::Store& store, const base::Clock& clock,
                                       const domain::Operator& seller,
                                       const domain::Catalogue& catalogue) {
  TRY(time_zone(seller.time_zone));
  TRY(check_divisions(seller, catalogue));
  LoadReport report;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> base::Result<> {
    const base::Instant now = clock.now();
    report.operator_changed = TRY(transaction.catalogue().save_operator(seller, now));
    report.catalogue = TRY(transaction.catalogue().save_catalogue(catalogue, now));
    return {};
  }));
  return report;
}

}  // namespace flows
