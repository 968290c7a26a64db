// Rates by day, and the day that decides when a rate changes.
#include "domain/law/vat_rates.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Date day(std::string_view text) { return *base::Date::parse(text); }

CountryRule row(std::string_view key, std::string_view value, std::string_view from,
                std::string_view to, Enforced enforced = Enforced::kYes) {
  CountryRule rule;
  rule.country = "FI";
  rule.area = "vat";
  rule.key = key;
  rule.value = value;
  rule.unit = "percent";
  rule.valid = *base::Period::make(day(from), day(to));
  rule.enforced = enforced;
  rule.source_title = "a test";
  rule.verified = Verified::kYes;
  return rule;
}

RuleBook finland() {
  CountryRule change =
      row("rate_change_rule", "supply_date; prepayment=date_received", "2024-09-01", "9999-12-31");
  change.unit = "rule";
  return *RuleBook::make({row("standard_rate", "24", "2020-01-01", "2024-09-01"),
                          row("standard_rate", "25.5", "2024-09-01", "9999-12-31"),
                          row("reduced_rate_1", "14", "2020-01-01", "2026-01-01"),
                          row("reduced_rate_2", "10", "2020-01-01", "9999-12-31", Enforced::kInfo),
                          change});
}

std::string rate(const RuleBook& book, std::string_view vat_class, std::string_view when) {
  const auto rates = VatRates::on(book, "FI", day(when));
  if (!rates) return rates.error().code;
  const auto percent = rates->rate(vat_class);
  return percent ? percent->value.to_string() : percent.error().code;
}

TEST(VatRates, ByClassAndDay) {
  struct Row {
    std::string_view vat_class, day, expected;
  };
  const Row rows[] = {
      {"standard", "2024-08-31", "24"},
      {"standard", "2024-09-01", "25.5"},
      {"standard", "2019-12-31", "no_rule_for_day"},
      {"reduced_1", "2025-12-31", "14"},
      {"reduced_1", "2026-01-01", "unknown_vat_class"},  // No row, so no rate: never a guess.
      {"reduced_2", "2025-01-01", "rule_not_verified"},  // Shown only.
      {"zero", "2025-01-01", "0"},
      {"luxury", "2025-01-01", "unknown_vat_class"},
  };
  const RuleBook book = finland();
  for (const Row& row : rows) {
    EXPECT_EQ(rate(book, row.vat_class, row.day), row.expected) << row.vat_class << row.day;
  }
}

TEST(VatRates, KnowHowLongTheyHold) {
  const auto rates = VatRates::on(finland(), "FI", day("2025-06-01"));
  ASSERT_TRUE(rates.has_value());
  EXPECT_EQ(rates->valid().from(), day("2024-09-01"));
  EXPECT_EQ(rates->valid().last_day(), day("2025-12-31"));  // Then reduced_1 ends.
}

TEST(VatRates, OneReducedRateOrSeveralInOneRow) {
  const RuleBook book = *RuleBook::make({row("standard_rate", "21", "2020-01-01", "9999-12-31"),
                                         row("reduced_rates", "10;4", "2020-01-01", "2025-01-01"),
                                         row("reduced_rate", "7", "2025-01-01", "9999-12-31")});
  EXPECT_EQ(rate(book, "reduced_1", "2024-06-01"), "10");
  EXPECT_EQ(rate(book, "reduced_2", "2024-06-01"), "4");
  EXPECT_EQ(rate(book, "reduced_1", "2025-06-01"), "7");
}

// Finland, 1 September 2024: the supply decides, but what was paid before keeps its day.
TEST(VatDate, SupplyOrPrepayment) {
  const RuleBook book = finland();
  const auto ours = vat_date_rule(book, "FI", day("2024-09-01"));
  ASSERT_TRUE(ours.has_value());
  EXPECT_EQ(*ours, VatDateRule::kSupplyOrPrepayment);
  EXPECT_EQ(vat_date(*ours, day("2024-09-15")), day("2024-09-15"));
  EXPECT_EQ(vat_date(*ours, day("2024-09-15"), day("2024-08-20")), day("2024-08-20"));
  EXPECT_EQ(vat_date(*ours, day("2024-08-15"), day("2024-09-20")), day("2024-08-15"));
  // Elsewhere, and before there was a rule: the supply.
  EXPECT_EQ(vat_date_rule(book, "SE", day("2024-09-01")), VatDateRule::kSupply);
  EXPECT_EQ(vat_date(VatDateRule::kSupply, day("2024-09-15"), day("2024-08-20")),
            day("2024-09-15"));
}

TEST(VatDate, AnUnknownRuleIsAnError) {
  CountryRule change = row("rate_change_rule", "moon_phase", "2024-01-01", "9999-12-31");
  const RuleBook book = *RuleBook::make({change});
  EXPECT_EQ(vat_date_rule(book, "FI", day("2025-01-01")).error().code, "bad_rule_value");
}

TEST(PaymentRounding, OnlyWhereTheCountryRounds) {
  CountryRule step = row("payment", "1", "2010-10-01", "9999-12-31", Enforced::kDefault);
  step.country = "SE";
  step.area = "rounding";
  step.unit = "SEK";
  CountryRule coins = step;  // Coins are no reason to round what is paid by bank.
  coins.country = "FI";
  coins.key = "cash";
  coins.unit = "EUR";
  const RuleBook book = *RuleBook::make({step, coins});
  const auto sweden = payment_rounding(book, "SE", day("2026-11-22"));
  ASSERT_TRUE(sweden.has_value() && sweden->has_value());
  EXPECT_EQ((*sweden)->minor(), 100);
  EXPECT_EQ(payment_rounding(book, "FI", day("2026-11-22")).value(), std::nullopt);
  step.verified = Verified::kNo;
  EXPECT_EQ(payment_rounding(*RuleBook::make({step}), "SE", day("2026-11-22")).error().code,
            "rule_not_verified");
}

}  // namespace
}  // namespace domain
