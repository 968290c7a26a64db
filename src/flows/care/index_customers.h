// Keeps the search index up to date: customers whose facts are newer than the index are indexed
// again. What is in it is keyed hashes alone (D10); it can be deleted and made anew at any time.
#pragma once

#include <cstdint>

#include "base/result/result.h"
#include "ports/store.h"

namespace flows {

// How many customers were indexed. Each page of them is a transaction: it can be killed anywhere
// and called again. Cheap where nothing is new.
[[nodiscard]] base::Result<std::int64_t> index_customers(ports::Store& store);
// Deletes the index first.
[[nodiscard]] base::Result<std::int64_t> rebuild_search_index(ports::Store& store);

}  // namespace flows
