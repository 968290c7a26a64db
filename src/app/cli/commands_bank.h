// The commands that read bank files; no data folder is touched.
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

}  // namespace app::cli
