// Upload: the body of a request that is too large for memory, in a nameless file that is gone with
// the request.
//
// It is read to its end also where it cannot be kept, so that whoever sent it gets to read why.
#pragma once

#include <optional>

#include "flows/operations/snapshot.h"

namespace web {

struct Upload {
  flows::Snapshot bytes;
  // Set: upload_too_large, disk_full or spool_not_writable; `bytes` are not all then.
  std::optional<base::Error> error = {};
};

}  // namespace web
