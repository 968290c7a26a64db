// OCR numbers under the four levels of control that Bankgirot offers.
#include "domain/reference/swedish_ocr.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;
using enum OcrControl;

const OcrAgreement kLevel1{.control = kSoft};
const OcrAgreement kLevel2{.control = kHard};
const OcrAgreement kLevel3{.control = kLengthDigit};
const OcrAgreement kLevel4{.control = kFixedLength, .lengths = {8, 10}};

TEST(SwedishOcr, Parse) {
  struct Row {
    std::string_view text;
    const OcrAgreement& agreement;
    std::string_view outcome;
  };
  const Row rows[] = {
      {"1230", kLevel2, "1230"},
      {"1234 5678 2", kLevel2, "123456782"},  // In groups of four, as we print it.
      {"00", kLevel2, "00"},                  // Shortest; zeros on the left are kept.
      {"1231", kLevel2, "!wrong_check_digit"},
      {"1231", kLevel1, "1231"},  // The payer insisted: soft control lets it through.
      {"garbage", kLevel1, "!not_digits"},
      {"garbage", kLevel2, "!not_digits"},
      {"0", kLevel2, "!too_short"},
      {"", kLevel1, "!too_short"},
      {"1234567890123456789012340", kLevel2, "1234567890123456789012340"},  // 25, the longest.
      {"12345678901234567890123456", kLevel2, "!too_long"},
      {"123456789023", kLevel3, "123456789023"},  // Length 12: next to last is 2.
      {"1234567890037", kLevel3, "1234567890037"},
      {"1230", kLevel3, "!wrong_length_digit"},
      {"12369", kLevel3, "!wrong_length_digit"},  // Its Luhn digit is right.
      {"123456789024", kLevel3, "!wrong_check_digit"},
      {"12345674", kLevel4, "12345674"},
      {"1234567897", kLevel4, "1234567897"},
      {"123456782", kLevel4, "!wrong_length"},  // Nine digits; eight or ten are agreed.
      {"12345675", kLevel4, "!wrong_check_digit"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(SwedishOcr::parse(row.text, row.agreement)), row.outcome) << row.text;
  }
}

TEST(SwedishOcr, FromBase) {
  struct Row {
    std::string_view base;
    OcrAgreement agreement;
    std::string_view outcome;
  };
  const Row rows[] = {
      {"123", kLevel2, "1230"},
      {"1234567890", kLevel3, "123456789023"},
      {"1234567890", {.control = kLengthDigit, .lengths = {}, .pad = "0"}, "1234567890037"},
      {"1234567", kLevel4, "12345674"},      // Fits the shorter agreed length.
      {"123", kLevel4, "00001230"},          // Filled up from the left.
      {"12345678", kLevel4, "0123456782"},   // Only the longer one fits.
      {"1234567890", kLevel4, "!too_long"},  // Neither fits.
      {"123", {.control = kLengthDigit, .lengths = {8}, .pad = {}}, "00012385"},
      {"", kLevel2, "!too_short"},
      {"12-3", kLevel2, "!not_digits"},
      {"1234567890123456789012345", kLevel2, "!too_long"},
      {"1", {.control = kFixedLength, .lengths = {}, .pad = {}}, "!bad_option"},
      {"1", {.control = kHard, .lengths = {26}, .pad = {}}, "!bad_option"},
      {"1", {.control = kHard, .lengths = {}, .pad = "x"}, "!bad_option"},
  };
  for (const Row& row : rows) {
    const auto made = SwedishOcr::from_base(row.base, row.agreement);
    EXPECT_EQ(outcome(made), row.outcome) << row.base;
    if (made) {
      EXPECT_EQ(outcome(SwedishOcr::parse(made->text(), row.agreement)), row.outcome);
    }
  }
}

TEST(SwedishOcr, SoftControlStillTellsWhetherTheDigitIsRight) {
  EXPECT_TRUE(SwedishOcr::parse("1230", kLevel1)->has_right_check_digit());
  EXPECT_FALSE(SwedishOcr::parse("1231", kLevel1)->has_right_check_digit());
}

// Property: one wrong digit is caught at levels 2 to 4; level 3 and 4 also catch a lost digit.
TEST(SwedishOcr, TyposAreCaught) {
  for (int base = 1; base < 2000; ++base) {
    const std::string number = std::to_string(base);
    const auto hard = SwedishOcr::from_base(number, kLevel2)->text();
    for (const auto& typed : tests::wrong_digits(hard)) {
      EXPECT_FALSE(SwedishOcr::parse(typed, kLevel2).has_value()) << typed;
    }
    for (const OcrAgreement* agreement : {&kLevel3, &kLevel4}) {
      const auto issued = SwedishOcr::from_base(number, *agreement)->text();
      const auto without_first = issued.substr(1);
      EXPECT_FALSE(SwedishOcr::parse(without_first, *agreement).has_value()) << issued;
    }
  }
}

}  // namespace
}  // namespace domain
