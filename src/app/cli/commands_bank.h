// The commands that read and write bank files; no data folder is touched.
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace app::cli {

struct BankReadOptions {
  std::string file;  // "-" is standard input.
};

// Prints while it reads, in bounded memory. Errors: those of BankFileSource::open and
// formats::bank::recognise.
[[nodiscard]] Outcome bank_read(const BankReadOptions& options, bool json);
[[nodiscard]] Outcome bank_formats();

struct BankWriteOptions {
  std::string file;  // An order as JSON; "-" is standard input.
  std::string format, version, output;
};

// Writes the whole file or none. An order that cannot be carried out is answered with its problems
// and Exit::kNegative. Errors: unknown_value (format, version), those of BankFileSource::open,
// json::parse and OutputFile.
[[nodiscard]] Outcome bank_write(const BankWriteOptions& options);

}  // namespace app::cli
