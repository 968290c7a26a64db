// How VAT is taken out of prices that hold it: the gross stays, lines add up to their rate (D12).
#include "domain/pricing/inclusive_prices.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

using base::Money;

Money minor(std::int64_t value) { return {value, base::Currency()}; }
base::Percent percent(std::string_view text) { return {base::Decimal::parse(text).value()}; }

TEST(InclusivePrices, NetOfLinesAndRates) {
  struct Row {
    std::string_view what;
    std::vector<InclusiveLine> lines;
    std::vector<InclusiveSum> rates;
    std::vector<std::int64_t> line_nets;
  };
  const base::Percent high = percent("25"), low = percent("6"), german = percent("19");
  const Row rows[] = {
      {"one line", {{minor(9900), high}}, {{high, minor(9900), minor(7920), minor(1980)}}, {7920}},
      {"340.00 and 13.90 at 19 %",
       {{minor(34000), german}, {minor(1390), german}},
       {{german, minor(35390), minor(29739), minor(5651)}},
       {28571, 1168}},
      {"three lines of 1.00: 0.80 each",
       {{minor(100), high}, {minor(100), high}, {minor(100), high}},
       {{high, minor(300), minor(240), minor(60)}},
       {80, 80, 80}},
      {"three lines of 0.99: the first two get what is left of 2.38",
       {{minor(99), high}, {minor(99), high}, {minor(99), high}},
       {{high, minor(297), minor(238), minor(59)}},
       {80, 79, 79}},
      {"two rates",
       {{minor(9900), low}, {minor(9900), high}, {minor(100), low}},
       {{high, minor(9900), minor(7920), minor(1980)},
        {low, minor(10000), minor(9434), minor(566)}},
       {9340, 7920, 94}},
      {"less a discount",
       {{minor(9900), high}, {minor(-999), high}},
       {{high, minor(8901), minor(7121), minor(1780)}},
       {7920, -799}},
      {"no VAT",
       {{minor(123), percent("0")}},
       {{percent("0"), minor(123), minor(123), minor(0)}},
       {123}},
      {"nothing", {}, {}, {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const InclusiveSums sums = take_out_vat(row.lines);
    EXPECT_EQ(sums.rates, row.rates);
    std::vector<std::int64_t> nets;
    for (const Money& net : sums.line_nets) nets.push_back(net.minor());
    EXPECT_EQ(nets, row.line_nets);
  }
}

TEST(InclusivePrices, AddUpForAnyLines) {
  EXPECT_TRUE(rc::check([] {
    const base::Percent rates[] = {percent("25"), percent("12"), percent("6"), percent("0")};
    std::vector<InclusiveLine> lines;
    for (const int gross : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-500, 50000))) {
      lines.push_back({minor(gross), rates[*rc::gen::inRange(0, 4)]});
    }
    const InclusiveSums sums = take_out_vat(lines);
    for (const InclusiveSum& sum : sums.rates) {
      Money gross = minor(0), net = minor(0);
      for (std::size_t at = 0; at < lines.size(); ++at) {
        if (lines[at].rate != sum.rate) continue;
        gross += lines[at].gross;
        net += sums.line_nets[at];
        // No line is a whole minor unit off what it would be alone.
        const Money alone =
            base::net_of_gross(lines[at].gross, sum.rate, base::RoundingMode::kHalfUp);
        RC_ASSERT(std::abs((sums.line_nets[at] - alone).minor()) <= 1);
      }
      RC_ASSERT(sum.gross == gross);
      RC_ASSERT(sum.net == net);
      RC_ASSERT(sum.net + sum.vat == gross);
    }
  }));
}

}  // namespace
}  // namespace domain
