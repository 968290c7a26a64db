// Any bytes as the beginning of a bank file: at most one format claims them, and the one that does
// reads them.
#include "tests/fuzz/fault.h"
#include "tests/support/bank_file_fault.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = tests::fuzz::text_of(data, size);
  const tests::BankFileKept file = tests::read_bank_file(bytes);
  if (file.begun != file.statements.size()) {
    tests::fuzz::stop_at("a statement begins and does not end");
  }
  return 0;
}
