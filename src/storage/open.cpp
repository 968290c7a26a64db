#include "storage/open.h"

#include <filesystem>
#include <system_error>

#include "storage/postgres/database.h"
#include "storage/sqlite/database.h"

namespace storage {
namespace {

namespace fs = std::filesystem;

// What is made is for its owner only: the folder holds personal data.
base::Result<> make_folder(const std::string& folder) {
  std::error_code error;
  const bool made = fs::create_directories(folder, error);
  if (!error && made) fs::permissions(folder, fs::perms::owner_all, error);
  if (!error && !fs::is_directory(folder, error)) {
    error = std::make_error_code(std::errc::not_a_directory);
  }
  if (!error) return {};
  return base::fail("data_folder_unusable",
                    "the data folder cannot be used: " + error.message() +
                        "; give --data a folder that may be written",
                    folder);
}

}  // namespace

bool is_postgres_url(std::string_view place) {
  return place.starts_with("postgresql://") || place.starts_with("postgres://");
}

base::Result<std::unique_ptr<sql::Database>> open_database(const std::string& place,
                                                           const OpenOptions& options) {
  if (is_postgres_url(place)) {
    return postgres::open(place, {.lock_wait = options.lock_wait});
  }
  TRY(make_folder(place));
  return sqlite::open(place + "/telgiro.db", {.lock_wait = options.lock_wait});
}

}  // namespace storage
