// Two months of one account, and the reasons why they differ.
#include "domain/billing/differences.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace domain {
namespace {

struct Line {
  LineKind kind;
  int service;
  std::int64_t minor;
};

std::vector<InvoiceLine> lines_of(const std::vector<Line>& rows) {
  std::vector<InvoiceLine> lines;
  for (const Line& row : rows) {
    base::IdBytes bytes{};
    bytes[0] = static_cast<std::uint8_t>(row.service);
    InvoiceLine line;
    line.kind = row.kind;
    line.service = ServiceId(bytes);
    line.net = base::Money(row.minor, base::Currency::parse("SEK").value());
    lines.push_back(line);
  }
  return lines;
}

struct Row {
  const char* what;
  std::vector<Line> before, after;
  std::map<DifferenceReason, std::int64_t> reasons;
};

TEST(Differences, EachLineHasOneReasonAndTheReasonsSumToTheDifference) {
  using enum LineKind;
  using Reason = DifferenceReason;
  const Row rows[] = {
      {"nothing changed", {{kRecurring, 1, 100}}, {{kRecurring, 1, 100}}, {}},
      {"a new service with its first days",
       {},
       {{kRecurring, 1, 100}, {kCatchUp, 1, 40}},
       {{Reason::kNewServices, 140}}},
      {"an ended service with its discount",
       {{kRecurring, 1, 100}, {kDiscount, 1, -30}},
       {},
       {{Reason::kEndedServices, -70}}},
      {"another price", {{kRecurring, 1, 100}}, {{kRecurring, 1, 120}}, {{Reason::kPrices, 20}}},
      {"a campaign ends",
       {{kRecurring, 1, 100}, {kDiscount, 1, -30}},
       {{kRecurring, 1, 100}},
       {{Reason::kDiscounts, 30}}},
      {"more usage and an order",
       {{kUsage, 1, 10}},
       {{kUsage, 1, 25}, {kOneOff, 1, 500}},
       {{Reason::kUsage, 15}, {Reason::kOneOffs, 500}}},
      {"given back for a month before",
       {{kRecurring, 1, 100}},
       {{kRecurring, 1, 100}, {kCorrection, 1, -55}},
       {{Reason::kCorrections, -55}}},
      {"one ends, another begins",
       {{kRecurring, 1, 100}},
       {{kRecurring, 2, 150}},
       {{Reason::kEndedServices, -100}, {Reason::kNewServices, 150}}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto before = lines_of(row.before), after = lines_of(row.after);
    const Differences differences = compare_lines(before, after);
    std::int64_t expected = 0;
    for (const DifferenceReason reason : kDifferenceReasons) {
      const auto known = row.reasons.find(reason);
      EXPECT_EQ(differences.of(reason), known == row.reasons.end() ? 0 : known->second)
          << to_text(reason);
    }
    for (const Line& line : row.after) expected += line.minor;
    for (const Line& line : row.before) expected -= line.minor;
    EXPECT_EQ(differences.sum(), expected);
  }
}

}  // namespace
}  // namespace domain
