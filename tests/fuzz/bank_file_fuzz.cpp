// Any bytes as a bank file of one format; TELGIRO_FUZZ_FORMAT names it (cmake/fuzz.cmake).
//
// The reader is given the bytes whether its format claims them or not: what a reader may rely on
// is nothing.
#include "tests/fuzz/fault.h"
#include "tests/support/bank_file_fault.h"

namespace {

const formats::bank::BankFormat& format() {
  static const formats::bank::BankFormat* const kFound = [] {
    for (const auto& each : formats::bank::bank_formats()) {
      if (each.name == TELGIRO_FUZZ_FORMAT && each.read != nullptr) return &each;
    }
    std::abort();
  }();
  return *kFound;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = tests::fuzz::text_of(data, size);
  // Pieces of a length that the input itself decides: the same input is the same run.
  const std::size_t step = 1 + (size == 0 ? 0U : data[size / 2]) % 90U;
  tests::fuzz::stop_at(tests::fault_of(format(), bytes, step));
  return 0;
}
