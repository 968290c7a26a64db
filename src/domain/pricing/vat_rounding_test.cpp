// VAT of net sums per rate and once per document.
#include "domain/pricing/vat_rounding.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>

namespace domain {
namespace {

using base::Money;

Money minor(std::int64_t value) { return {value, base::Currency()}; }
base::Percent percent(std::string_view text) { return {base::Decimal::parse(text).value()}; }

TEST(VatRounding, OfEachRate) {
  using enum VatRounding;
  struct Row {
    std::string_view what;
    VatRounding rounding;
    std::vector<RatedNet> nets;
    std::vector<RatedVat> vat;
  };
  const base::Percent high = percent("20"), low = percent("10");
  const base::Percent state = percent("8.25"), county = percent("8.245");
  const Row rows[] = {
      {"half up",
       kPerRate,
       {{percent("19"), minor(13866)}},
       {{percent("19"), minor(13866), minor(2635)}}},
      {"two taxes on two lines of 25.00",
       kPerRate,
       {{state, minor(2500)}, {county, minor(2500)}, {state, minor(2500)}, {county, minor(2500)}},
       {{state, minor(5000), minor(413)}, {county, minor(5000), minor(412)}}},
      {"per rate",
       kPerRate,
       {{low, minor(14106)}, {high, minor(2394)}},
       {{high, minor(2394), minor(479)}, {low, minor(14106), minor(1411)}}},
      {"once: 1410.6 + 478.8 = 1889.4",
       kPerDocument,
       {{low, minor(14106)}, {high, minor(2394)}},
       {{high, minor(2394), minor(479)}, {low, minor(14106), minor(1410)}}},
      {"given back",
       kPerDocument,
       {{low, minor(-14106)}, {high, minor(-2394)}},
       {{high, minor(-2394), minor(-479)}, {low, minor(-14106), minor(-1410)}}},
      {"nothing", kPerDocument, {}, {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(vat_on(row.nets, row.rounding), row.vat);
  }
}

TEST(VatRounding, NamesAreReadAsTheyAreWritten) {
  for (const std::string_view text : {"per_rate", "per_document"}) {
    EXPECT_EQ(to_text(parse_vat_rounding(text).value()), text);
  }
  EXPECT_EQ(parse_vat_rounding("per_line").error().code, "unknown_value");
}

// The two rules differ by half a minor unit per rate at most, and of one rate not at all.
TEST(VatRounding, TheRulesStayTogether) {
  EXPECT_TRUE(rc::check([] {
    std::vector<RatedNet> nets;
    for (const int rate : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 26))) {
      const base::Percent percent_of_it{base::Decimal::from_integer(rate)};
      nets.push_back({percent_of_it, minor(*rc::gen::inRange(0, 100'000))});
    }
    const auto per_rate = vat_on(nets, VatRounding::kPerRate);
    const auto once = vat_on(nets, VatRounding::kPerDocument);
    RC_ASSERT(per_rate.size() == once.size());
    std::int64_t difference = 0;
    for (std::size_t at = 0; at < once.size(); ++at) {
      difference += per_rate[at].vat.minor() - once[at].vat.minor();
      RC_ASSERT(std::abs(per_rate[at].vat.minor() - once[at].vat.minor()) <= 1);
    }
    RC_ASSERT(2 * std::abs(difference) <= static_cast<std::int64_t>(once.size()) + 1);
    if (once.size() == 1) RC_ASSERT(per_rate == once);
  }));
}

}  // namespace
}  // namespace domain
