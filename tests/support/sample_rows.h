// Rows for tests of storage that are about rows, not about what they mean.
#pragma once

#include <cstdint>

#include "base/result/result.h"
#include "domain/ids.h"
#include "storage/store.h"

namespace tests {

// The n-th customer and account of the tests; the same ids each time.
[[nodiscard]] domain::CustomerId sample_customer(std::int64_t n);
[[nodiscard]] domain::AccountId sample_account(std::int64_t n);

// An account with a customer who has a key, as far as events and sealing need them.
[[nodiscard]] base::Result<> add_sample_account(storage::SqlTransaction& transaction,
                                                std::int64_t n);

struct SampleSize {
  std::int64_t rows = 5;          // In most tables.
  std::int64_t many_rows = 1203;  // In those of accounts and events: several pages.
};

// Rows in every table of the schema, whatever it holds by now: each column of its kind, sealed
// columns sealed, what may be null null now and then. Commits.
[[nodiscard]] base::Result<> fill_every_table(storage::SqlStore& store,
                                              const SampleSize& size = {});

}  // namespace tests
