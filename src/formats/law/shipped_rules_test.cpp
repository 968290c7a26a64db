// The shipped country rules: of good shape for all seven countries and the Union, complete for
// Sweden and Finland, and the same facts as the list they were taken from (D16).
#include "tests/support/shipped_rules.h"

#include <map>
#include <set>
#include <sstream>

#include "base/text/csv.h"
#include "domain/calendar/calendars.h"
#include "domain/law/vat_rates.h"

namespace formats::law {
namespace {

using domain::CountryRule;
using domain::RuleSegment;
using enum domain::RuleSegment;

base::Date day(std::string_view text) { return *base::Date::parse(text); }

TEST(ShippedRules, EveryFileIsReadWithoutProblem) {
  for (const std::string_view country : kShippedCountries) {
    const RulesRead read = shipped_rules(country);
    for (const base::Error& problem : read.problems) ADD_FAILURE() << base::describe(problem);
    ASSERT_FALSE(read.rules.empty()) << country;
    for (const CountryRule& rule : read.rules) {
      std::string lower = rule.country;
      std::ranges::transform(lower, lower.begin(), [](char c) { return char(c + 32); });
      EXPECT_EQ(lower, country) << domain::describe(rule);
    }
  }
}

// What a row that may charge must have: a source that can be looked up, or a note that it is
// common knowledge; and no hard limit that nobody read.
TEST(ShippedRules, EveryRowNamesItsSource) {
  for (const CountryRule& rule : shipped_book().rules()) {
    SCOPED_TRACE(domain::describe(rule));
    EXPECT_TRUE(rule.source_url.empty() || rule.source_url.starts_with("https://") ||
                rule.source_url.starts_with("http://"))
        << rule.source_url;
    const bool hard = rule.enforced == domain::Enforced::kYes;
    EXPECT_FALSE(hard && rule.verified == domain::Verified::kNo);
    const bool read = rule.verified == domain::Verified::kYes;
    EXPECT_FALSE(read && rule.source_url.empty()) << "read, but where?";
  }
}

// Each of the seven has what every bill needs, every day from 2024 to 2027.
TEST(ShippedRules, SevenCountriesHaveVatAndHolidays) {
  for (const std::string_view country : {"SE", "FI", "NO", "DK", "IT", "ES", "DE"}) {
    SCOPED_TRACE(country);
    const auto calendar = domain::bank_calendar(shipped_book(), country);
    ASSERT_TRUE(calendar.has_value()) << base::describe(calendar.error());
    for (base::Date at = day("2024-01-01"); at < day("2028-01-01"); at = at + 1) {
      const auto rates = domain::VatRates::on(shipped_book(), country, at);
      ASSERT_TRUE(rates.has_value()) << base::describe(rates.error());
      ASSERT_TRUE(rates->rate("standard").has_value()) << at.to_string();
      ASSERT_TRUE(calendar->is_bank_day(at).has_value()) << at.to_string();
    }
  }
}

TEST(ShippedRules, StandardRates) {
  struct Row {
    std::string_view country, day, percent;
  };
  const Row rows[] = {
      {"SE", "2026-11-22", "25"}, {"FI", "2024-08-31", "24"}, {"FI", "2024-09-01", "25.5"},
      {"NO", "2026-11-22", "25"}, {"DK", "2026-11-22", "25"}, {"DE", "2020-06-30", "19"},
      {"DE", "2020-07-01", "16"}, {"DE", "2021-01-01", "19"}, {"IT", "2026-11-22", "22"},
      {"ES", "2026-11-22", "21"},
  };
  for (const Row& row : rows) {
    const auto rates = domain::VatRates::on(shipped_book(), row.country, day(row.day));
    ASSERT_TRUE(rates.has_value()) << row.country;
    EXPECT_EQ(rates->rate("standard")->value.to_string(), row.percent) << row.country << row.day;
  }
}

// What billing may use, half-year by half-year. "-": no row, "?": not verified; both charge
// nothing. The rates of 2027 are not published yet: their day needs a new row.
struct BillingRule {
  std::string_view country;
  RuleSegment segment;
  std::string_view area, key;
  // 2024-01, 2024-07, 2025-01, 2025-07, 2026-01, 2026-07, 2027-01, 2027-07
  std::string_view values;
};

constexpr BillingRule kBillingRules[] = {
    {"SE", kConsumer, "vat", "standard_rate", "25 25 25 25 25 25 25 25"},
    {"SE", kConsumer, "rounding", "payment", "1 1 1 1 1 1 1 1"},
    {"SE", kConsumer, "reminder", "fee_max", "60 60 60 60 60 60 60 60"},
    {"SE", kBusiness, "reminder", "fee_max", "60 60 60 60 60 60 60 60"},
    {"SE", kConsumer, "reminder", "fee_requires_prior_agreement", "1 1 1 1 1 1 1 1"},
    {"SE", kConsumer, "interest", "margin", "8 8 8 8 8 8 8 8"},
    {"SE", kBusiness, "interest", "margin", "8 8 8 8 8 8 8 8"},
    {"SE", kConsumer, "interest", "reference_rate", "4.00 4.00 ? ? ? ? - -"},
    {"SE", kBusiness, "collection", "late_compensation", "450 450 450 450 450 450 450 450"},
    {"SE", kConsumer, "retention", "accounting_years", "7 7 7 7 7 7 7 7"},
    {"SE", kConsumer, "limitation", "years", "3 3 3 3 3 3 3 3"},
    {"SE", kBusiness, "limitation", "years", "10 10 10 10 10 10 10 10"},
    {"FI", kConsumer, "vat", "standard_rate", "24 24 25.5 25.5 25.5 25.5 25.5 25.5"},
    {"FI", kConsumer, "rounding", "payment", "- - - - - - - -"},  // Finland rounds coins only.
    {"FI", kConsumer, "reminder", "fee_max", "5 5 5 5 5 5 5 5"},
    {"FI", kBusiness, "reminder", "fee_max", "12 12 12 12 12 12 12 12"},
    {"FI", kConsumer, "reminder", "fee_earliest_day_after_due", "14 14 14 14 14 14 14 14"},
    {"FI", kConsumer, "interest", "margin", "7 7 7 7 7 7 7 7"},
    {"FI", kBusiness, "interest", "margin", "8 8 8 8 8 8 8 8"},
    {"FI", kConsumer, "interest", "reference_rate", "4.5 4.5 3.5 2.5 2.5 2.5 - -"},
    {"FI", kConsumer, "interest", "late_rate_b2c_cap", "11.5 11.5 10.5 9.5 9.5 9.5 - -"},
    {"FI", kBusiness, "interest", "late_rate_b2b", "12.5 12.5 11.5 10.5 10.5 10.5 - -"},
    {"FI", kConsumer, "retention", "voucher_years", "6 6 6 6 6 6 6 6"},
    {"FI", kConsumer, "retention", "books_years", "10 10 10 10 10 10 10 10"},
    {"FI", kConsumer, "limitation", "years", "3 3 3 3 3 3 3 3"},
};

TEST(ShippedRules, SwedenAndFinlandAreComplete) {
  for (const BillingRule& row : kBillingRules) {
    std::string values;
    for (const std::string_view from : {"2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01",
                                        "2026-01-01", "2026-07-01", "2027-01-01", "2027-07-01"}) {
      const auto rule =
          shipped_book().find_chargeable(row.country, row.segment, row.area, row.key, day(from));
      if (!values.empty()) values += " ";
      values += rule ? (*rule)->value : rule.error().code == "no_rule_for_day" ? "-" : "?";
    }
    EXPECT_EQ(values, row.values) << row.country << " " << domain::to_text(row.segment) << " "
                                  << row.area << "/" << row.key;
  }
}

// Every day between those: a row that begins or ends within a half-year would hide there.
TEST(ShippedRules, NoGapsWithinTheYearsOfBilling) {
  for (const BillingRule& row : kBillingRules) {
    if (row.values.find('-') != std::string_view::npos) continue;
    for (base::Date at = day("2024-01-01"); at < day("2028-01-01"); at = at + 1) {
      ASSERT_TRUE(shipped_book().find(row.country, row.segment, row.area, row.key, at).has_value())
          << row.country << " " << row.area << "/" << row.key << " " << at.to_string();
    }
  }
}

TEST(ShippedRules, FinlandTaxesBySupplyOrPrepayment) {
  EXPECT_EQ(domain::vat_date_rule(shipped_book(), "FI", day("2024-09-01")),
            domain::VatDateRule::kSupplyOrPrepayment);
}

TEST(ShippedRules, OnlySwedenRoundsWhatIsPaid) {
  for (const std::string_view country : {"SE", "FI", "NO", "DK", "IT", "ES", "DE"}) {
    const auto step = domain::payment_rounding(shipped_book(), country, day("2026-11-22"));
    ASSERT_TRUE(step.has_value()) << country;
    EXPECT_EQ(step->has_value(), country == "SE") << country;
  }
}

// The facts are those of the list they came from, row for row; only its quotations are left
// out, and Switzerland, which is not billed.
TEST(ShippedRules, SameAsTheListOfFacts) {
  const std::string path = TELGIRO_SOURCE_DIR "/../shared/data/law/rules.csv";
  const std::string text = read_test_file(path);
  if (text.empty()) GTEST_SKIP() << "the list of facts is not beside this tree";
  const base::CsvFile list = base::parse_csv(text, "list");
  ASSERT_TRUE(list.problems.empty());
  ASSERT_EQ(list.records.front().fields[11], "quote_or_paraphrase");
  std::map<std::string, std::vector<std::vector<std::string>>> expected, shipped;
  for (const base::CsvRecord& record : list.records) {
    std::vector<std::string> fields = record.fields;
    fields.erase(fields.begin() + 11);
    if (fields[0] != "CH" && fields[0] != "country") expected[fields[0]].push_back(fields);
  }
  for (const std::string_view country : kShippedCountries) {
    const std::string file =
        read_test_file(TELGIRO_SOURCE_DIR "/countries/" + std::string(country) + "/rules.csv");
    for (const base::CsvRecord& record : base::parse_csv(file, country).records) {
      if (record.fields[0] != "country") shipped[record.fields[0]].push_back(record.fields);
    }
  }
  EXPECT_EQ(shipped, expected);
}

}  // namespace
}  // namespace formats::law
