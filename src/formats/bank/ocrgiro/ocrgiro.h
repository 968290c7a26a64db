// OCR giro and AvtaleGiro: payments with KID that came to a Norwegian account, and the agreements
// by which payers let bills be debited. Sent by Mastercard Payment Services (once BBS, Nets) each
// banking day. Specification: its system manuals "OCR giro" and "AvtaleGiro"; fields: README.md.
//
// Records of 80 columns that begin with NY. An assignment (20 to 88) is a statement here. Requests
// and cancellations that we send ourselves have the same frame; they are named and passed over.
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace formats::bank::ocrgiro {

[[nodiscard]] bool claims(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace formats::bank::ocrgiro
