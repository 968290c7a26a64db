// Opens the database that a user named: a PostgreSQL URL, or a data folder with SQLite in it.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result/result.h"
#include "storage/sql/connection.h"

namespace storage {

struct OpenOptions {
  // How long a lock is waited for: then database_busy.
  std::chrono::milliseconds lock_wait{10'000};
};

[[nodiscard]] bool is_postgres_url(std::string_view place);

// "postgresql://..." or a folder, which is made where there is none; its database is
// <folder>/telgiro.db. The schema is migrate()'s matter. Errors: data_folder_unusable, and those
// of any database.
[[nodiscard]] base::Result<std::unique_ptr<sql::Database>> open_database(
    const std::string& place, const OpenOptions& options = {});

}  // namespace storage
