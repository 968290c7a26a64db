// SQLite behind the seam: one file in WAL mode, many readers, one writer.
//
// Every commit is on disk when it has answered (synchronous FULL). Foreign keys are off, as on
// PostgreSQL there are none. Deleted content is overwritten, so that a destroyed key is gone.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result/result.h"
#include "storage/sql/connection.h"

namespace storage::sqlite {

struct Options {
  // How long a writer waits for the one before it: then database_busy.
  std::chrono::milliseconds lock_wait{10'000};
  // The file's size at most, in pages of 4096 bytes; 0 is no limit. Beyond it: disk_full.
  std::int64_t pages_max = 0;
};

// Creates the file where there is none. Errors: database_unavailable (place: the file),
// database_busy, disk_full.
[[nodiscard]] base::Result<std::unique_ptr<sql::Database>> open(const std::string& file,
                                                                const Options& options = {});

}  // namespace storage::sqlite
