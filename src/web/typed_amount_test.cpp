// Sums as people of several countries type them.
#include "web/typed_amount.h"

#include <gtest/gtest.h>

namespace web {
namespace {

struct Case {
  std::string_view typed;
  std::string_view sum;  // Empty: refused.
};

TEST(TypedAmount, IsReadAsItWasMeant) {
  const Case cases[] = {
      {"1234.50", "1234.50"},
      {"1234,50", "1234.50"},
      {"1234,5", "1234.50"},
      {"50", "50.00"},
      {"1 234,50", "1234.50"},
      {"1\u00a0234,50", "1234.50"},
      {"1\u202f234,50", "1234.50"},
      {"1,234.50", "1234.50"},
      {"1.234,50", "1234.50"},
      {"1'234.50", "1234.50"},
      {"1’234.50", "1234.50"},
      {"1.234.567", "1234567.00"},
      {"1,234,567.89", "1234567.89"},
      {"50 kr", "50.00"},
      {"SEK 50", "50.00"},
      {"50,5 SEK", "50.50"},
      {"-12,80", "-12.80"},
      {"−12,80", "-12.80"},
      // A thousand and more, or one and some decimals?
      {"1,234", ""},
      {"1.234", ""},
      {"12.34.56", ""},
      {"1,23.456,00", ""},
      {"1e5", ""},
      {"12a", ""},
      {"", ""},
      {"kr", ""},
      {",50", ""},
      {"5,", ""},
      {"--5", ""},
      {"99999999999999999999", ""},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(std::string(each.typed));
    const auto amount = typed_amount(each.typed, base::Currency::parse("SEK").value());
    EXPECT_EQ(amount ? amount->to_decimal_string() : "", each.sum);
    if (!amount) {
      EXPECT_EQ(amount.error().code, "bad_parameter");
    }
  }
}

}  // namespace
}  // namespace web
