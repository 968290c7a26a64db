// Bankgiro Inbetalningar as they were before BgMax: payments with reference numbers to bankgiro
// numbers. Bankgirot ended the layout long ago; archives and some systems in between still have it.
// Fields: README.md.
//
// Records of 80 columns. The reference stands right in 25 columns, as in BgMax. Amounts that are
// deducted carry their sign in the last digit (overpunch). Names and addresses it has none.
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace formats::bank::bg_old {

[[nodiscard]] bool claims(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace formats::bank::bg_old
