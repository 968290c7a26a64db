// KTL: reference payments that came to a Finnish account (saapuvat viitemaksut), once a banking
// day; its successor is camt.054. Specification: Finance Finland, "Saapuvat viitemaksut"; fields:
// README.md.
//
// Records of 90 columns. A batch (0 to 9) may hold several accounts: each is a statement here.
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace formats::bank::ktl {

[[nodiscard]] bool claims(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace formats::bank::ktl
