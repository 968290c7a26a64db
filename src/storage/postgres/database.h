// PostgreSQL behind the seam, and whatever speaks as it does (Citus).
//
// Values travel in binary form, statements are prepared once a connection, bulk rows go by binary
// COPY. Writers are READ COMMITTED and lock what they change; why: docs/adr/0002-storage.md.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result/result.h"
#include "storage/sql/connection.h"

namespace storage::postgres {

struct Options {
  // How long a lock is waited for: then database_busy.
  std::chrono::milliseconds lock_wait{10'000};
};

// `url` is a libpq connection URL. Errors: database_unavailable (place: host and database; the
// password is never shown).
[[nodiscard]] base::Result<std::unique_ptr<sql::Database>> open(const std::string& url,
                                                                const Options& options = {});

}  // namespace storage::postgres
