// Telephone numbers as sources and people write them, one country after the other.
#include "domain/contact/msisdn.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain {
namespace {

using tests::outcome;

TEST(Msisdn, Parse) {
  struct Row {
    std::string_view text, country, outcome;
  };
  const Row rows[] = {
      {"070-123 45 67", "SE", "+46701234567"},
      {"0701234567", "SE", "+46701234567"},
      {"+46 70 123 45 67", "SE", "+46701234567"},
      {"+46 (0)70-123 45 67", "SE", "+46701234567"},
      {"0046701234567", "SE", "+46701234567"},
      {"08-12 34 56 78", "SE", "+46812345678"},
      {"+46701234567", "FI", "+46701234567"},  // Its own country wins over the default.
      {"040 123 4567", "FI", "+358401234567"},
      {"+358 40 123 4567", "SE", "+358401234567"},
      {"912 34 567", "NO", "+4791234567"},
      {"20 12 34 56", "DK", "+4520123456"},
      {"06 698 12345", "IT", "+390669812345"},  // The zero is part of a fixed line's number.
      {"347 123 4567", "IT", "+393471234567"},
      {"612 345 678", "ES", "+34612345678"},
      {"0151/12345678", "DE", "+4915112345678"},
      {"030.123456", "DE", "+4930123456"},
      {"+1 212 555 0123", "SE", "+12125550123"},  // Another country, by E.164 alone.
      {"701234567", "SE", "!missing_trunk_prefix"},
      {"12", "SE", "!missing_trunk_prefix"},  // The last row of Aurora's customers.
      {"0701", "SE", "!too_short"},
      {"07012345678901", "SE", "!too_long"},
      {"9123456", "NO", "!too_short"},
      {"912345678", "NO", "!too_long"},
      {"+1234567890123456", "SE", "!too_long"},
      {"+12345", "SE", "!too_short"},
      {"+0701234567", "SE", "!unknown_country"},
      {"0701234567", "US", "!unknown_country"},
      {"0701234567", "", "!unknown_country"},
      {"", "SE", "!too_short"},
      {"+", "SE", "!too_short"},
      {"00", "SE", "!too_short"},
      {"070 CALL ME", "SE", "!not_digits"},
      {"070+1234567", "SE", "!not_digits"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(outcome(Msisdn::parse(row.text, row.country)), row.outcome) << row.text;
  }
}

TEST(Msisdn, CountryAndMask) {
  const auto swedish = Msisdn::parse("0701234567", "SE");
  EXPECT_EQ(swedish->country(), "SE");
  EXPECT_EQ(swedish->masked(), "+46 *** *** 567");
  const auto american = Msisdn::parse("+12125550123", "SE");
  EXPECT_EQ(american->country(), "");
  EXPECT_EQ(american->masked(), "+*** *** 123");
}

// Property: the international form is read back as itself, whatever the default country.
TEST(Msisdn, InternationalFormIsStable) {
  for (int number = 700'000'000; number < 700'002'000; number += 7) {
    const auto msisdn = Msisdn::parse("0" + std::to_string(number), "SE");
    ASSERT_TRUE(msisdn.has_value());
    for (const std::string_view country : {"SE", "FI", "NO", "DK", "IT", "ES", "DE", "XX"}) {
      EXPECT_EQ(*Msisdn::parse(msisdn->text(), country), *msisdn);
    }
  }
}

}  // namespace
}  // namespace domain
