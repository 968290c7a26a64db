// The operator's file: Aurora's own, and how mistakes in one are named.
#include "formats/operator/operator_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "support/config/toml.h"

namespace formats {
namespace {

std::string aurora_text() {
  std::ifstream file(TELGIRO_SOURCE_DIR "/operators/aurora/operator.toml", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

base::Result<OperatorFile> read(std::string_view text) {
  const auto json = config::parse_toml(text, "operator.toml");
  EXPECT_TRUE(json) << base::describe(json.error());
  return read_operator_file(*json, "operator.toml");
}

TEST(OperatorFile, Aurora) {
  const auto aurora = read(aurora_text());
  ASSERT_TRUE(aurora) << base::describe(aurora.error());
  EXPECT_EQ(aurora->value.legal_name, "Aurora Telekom AB");
  EXPECT_EQ(aurora->value.organisation_number, "556999-1424");
  EXPECT_EQ(aurora->value.payee.bankgiro, "5050-1055");
  EXPECT_EQ(aurora->value.reference_scheme, "se_ocr_luhn_length");
  EXPECT_EQ(aurora->value.divisions.size(), 3U);
  EXPECT_EQ(aurora->value.default_profile, domain::BillingProfile());
  // As it is stored, it reads back.
  const auto stored = domain::read_operator(domain::to_json(aurora->value));
  ASSERT_TRUE(stored) << base::describe(stored.error());
  EXPECT_EQ(*stored, aurora->value);
}

TEST(OperatorFile, ADanishCreditorNumberIsKept) {
  std::string text = aurora_text();
  const std::string_view bankgiro = "bankgiro = \"5050-1055\"";
  text.replace(text.find(bankgiro), bankgiro.size(), "fi_creditor = \"81234567\"");
  const auto danish = read(text);
  ASSERT_TRUE(danish) << base::describe(danish.error());
  EXPECT_EQ(danish->value.payee.fi_creditor, "81234567");
  EXPECT_EQ(domain::read_operator(domain::to_json(danish->value)).value(), danish->value);
}

TEST(OperatorFile, MistakesAreNamed) {
  const struct {
    std::string_view from, to;
    std::string code, place;
  } rows[] = {
      {"556999-1424", "556999-1425", "bad_operator", "organisation_number"},
      {"5050-1055", "5050-1056", "bad_operator", "payee.bankgiro"},
      {"bankgiro = \"5050-1055\"", "fi_creditor = \"8123456\"", "bad_operator",
       "payee.fi_creditor"},
      {"\"SEK\"", "\"XXX\"", "bad_operator", "currency"},
      {"country = \"SE\"", "country = \"se\"", "bad_operator", "country"},
      {"se_ocr_luhn_length", "se_ocr", "bad_operator", "invoicing.reference_scheme"},
      {"first_number = 1", "first_number = 0", "bad_operator", "invoicing.first_number"},
      {"grouping = \"all\"", "grouping = \"some\"", "bad_operator", "profile.grouping"},
      {"due_days = 30", "due_days = -1", "bad_operator", "profile.due_days"},
      {"code = \"mobile\"", "code = \"broadband\"", "bad_operator", "divisions.code"},
      {"name = \"kungsgatan-2\"", "name = \"kungsgatan-1\"", "bad_operator", "drawer.name"},
      {"name = \"kungsgatan-1\"", "name = \"Kungsgatan 1\"", "bad_operator", "drawer.name"},
      {"brand", "brnad", "bad_operator", "brnad"},
      {"legal_name = \"Aurora Telekom AB\"", "", "bad_operator", "legal_name"},
      {"records = \"orders\"", "", "missing_member", "files.2.records"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.to);
    std::string text = aurora_text();
    const std::size_t at = text.find(row.from);
    ASSERT_NE(at, std::string::npos);
    const auto got = read(text.replace(at, row.from.size(), row.to));
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, row.code);
    EXPECT_EQ(got.error().place, "operator.toml: " + row.place);
  }
}

TEST(FileRule, Patterns) {
  const struct {
    std::string pattern, name;
    bool matches;
  } rows[] = {
      {"a.csv", "a.csv", true},
      {"a.csv", "a.csv2", false},
      {"a*.csv", "a.csv", true},
      {"a*.csv", "abc.csv", true},
      {"a*.csv", "b.csv", false},
      {"*", "", true},
      {"*a*b*", "xxaxxbxx", true},
      {"*a*b*", "xxbxxaxx", false},
      {"*.csv", "x.csv.csv", true},
      {"a*a", "a", false},
      {"", "", true},
      {"", "x", false},
  };
  for (const auto& row : rows) {
    const FileRule rule{row.pattern, "", ""};
    EXPECT_EQ(rule.matches(row.name), row.matches) << row.pattern << " " << row.name;
  }
}

TEST(PlanFolder, ByRuleThenByName) {
  const auto aurora = read(aurora_text());
  const auto plan = plan_folder(*aurora, {"bredband_order.csv", "README.md",
                                          "bredband_kunder_2.csv", "bredband_kunder_1.csv"});
  std::string steps;
  for (const auto& step : plan.steps) steps += step.file_name + ":" + step.rule->records + " ";
  EXPECT_EQ(steps,
            "bredband_kunder_1.csv:customers bredband_kunder_2.csv:customers "
            "bredband_order.csv:orders ");
  EXPECT_EQ(plan.unknown, std::vector<std::string>{"README.md"});
}

}  // namespace
}  // namespace formats
