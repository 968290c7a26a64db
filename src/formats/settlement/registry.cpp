// Every settlement file that we read. To add one: a folder beside this file and one row here.
#include <algorithm>

#include "formats/settlement/neutral/neutral.h"
#include "formats/settlement/settlement_format.h"

namespace formats::settlement {
namespace {

constexpr SettlementFormat kFormats[] = {
    {"neutral", "Telgiro's own, JSON", neutral::claims, neutral::read},
};

}  // namespace

std::span<const SettlementFormat> settlement_formats() { return kFormats; }

base::Result<const SettlementFormat*> recognise(std::string_view bytes) {
  const auto format = std::ranges::find_if(
      kFormats, [&](const SettlementFormat& each) { return each.claims(bytes); });
  if (format != std::end(kFormats)) return &*format;
  return base::fail("settlement_not_recognised",
                    "the file is in no format of settlements that we know; see "
                    "docs/reconciliation.md for the neutral one");
}

}  // namespace formats::settlement
