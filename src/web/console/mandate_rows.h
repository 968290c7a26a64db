// Mandates and debits as rows of the console's tables, written with the same words everywhere.
#pragma once

#include <span>

#include "domain/collection/collection.h"
#include "domain/mandate/mandate.h"
#include "ports/store.h"
#include "web/call.h"
#include "web/template/value.h"

namespace web::console {

// With the names of their customers.
[[nodiscard]] base::Result<Value> mandate_rows(const Call& call, ports::Transaction& transaction,
                                               std::span<const domain::Mandate> mandates);
[[nodiscard]] Value collection_rows(const Call& call,
                                    std::span<const domain::Collection> collections);

}  // namespace web::console
