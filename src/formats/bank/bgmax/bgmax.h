// BgMax: what Bankgirot sends to a Swedish bankgiro number about payments that came, once or
// several times a day. Specification: Bankgirot, "Bankgiro Inbetalningar, teknisk manual".
//
// Records of 80 columns, ISO-8859-1; README.md has the table of fields. A section (05 to 15) is a
// deposit: a statement here. Its day stands in its last record, so the entries of a section are
// kept until it ends.
#pragma once

#include <string_view>

#include "formats/bank/bank_format.h"

namespace formats::bank::bgmax {

// Entries of one section that are kept until its day is known.
inline constexpr std::size_t kSectionEntriesMax = 1'000'000;

[[nodiscard]] bool claims(std::string_view head);
// See BankFormat::read.
[[nodiscard]] base::Result<domain::BankControl> read(ByteSource& source, BankFileSink& sink);

}  // namespace formats::bank::bgmax
