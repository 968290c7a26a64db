// Any bytes as a stored invoice: what is accepted adds up, and writes itself into bytes that are
// read as the same invoice.
#include "formats/document/invoice_json.h"
#include "tests/fuzz/fault.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto invoice = formats::document::read_invoice_json(tests::fuzz::text_of(data, size));
  if (!invoice) return 0;
  const std::string written = formats::document::write_invoice_json(*invoice);
  const auto again = formats::document::read_invoice_json(written);
  if (!again) tests::fuzz::stop_at(base::describe(again.error()) + "\n" + written);
  if (*again != *invoice) tests::fuzz::stop_at("another invoice is read back\n" + written);
  return 0;
}
