#include "base/result/check.h"

#include <cstdio>
#include <cstdlib>

namespace base {

void check_failed(const char* file, int line, std::string_view condition) {
  std::fprintf(stderr, "%s:%d: broken invariant: %.*s\n", file, line,
               static_cast<int>(condition.size()), condition.data());
  std::abort();
}

}  // namespace base
