// Makes the source files of a made-up operator of Aurora's shape: the same seed, the same bytes.
#pragma once

#include <cstdint>
#include <string>

#include "base/result/result.h"
#include "base/time/date.h"

namespace app::demo {

struct GenerateRequest {
  std::string folder;  // Made where it is absent; files in it are overwritten.
  std::uint64_t seed = 1;
  std::int64_t customers = 700;
  base::Month last_month;  // The last one that the files know.
};

// Any number of customers, in bounded memory. Errors: file_not_writable, disk_full.
[[nodiscard]] base::Result<> generate(const GenerateRequest& request);

}  // namespace app::demo
