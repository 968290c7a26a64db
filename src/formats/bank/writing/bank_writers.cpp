#include "formats/bank/writing/bank_writers.h"

namespace formats::bank {
namespace {

constexpr BankWriter kWriters[] = {
    {"bgmax", write_bgmax},
    {"camt.053", write_camt053},
    {"camt.054", write_camt054},
};

}  // namespace

std::span<const BankWriter> bank_writers() { return kWriters; }

base::Result<const BankWriter*> find_bank_writer(std::string_view format) {
  std::string names;
  for (const BankWriter& writer : kWriters) {
    if (writer.format == format) return &writer;
    names += (names.empty() ? "" : ", ") + std::string(writer.format);
  }
  return base::fail("unknown_value", "bank files are written as: " + names, std::string(format));
}

}  // namespace formats::bank
