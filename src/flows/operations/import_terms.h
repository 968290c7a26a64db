// What every import reads from the database before it begins: the operator and the catalogue.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "domain/catalogue/catalogue.h"
#include "domain/operator/operator.h"
#include "ports/store.h"

namespace flows {

// Imports, corrections and links write one after the other: they look for customers and make
// those that they do not find.
inline constexpr std::string_view kImportLock = "import";

struct ImportTerms {
  domain::Operator seller;
  domain::Catalogue catalogue;
};

// Without a code, the only operator that there is.
// Errors: operator_not_loaded, several_operators.
[[nodiscard]] base::Result<ImportTerms> load_terms(ports::Transaction& transaction,
                                                   std::string_view operator_code);

}  // namespace flows
