// SQLite's result codes as errors of the seam.
#pragma once

#include <string>
#include <string_view>

#include <sqlite3.h>

#include "base/result/result.h"

namespace storage::sqlite {

// The error that `code` stands for; the engine's words are taken from `handle` where it has any.
[[nodiscard]] std::unexpected<base::Error> error_of(int code, sqlite3* handle,
                                                    std::string_view file);

}  // namespace storage::sqlite
