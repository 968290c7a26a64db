// What holds for every scheme, whichever they are, and the options that agreements settle.
#include "domain/reference/registry.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain {
namespace {

using tests::outcome;

std::string check(std::string_view scheme, std::string_view value,
                  const ReferenceOptions& options = {}) {
  return outcome(find_reference_scheme(scheme)->check(value, options));
}

std::string make(std::string_view scheme, std::string_view base,
                 const ReferenceOptions& options = {}) {
  return outcome(find_reference_scheme(scheme)->make(base, options));
}

TEST(ReferenceRegistry, NamesAreFoundAndUnique) {
  std::set<std::string_view> names;
  for (const ReferenceScheme& scheme : reference_schemes()) {
    EXPECT_TRUE(names.insert(scheme.name).second) << scheme.name;
    EXPECT_EQ(find_reference_scheme(scheme.name), &scheme);
    EXPECT_FALSE(scheme.title.empty()) << scheme.name;
  }
  EXPECT_EQ(find_reference_scheme("no_such_scheme"), nullptr);
  EXPECT_EQ(find_reference_scheme(""), nullptr);
}

// Whatever bytes come in, a scheme answers; an option it does not know is never passed over.
TEST(ReferenceRegistry, EverySchemeRefusesRubbishAndUnknownOptions) {
  const std::string long_text(100'000, '7');
  for (const ReferenceScheme& scheme : reference_schemes()) {
    SCOPED_TRACE(scheme.name);
    EXPECT_FALSE(scheme.check("", {}).has_value());
    EXPECT_FALSE(scheme.check("\xff\xfe{}", {}).has_value());
    EXPECT_FALSE(scheme
                     .check(std::string_view("12\0"
                                             "34",
                                             5),
                            {})
                     .has_value());
    EXPECT_EQ(outcome(scheme.check("1", {{"colour", "red"}})), "!unknown_option");
    if (scheme.name != "luhn") {
      EXPECT_FALSE(scheme.check(long_text, {}).has_value());
    }
    if (scheme.make == nullptr) continue;
    EXPECT_FALSE(scheme.make("", {}).has_value());
    EXPECT_FALSE(scheme.make("\xff{}", {}).has_value());
    EXPECT_EQ(outcome(scheme.make("1", {{"colour", "red"}})), "!unknown_option");
  }
}

TEST(ReferenceRegistry, WhatASchemeMakesItReads) {
  struct Row {
    std::string_view scheme, base, outcome;
  };
  const Row rows[] = {
      {"se_ocr_luhn", "123", "1230"},
      {"se_ocr_luhn_length", "1234567890", "123456789023"},
      {"fi_viite", "123", "1232"},
      {"fi_rf_viite", "234823", "RF332348236"},
      {"iso11649_rf", "539007547034", "RF18539007547034"},
      {"no_kid_mod10", "123456789", "1234567897"},
      {"no_kid_mod11", "10518", "10518-"},
      {"dk_fik71", "42", "000000000000422"},
      {"ch_qrr_esr", "187858", "000000000000000000001878583"},
      {"plain", "2026-17", "2026-17"},
      {"iban", "NO86011117947", "NO9386011117947"},
      {"se_bankgiro", "5402968", "54029681"},
      {"se_plusgiro", "4105468", "41054685"},
      {"no_kontonr", "8601111794", "86011117947"},
      {"sepa_creditor_id", "ESZZZ47690558N", "ES23ZZZ47690558N"},
      {"luhn", "7894", "78949"},
      {"es_n43_ref1_control_body", "82546789013", "825467890138"},
      {"se_ocr_generate", "123", "1230"},
      {"fi_viite_generate", "123", "1232"},
      {"fi_rf_generate", "234823", "RF332348236"},
  };
  std::set<std::string_view> made;
  for (const Row& row : rows) {
    EXPECT_EQ(make(row.scheme, row.base), row.outcome) << row.scheme;
    EXPECT_EQ(check(row.scheme, row.outcome), row.outcome) << row.scheme;
    made.insert(row.scheme);
  }
  for (const ReferenceScheme& scheme : reference_schemes()) {
    EXPECT_EQ(made.contains(scheme.name), scheme.make != nullptr) << scheme.name << " lacks a row";
  }
}

TEST(ReferenceRegistry, OcrOptions) {
  struct Row {
    std::string_view value;
    ReferenceOptions options;
    std::string_view outcome;
  };
  const Row rows[] = {
      {"1231", {}, "!wrong_check_digit"},
      {"1231", {{"level", "soft"}}, "1231"},
      {"1231", {{"level", "hard"}}, "!wrong_check_digit"},
      {"1230", {{"level", "length_digit"}}, "!wrong_length_digit"},
      {"1230", {{"length_digit", "true"}}, "!wrong_length_digit"},
      {"1230", {{"length_digit", "false"}}, "1230"},
      {"1230", {{"level", "fixed_length"}, {"length", "4"}}, "1230"},
      {"1230", {{"length", "8,4"}}, "1230"},
      {"1230", {{"length", "8"}}, "!wrong_length"},
      {"1230", {{"level", "fixed_length"}}, "!bad_option"},
      {"1230", {{"length", "4,"}}, "1230"},
      {"1230", {{"length", ",4"}}, "!bad_option"},
      {"1230", {{"length", "four"}}, "!bad_option"},
      {"1230", {{"length", "0"}}, "!bad_option"},
      {"1230", {{"level", "5"}}, "!bad_option"},
      {"1230", {{"length_digit", "yes"}}, "!bad_option"},
  };
  for (const Row& row : rows) EXPECT_EQ(check("se_ocr_luhn", row.value, row.options), row.outcome);
  EXPECT_EQ(make("se_ocr_luhn", "123", {{"length", "8"}}), "00001230");
  EXPECT_EQ(make("se_ocr_luhn_length", "1234567890", {{"pad", "0"}}), "1234567890037");
}

TEST(ReferenceRegistry, OtherOptions) {
  const std::string_view spanish_with_wrong_account_digits = "ES2121000418450200051331";
  EXPECT_EQ(check("iban", spanish_with_wrong_account_digits), "!wrong_national_check_digit");
  EXPECT_EQ(check("iban", spanish_with_wrong_account_digits, {{"check", "mod97"}}),
            spanish_with_wrong_account_digits);
  EXPECT_EQ(check("iban", "NO9386011117947", {{"check", "half"}}), "!bad_option");
  EXPECT_EQ(check("es_n43_ref1_control_body", "82546789013", {{"check_digit", "8"}}),
            "825467890138");
  EXPECT_EQ(check("es_n43_ref1_control_body", "82546789013", {{"check_digit", "7"}}),
            "!wrong_check_digit");
  EXPECT_EQ(check("luhn", "7894"), "!wrong_check_digit");
}

}  // namespace
}  // namespace domain
