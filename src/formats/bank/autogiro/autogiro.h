// Autogiro: Swedish direct debit, as Bankgirot answers it: mandates, payments made and missed,
// refused orders, changes; and what we send, which has the same frame. Specification: Bankgirot,
// "Autogiro, teknisk manual", the layouts of 2008 and later; fields: README.md.
//
// Records of 80 columns, ISO-8859-1. Each opening record (01, 51) names the layout of its section.
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace formats::bank::autogiro {

[[nodiscard]] bool claims(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace formats::bank::autogiro
