// ISO 20022 pain.002: what became of payments and direct debits that we sent, for the message, its
// batches and its transactions, as far as the bank goes. Versions .03 to .14 and national ones.
//
// States of the verification of payees (RVNM ...) are answers to a question and refuse nothing:
// they are pending here.
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace formats::bank::pain002 {

[[nodiscard]] bool claims(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace formats::bank::pain002
