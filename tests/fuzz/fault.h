// How a fuzz target says that something is wrong: it tells what and stops, and libFuzzer keeps the
// input.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

// libFuzzer calls it with each input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace tests::fuzz {

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Nothing where there is no fault.
inline void stop_at(const std::string& fault) {
  if (fault.empty()) return;
  std::fprintf(stderr, "fault: %s\n", fault.c_str());
  std::abort();
}

}  // namespace tests::fuzz
