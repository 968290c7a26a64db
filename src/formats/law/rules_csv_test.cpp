// What a file of country rules may hold, and how each mistake in it is named.
#include "formats/law/rules_csv.h"

#include <string>

#include <gtest/gtest.h>

namespace formats::law {
namespace {

constexpr std::string_view kHeader =
    "country,segment,area,key,value,unit,valid_from,valid_to,enforced,source_title,source_url,"
    "verified\n";

RulesRead read(std::string_view rows) {
  return read_rules(std::string(kHeader) + std::string(rows), "f", domain::RuleOrigin::kOperator);
}

TEST(RulesCsv, ReadsARow) {
  const RulesRead got = read(
      "SE,B2C,reminder,fee_max,60,SEK,2013-03-16,2026-12-31,yes,\"IMY, Inkasso\",https://imy.se,"
      "weak\n");
  ASSERT_EQ(got.rules.size(), 1u);
  EXPECT_TRUE(got.problems.empty());
  const domain::CountryRule& rule = got.rules.front();
  EXPECT_EQ(domain::describe(rule), "SE B2C reminder/fee_max");
  EXPECT_EQ(rule.value, "60");
  EXPECT_EQ(rule.unit, "SEK");
  EXPECT_EQ(rule.valid.from().to_string(), "2013-03-16");
  EXPECT_EQ(rule.valid.last_day().to_string(), "2026-12-31");  // Inclusive, as in the file.
  EXPECT_EQ(rule.valid.to().to_string(), "2027-01-01");
  EXPECT_EQ(rule.enforced, domain::Enforced::kYes);
  EXPECT_EQ(rule.source_title, "IMY, Inkasso");
  EXPECT_EQ(rule.source_url, "https://imy.se");
  EXPECT_EQ(rule.verified, domain::Verified::kWeak);
  EXPECT_EQ(rule.origin, domain::RuleOrigin::kOperator);
}

TEST(RulesCsv, WithoutDatesARowHoldsAlways) {
  const RulesRead got = read("IT,B2C,reminder,fee_max,,EUR,,,default,not read,,no\n");
  ASSERT_EQ(got.rules.size(), 1u);
  EXPECT_EQ(got.rules.front().valid, domain::all_days());
  EXPECT_EQ(got.rules.front().value, "");  // Known to be unknown.
}

TEST(RulesCsv, MistakesAreNamedWithTheirPlace) {
  struct Row {
    std::string_view row;
    std::string_view problem;  // "place code"
  };
  const Row rows[] = {
      {"SE,ALL,a,k,1,SEK,,,yes,t,,yes,more", "f:2 rule_wrong_field_count"},
      {"SE,ALL,a,k", "f:2 rule_wrong_field_count"},
      {"se,ALL,a,k,1,SEK,,,yes,t,,yes", "f:2:country bad_country_code"},
      {"SWE,ALL,a,k,1,SEK,,,yes,t,,yes", "f:2:country bad_country_code"},
      {"SE,C2C,a,k,1,SEK,,,yes,t,,yes", "f:2:segment unknown_value"},
      {"SE,ALL,,k,1,SEK,,,yes,t,,yes", "f:2:area rule_field_empty"},
      {"SE,ALL,a,,1,SEK,,,yes,t,,yes", "f:2:key rule_field_empty"},
      {"SE,ALL,a,k,1,,,,yes,t,,yes", "f:2:unit rule_field_empty"},
      {"SE,ALL,a,k,\"2,50\",SEK,,,yes,t,,yes", "f:2:value bad_rule_value"},
      {"SE,ALL,a,k,high,percent,,,yes,t,,yes", "f:2:value bad_rule_value"},
      {"SE,ALL,a,k,1,SEK,1 July,,yes,t,,yes", "f:2:valid_from not_a_date"},
      {"SE,ALL,a,k,1,SEK,2026-13-45,,yes,t,,yes", "f:2:valid_from no_such_date"},
      {"SE,ALL,a,k,1,SEK,2026-02-02,2026-02-01,yes,t,,yes",
       "f:2:valid_to period_ends_before_it_starts"},
      {"SE,ALL,a,k,1,SEK,,,maybe,t,,yes", "f:2:enforced unknown_value"},
      {"SE,ALL,a,k,1,SEK,,,yes,,,yes", "f:2:source_title rule_without_source"},
      {"SE,ALL,a,k,1,SEK,,,yes,t,,perhaps", "f:2:verified unknown_value"},
      {"SE,ALL,a,k,1,SEK,,,yes,t\"x,,yes", "f:2 csv_quote_in_field"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.row);
    const RulesRead got = read(std::string(row.row) + "\nSE,ALL,good,row,1,SEK,,,yes,t,,yes\n");
    ASSERT_EQ(got.problems.size(), 1u);
    EXPECT_EQ(got.problems.front().place + " " + got.problems.front().code, row.problem);
    ASSERT_EQ(got.rules.size(), 1u);  // The good row is taken all the same.
    EXPECT_EQ(got.rules.front().area, "good");
  }
}

TEST(RulesCsv, OneDayIsAPeriod) {
  const RulesRead got = read("SE,ALL,a,k,1,SEK,2026-02-02,2026-02-02,yes,t,,yes\n");
  ASSERT_EQ(got.rules.size(), 1u);
  EXPECT_EQ(got.rules.front().valid.days(), 1);
}

TEST(RulesCsv, TheHeaderNamesTheColumns) {
  struct Row {
    std::string text;
    std::string_view problem;
  };
  std::string renamed(kHeader), shorter(kHeader);
  renamed.replace(renamed.find("verified"), 8, "verificd");
  shorter.replace(shorter.find(",verified"), 9, "");
  const Row rows[] = {
      {"", "f:1 rules_no_header"},
      {renamed, "f:1:verificd rules_unknown_column"},
      {shorter, "f:1:verified rules_missing_column"},
      {std::string(kRulesBytesMax + 1, ' '), "f rules_too_long"},
  };
  for (const Row& row : rows) {
    const RulesRead got = read_rules(row.text, "f", domain::RuleOrigin::kShipped);
    ASSERT_FALSE(got.problems.empty());
    EXPECT_EQ(got.problems.front().place + " " + got.problems.front().code, row.problem);
    EXPECT_TRUE(got.rules.empty());
  }
}

// Cut off anywhere, a file is read as far as it goes: rows or problems, never a crash.
TEST(RulesCsv, CutOffAnywhere) {
  const std::string whole =
      std::string(kHeader) +
      "SE,ALL,reminder,fee_max,60,SEK,2013-03-16,2026-12-31,yes,\"A \"\"b\"\", c\",https://x,yes\n"
      "FI,B2C,vat,reduced_rates,10;4,percent,,,info,t,,no\r\n";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    const RulesRead got = read_rules(whole.substr(0, length), "f", domain::RuleOrigin::kShipped);
    EXPECT_LE(got.rules.size(), 2u);
    EXPECT_EQ(got.rules.size() == 2, length >= whole.size() - 2) << length;
  }
}

// Columns may stand in any order: spreadsheets move them.
TEST(RulesCsv, AnyOrderOfColumns) {
  const RulesRead got = read_rules(
      "verified,key,area,country,segment,unit,value,enforced,valid_to,valid_from,source_url,"
      "source_title\nyes,fee_max,reminder,SE,ALL,SEK,60,yes,,,,t\n",
      "f", domain::RuleOrigin::kShipped);
  ASSERT_EQ(got.rules.size(), 1u);
  EXPECT_EQ(domain::describe(got.rules.front()), "SE ALL reminder/fee_max");
  EXPECT_EQ(got.rules.front().value, "60");
}

}  // namespace
}  // namespace formats::law
