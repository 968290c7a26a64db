// Settlements in the neutral form: what is read, and how mistakes are named.
#include "formats/settlement/neutral/neutral.h"

#include <gtest/gtest.h>

#include "formats/settlement/settlement_format.h"

namespace formats::settlement {
namespace {

constexpr std::string_view kFile = R"({"settlements": [{"provider": "card", "merchant": "M1",
 "payout": "po_1", "currency": "SEK", "amount": "395.00", "day": "2026-11-20", "lines": [
 {"kind": "payment", "reference": "70001", "gross": "500.00", "fee": "5.00", "net": "495.00",
  "day": "2026-11-18"},
 {"kind": "refund", "gross": "-100.00", "fee": "0.00", "net": "-100.00", "day": "2026-11-18"}]}]})";

TEST(NeutralSettlement, Read) {
  const auto* format = recognise(kFile).value();
  EXPECT_EQ(format->name, "neutral");
  const auto settlements = format->read(kFile);
  ASSERT_TRUE(settlements) << base::describe(settlements.error());
  ASSERT_EQ(settlements->size(), 1U);
  const auto& settlement = settlements->front();
  EXPECT_EQ(settlement.provider + " " + settlement.merchant + " " + settlement.payout,
            "card M1 po_1");
  EXPECT_EQ(settlement.gross().to_decimal_string(), "400.00");
  EXPECT_EQ(settlement.fees().to_decimal_string(), "5.00");
  EXPECT_EQ(settlement.lines.at(1).line, 2);
  EXPECT_EQ(domain::check_settlement(settlement).size(), 0U);
}

TEST(NeutralSettlement, MistakesAreNamed) {
  const struct {
    std::string_view from, to, place;
  } rows[] = {
      {"\"395.00\"", "\"395,00\"", "settlements.0.amount"},
      {"\"SEK\"", "\"XXX\"", "settlements.0.currency"},
      {"\"card\"", "\"Card 1\"", "settlements.0.provider"},
      {"\"card\"", "\"refunds\"", "settlements.0.provider"},
      {"\"refund\"", "\"tip\"", "settlements.0.lines.1.kind"},
      {"\"payout\": \"po_1\", ", "", "settlements.0.payout"},
      {"\"reference\"", "\"refrence\"", "settlements.0.lines.0.refrence"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.to);
    std::string text(kFile);
    text.replace(text.find(row.from), row.from.size(), row.to);
    const auto got = neutral::read(text);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, "bad_settlement");
    EXPECT_EQ(got.error().place, row.place);
  }
}

TEST(NeutralSettlement, OtherFilesAreNotClaimed) {
  for (const std::string_view text : {"", "{}", "[]", "{\"settlements\": 1}", "a,b\n1,2\n"}) {
    EXPECT_EQ(recognise(text).error().code, "settlement_not_recognised") << text;
  }
}

}  // namespace
}  // namespace formats::settlement
