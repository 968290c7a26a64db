#include "FOLDER/NAME.h"

#include "formats/bank/fixed_width/records.h"

namespace NAMESPACE {
namespace {

constexpr std::size_t kWidth = 80;

}  // namespace

bool claims(std::string_view head) { return head.starts_with("what a NAME file begins with"); }

base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink) {
  Reading reading(sink);
  TRY(fixed_width::for_each_record(
      source, reading, kWidth, [&](const fixed_width::Record& record) {
        reading.problem(record.line(), record.raw(1, 2), "unknown_record", "the record is skipped");
      }));
  return reading.control();
}

}  // namespace NAMESPACE
