// Swiss QR references, full and as old slips shortened them.
#include "domain/reference/swiss_qr_reference.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;

TEST(SwissQrReference, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"21 00000 00003 13947 14300 09017", "210000000003139471430009017"},
      {"18 78583", "000000000000000000001878583"},
      {"210000000003139471430009016", "!wrong_check_digit"},
      {"2100000000031394714300090170", "!too_long"},
      {"7", "!too_short"},
      {"21-00000", "!not_digits"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(SwissQrReference::parse(row.text)), row.outcome) << row.text;
  }
  EXPECT_EQ(outcome(SwissQrReference::from_base("187858")), "000000000000000000001878583");
  EXPECT_EQ(outcome(SwissQrReference::from_base("")), "!too_short");
}

TEST(SwissQrReference, TyposAreCaught) {
  for (int base = 1; base < 300; ++base) {
    const auto issued = SwissQrReference::from_base(std::to_string(base))->text();
    for (const auto& typed : tests::wrong_digits(issued)) {
      EXPECT_FALSE(SwissQrReference::parse(typed).has_value()) << typed;
    }
  }
}

}  // namespace
}  // namespace domain
