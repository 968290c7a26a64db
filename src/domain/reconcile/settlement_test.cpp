// What a provider's settlement must be, and which entry of the bank is its payout.
#include "domain/reconcile/settlement.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Money kronor(std::int64_t whole) { return base::Money(whole * 100, base::Currency()); }
base::Date day(std::string_view text) { return base::Date::parse(text).value(); }

struct Line {
  std::string_view kind, reference;
  std::int64_t gross, fee, net;
};

TEST(Settlement, Checked) {
  const struct {
    std::string_view what;
    std::vector<Line> lines;
    std::int64_t payout;
    std::string_view problems;
  } rows[] = {
      {"right",
       {{"payment", "70001", 500, 5, 495},
        {"refund", "70002", -100, 0, -100},
        {"fee", "", 0, 10, -10}},
       385,
       ""},
      {"a net that is not gross less fee",
       {{"payment", "70001", 500, 5, 500}},
       500,
       "line 1 settlement_line_differs; "},
      {"lines that are not the payout",
       {{"payment", "70001", 500, 5, 495}},
       500,
       "po_1 settlement_sum_differs; "},
      {"the same line twice",
       {{"payment", "70001", 500, 5, 495}, {"payment", "70001", 500, 5, 495}},
       990,
       "line 2 settlement_line_repeated; "},
      {"two fees are two", {{"fee", "", 0, 5, -5}, {"fee", "", 0, 5, -5}}, -10, ""},
      {"no lines", {}, 0, ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    ProviderSettlement settlement;
    settlement.payout = "po_1";
    settlement.amount = kronor(row.payout);
    for (const Line& line : row.lines) {
      settlement.lines.push_back({static_cast<std::int64_t>(settlement.lines.size()) + 1,
                                  std::string(line.kind), std::string(line.reference),
                                  kronor(line.gross), kronor(line.fee), kronor(line.net),
                                  day("2026-11-18")});
    }
    std::string problems;
    for (const auto& problem : check_settlement(settlement)) {
      problems += problem.place + " " + problem.code + "; ";
    }
    EXPECT_EQ(problems, row.problems);
  }
}

TEST(Settlement, ThePayoutAtTheBank) {
  const struct {
    std::string_view what;
    std::int64_t kronor;
    std::string_view booked, words;
    bool is_it;
  } rows[] = {
      {"named, to the cent", 385, "2026-11-20", "PAYOUT PO-1 CARDS", true},
      {"some days later", 385, "2026-11-25", "po_1", true},
      {"too late", 385, "2026-11-26", "po_1", false},
      {"another sum", 386, "2026-11-20", "po_1", false},
      {"not named", 385, "2026-11-20", "PAYOUT", false},
  };
  for (const auto& row : rows) {
    const PayoutEntry entry{kronor(row.kronor), day(row.booked), "", "", std::string(row.words)};
    EXPECT_EQ(is_payout(entry, "po_1", kronor(385), day("2026-11-20")), row.is_it) << row.what;
  }
}

}  // namespace
}  // namespace domain
