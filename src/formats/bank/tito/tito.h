// TITO (konekielinen tiliote): statements of Finnish accounts; its successor is camt.053.
// Specification: Finance Finland, "Konekielinen tiliote"; fields: README.md.
//
// Records of up to 323 columns that begin with T. Records of a batch's parts (level 1) are details
// of the entry that they follow. Cumulative sums (T50, T51) and messages of the bank (T60, T70) are
// passed over; the proof is the balance of each day (T40).
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace formats::bank::tito {

[[nodiscard]] bool claims(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace formats::bank::tito
