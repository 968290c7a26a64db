// The amounts of rows as consumers see them: they add up to the sum of the invoice to the cent.
#include "flows/compose/line_amounts.h"

#include <numeric>

#include <gtest/gtest.h>

namespace flows::compose {
namespace {

using base::Currency;
using base::Decimal;
using base::Money;

struct Line {
  std::int64_t net;
  std::string_view rate;
};

[[nodiscard]] domain::Invoice invoice_of(const std::vector<Line>& lines) {
  domain::Invoice invoice;
  for (const Line& line : lines) {
    domain::InvoiceLine row;
    row.net = Money(line.net, Currency());
    row.vat_class = "rate_" + std::string(line.rate);
    row.vat_rate = {*Decimal::parse(line.rate)};
    invoice.lines.push_back(row);
  }
  const auto sums = domain::sum_lines(invoice.lines, Currency(), 1);
  invoice.vat = sums.vat;
  invoice.net = sums.net;
  invoice.vat_total = sums.vat_total;
  invoice.total = sums.total;
  return invoice;
}

struct Row {
  std::string_view what;
  std::vector<Line> lines;
  std::vector<std::int64_t> with_vat;
};

TEST(LineAmounts, GiveVatToRowsByLargestRemainder) {
  const Row rows[] = {
      {"whole prices", {{39920, "25"}, {23920, "25"}}, {49900, 29900}},
      // 3 x 0.33 net are 0.99; VAT 0.2475 becomes 0.25: 1.24, as 0.42 + 0.41 + 0.41.
      {"thirds", {{33, "25"}, {33, "25"}, {33, "25"}}, {42, 41, 41}},
      {"a discount", {{39920, "25"}, {-19960, "25"}}, {49900, -24950}},
      {"a cent less", {{10, "25"}, {-3, "25"}}, {13, -4}},
      {"two rates", {{1001, "25.5"}, {999, "10"}}, {1256, 1099}},
      {"no VAT", {{500, "0"}}, {500}},
      {"no lines", {}, {}},
  };
  for (const Row& row : rows) {
    const auto invoice = invoice_of(row.lines);
    std::vector<std::int64_t> got;
    for (const Money amount : line_amounts(invoice, true)) got.push_back(amount.minor());
    EXPECT_EQ(got, row.with_vat) << row.what;
    const auto net = line_amounts(invoice, false);
    for (std::size_t at = 0; at < net.size(); ++at) {
      EXPECT_EQ(net[at].minor(), row.lines[at].net) << row.what;
    }
  }
}

// Many small and crooked rows: never a cent too many or too few, never a row off by more than one.
TEST(LineAmounts, AlwaysAddUp) {
  std::uint32_t state = 1;
  const auto next = [&state](std::uint32_t below) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % below;
  };
  constexpr std::string_view kRates[] = {"25", "25.5", "13.5", "10", "0"};
  for (int round = 0; round < 500; ++round) {
    std::vector<Line> lines;
    for (std::uint32_t count = 1 + next(12); count > 0; --count) {
      lines.push_back({static_cast<std::int64_t>(next(20'000)) - 4'000, kRates[next(5)]});
    }
    const auto invoice = invoice_of(lines);
    Money sum(0, Currency());
    const auto amounts = line_amounts(invoice, true);
    for (std::size_t at = 0; at < amounts.size(); ++at) {
      sum += amounts[at];
      const auto& line = invoice.lines[at];
      const Money alone =
          line.net + base::percent_of(line.net, line.vat_rate, base::RoundingMode::kHalfUp);
      EXPECT_LE(std::abs(amounts[at].minor() - alone.minor()), 1);
    }
    ASSERT_EQ(sum, invoice.net + invoice.vat_total);
  }
}

}  // namespace
}  // namespace flows::compose
