// What the product takes from the machine, as values that tests can replace.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "storage/sql/connection.h"
#include "support/crypto/crypto.h"

namespace app {

struct Wiring {
  std::shared_ptr<base::Clock> clock;
  std::shared_ptr<crypto::Random> random;
  // From a database address (a folder for SQLite, or postgresql://...) to a database.
  std::function<base::Result<std::unique_ptr<storage::sql::Database>>(const std::string&)>
      open_database;
  std::function<std::optional<std::string>(std::string_view name)> environment;
};

// The machine's own.
[[nodiscard]] Wiring system_wiring();

}  // namespace app
