// ISO 20022 camt.052, .053 and .054, versions .02 to .12: what a bank says of an account during
// the day, at its end, and of single credits and debits. README.md has the table of fields.
//
// One reader for all versions and their national forms: elements are known by their local names,
// and where versions differ both forms are read. A fault against the schema that leaves the
// meaning clear is read.
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace formats::bank::camt {

[[nodiscard]] bool claims_052(std::string_view head);
[[nodiscard]] bool claims_053(std::string_view head);
[[nodiscard]] bool claims_054(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace formats::bank::camt
