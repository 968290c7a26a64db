// NAME: say here what this format is, who sends it and when, and where its specification is.
//
// Reading streams and never stops at the first problem. The table of fields is in README.md.
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace NAMESPACE {

// Declines whatever is not surely its own, so that each file is claimed by one format only.
[[nodiscard]] bool claims(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace NAMESPACE
