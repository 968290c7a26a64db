// IBANs as people and files write them.
#include "domain/bank/iban.h"

#include <gtest/gtest.h>

#include "domain/bank/iban_formats.h"
#include "tests/support/outcome.h"
#include "tests/support/typos.h"

namespace domain {
namespace {

using tests::outcome;

TEST(Iban, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"SE45 5000 0000 0583 9825 7466", "SE4550000000058398257466"},
      {"FI21 1234 5600 0007 85", "FI2112345600000785"},
      {"NO93.8601.1117.947", "NO9386011117947"},
      {"DK50 0040 0440 1162 43", "DK5000400440116243"},
      {"DE89-3704-0044-0532-0130-00", "DE89370400440532013000"},
      {"IT60 X054 2811 1010 0000 0123 456", "IT60X0542811101000000123456"},
      {"es91 2100 0418 4502 0005 1332", "ES9121000418450200051332"},
      {"SE45 5000 0000 0583 9825 7467", "!wrong_check_digit"},
      {"QQ93 1234 5678", "!unknown_country"},
      {"AT93 1904 3002 3457 3201 99", "!wrong_length"},
      {"GI22 NW3K 0000 0000 7099 453", "!wrong_structure"},
      {"ES21 2100 0418 4502 0005 1331", "!wrong_national_check_digit"},
      {"", "!too_short"},
      {"SE45", "!too_short"},
      {"SE455000000005839825746612345678901", "!too_long"},
      {"5000 0000 0583", "!wrong_characters"},
      {"SE4X 5000", "!wrong_characters"},
      {"SE45 5000 0000 0583 9825 746å", "!wrong_characters"},
  };
  for (const Row& row : rows) EXPECT_EQ(outcome(Iban::parse(row.text)), row.outcome) << row.text;
}

TEST(Iban, Parts) {
  const auto iban = Iban::parse("SE4550000000058398257466");
  EXPECT_EQ(iban->country(), "SE");
  EXPECT_EQ(iban->bban(), "50000000058398257466");
  EXPECT_EQ(iban->grouped(), "SE45 5000 0000 0583 9825 7466");
}

TEST(Iban, FromBban) {
  EXPECT_EQ(outcome(Iban::from_bban("NO", "8601 11 17947")), "NO9386011117947");
  EXPECT_EQ(outcome(Iban::from_bban("no", "8601 11 17948")), "!wrong_national_check_digit");
  EXPECT_EQ(outcome(Iban::from_bban("SE", "123")), "!wrong_length");
  EXPECT_EQ(outcome(Iban::from_bban("", "86011117947")), "!wrong_characters");
  EXPECT_EQ(outcome(Iban::from_bban("NO", "8601/11")), "!wrong_characters");
}

TEST(IbanFormats, LengthsOfTheCountriesWeBillIn) {
  struct Row {
    std::string_view country;
    std::size_t iban_length;
  };
  const Row rows[] = {{"SE", 24}, {"FI", 18}, {"NO", 15}, {"DK", 18},
                      {"DE", 22}, {"IT", 27}, {"ES", 24}};
  for (const Row& row : rows) {
    const IbanFormat* format = find_iban_format(row.country);
    ASSERT_NE(format, nullptr) << row.country;
    EXPECT_EQ(bban_length(*format) + 4, row.iban_length) << row.country;
  }
  EXPECT_EQ(find_iban_format("US"), nullptr);
  EXPECT_EQ(find_iban_format(""), nullptr);
}

// Property: one wrong digit and any two swapped neighbours are caught.
TEST(Iban, TyposAreCaught) {
  for (int account = 0; account < 500; ++account) {
    const std::string number = std::to_string(1'000'000'000 + account * 7919);
    const auto issued = Iban::from_bban("DE", "37040044" + number)->text();
    EXPECT_EQ(outcome(Iban::parse(issued)), issued);
    for (const auto& typed : tests::wrong_digits(issued)) {
      EXPECT_FALSE(Iban::parse(typed).has_value()) << typed;
    }
    for (const auto& typed : tests::swapped_neighbours(issued)) {
      EXPECT_FALSE(Iban::parse(typed).has_value()) << typed;
    }
  }
}

}  // namespace
}  // namespace domain
