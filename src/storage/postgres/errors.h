// PostgreSQL's SQLSTATEs as errors of the seam.
#pragma once

#include <string>

#include <libpq-fe.h>

#include "base/result/result.h"

namespace storage::postgres {

// The error of a failed command; `result` may be null where the connection was lost.
[[nodiscard]] std::unexpected<base::Error> error_of(PGconn* connection, const PGresult* result);

}  // namespace storage::postgres
