#include "flows/operations/import_terms.h"

#include "ports/catalogue.h"

namespace flows {
namespace {

base::Result<domain::Operator> find_operator(ports::CatalogueStore& catalogue,
                                             std::string_view code) {
  if (!code.empty()) {
    if (auto found = TRY(catalogue.find_operator(code))) return *std::move(found);
  } else {
    auto all = TRY(catalogue.list_operators());
    if (all.size() == 1) return std::move(all.front());
    if (all.size() > 1) {
      return base::fail("several_operators", "there are several operators: say which");
    }
  }
  return base::fail("operator_not_loaded",
                    "the operator is not in the database; load its operator.toml first",
                    std::string(code));
}

}  // namespace

base::Result<ImportTerms> load_terms(ports::Transaction& transaction,
                                     std::string_view operator_code) {
  ImportTerms terms;
  terms.seller = TRY(find_operator(transaction.catalogue(), operator_code));
  terms.catalogue = TRY(transaction.catalogue().load_catalogue());
  return terms;
}

}  // namespace flows
