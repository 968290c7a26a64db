// CHECK stops the process when an invariant of our own code is broken. It stays on in release
// builds: wrong money is worse than no answer. Never use it for what users, files or peers send.
#pragma once

#include <string_view>

namespace base {

[[noreturn]] void check_failed(const char* file, int line, std::string_view condition);

}  // namespace base

#define CHECK(condition)                               \
  (static_cast<bool>(condition) ? static_cast<void>(0) \
                                : ::base::check_failed(__FILE__, __LINE__, #condition))
