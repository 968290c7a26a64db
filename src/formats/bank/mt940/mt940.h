// SWIFT MT940: statements of accounts as banks everywhere sent them before camt.053. Specification:
// SWIFT User Handbook, category 9; fields: README.md.
//
// Fields begin with a tag in colons and go on until the next one. What banks write into :86:
// differs from country to country: see information.h. The format has no counts: what is proof of a
// whole file are the balances of each statement; that a whole statement is missing behind the last
// one cannot be seen.
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace formats::bank::mt940 {

[[nodiscard]] bool claims(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace formats::bank::mt940
