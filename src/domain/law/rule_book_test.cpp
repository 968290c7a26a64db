// Which row is in force, and which rows may cost somebody money (D16). One row, one fact.
#include "domain/law/rule_book.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

using enum RuleSegment;

base::Date day(std::string_view text) { return *base::Date::parse(text); }

base::Period days(std::string_view from, std::string_view to) {
  return *base::Period::make(day(from), day(to));
}

// A chargeable shipped row SE ALL reminder/fee_max = value SEK, to be changed by the test.
CountryRule fee(std::string_view value) {
  CountryRule rule;
  rule.country = "SE";
  rule.area = "reminder";
  rule.key = "fee_max";
  rule.value = value;
  rule.unit = "SEK";
  rule.enforced = Enforced::kYes;
  rule.source_title = "a test";
  rule.verified = Verified::kYes;
  return rule;
}

RuleBook book(std::vector<CountryRule> rules) {
  auto made = RuleBook::make(std::move(rules));
  EXPECT_TRUE(made.has_value());
  return made.value_or(RuleBook());
}

// The value found, or the code of the error.
std::string answer(const base::Result<const CountryRule*>& found) {
  return found ? (*found)->value : found.error().code;
}

TEST(RuleBook, ARowHoldsFromItsFirstToItsLastDay) {
  CountryRule old = fee("50"), current = fee("60");
  old.valid = days("2020-01-01", "2024-07-01");
  current.valid = days("2024-07-01", "2025-01-01");
  const RuleBook rules = book({current, old});
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"2019-12-31", "no_rule_for_day"},
      {"2020-01-01", "50"},
      {"2024-06-30", "50"},
      {"2024-07-01", "60"},
      {"2024-12-31", "60"},
      {"2025-01-01", "no_rule_for_day"},
  };
  for (const auto& [when, expected] : rows) {
    EXPECT_EQ(answer(rules.find("SE", kAll, "reminder", "fee_max", day(when))), expected) << when;
  }
}

TEST(RuleBook, Precedence) {
  CountryRule consumer = fee("40");
  consumer.segment = kConsumer;
  CountryRule own = fee("55");
  own.origin = RuleOrigin::kOperator;
  own.valid = days("2026-01-01", "2027-01-01");
  CountryRule union_wide = fee("99");
  union_wide.country = "EU";
  const RuleBook rules = book({fee("60"), consumer, own, union_wide});
  struct Row {
    std::string_view country;
    RuleSegment segment;
    std::string_view day, expected;
  };
  const Row rows[] = {
      {"SE", kBusiness, "2025-06-01", "60"},  // No row for businesses: the one for all.
      {"SE", kConsumer, "2025-06-01", "40"},  // The segment's own row.
      {"SE", kConsumer, "2026-06-01", "55"},  // The operator's row beats every shipped one.
      {"SE", kAll, "2026-06-01", "55"},
      {"FI", kConsumer, "2025-06-01", "99"},               // No row of Finland: the Union's.
      {"NO", kConsumer, "2025-06-01", "no_rule_for_day"},  // Norway is no member.
      {"EU", kConsumer, "2025-06-01", "99"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(answer(rules.find(row.country, row.segment, "reminder", "fee_max", day(row.day))),
              row.expected)
        << row.country << " " << to_text(row.segment) << " " << row.day;
  }
}

// D16: unread rows and rows that are only shown never charge, whoever wrote them.
TEST(RuleBook, ChargeableRows) {
  struct Row {
    Verified verified;
    Enforced enforced;
    std::string_view expected;
  };
  const Row rows[] = {
      {Verified::kYes, Enforced::kYes, "60"},
      {Verified::kWeak, Enforced::kYes, "60"},
      {Verified::kYes, Enforced::kDefault, "60"},
      {Verified::kNo, Enforced::kYes, "rule_not_verified"},
      {Verified::kNo, Enforced::kDefault, "rule_not_verified"},
      {Verified::kYes, Enforced::kInfo, "rule_not_verified"},
  };
  for (const RuleOrigin origin : {RuleOrigin::kShipped, RuleOrigin::kOperator}) {
    for (const Row& row : rows) {
      CountryRule rule = fee("60");
      rule.verified = row.verified;
      rule.enforced = row.enforced;
      rule.origin = origin;
      const RuleBook rules = book({rule});
      EXPECT_EQ(
          answer(rules.find_chargeable("SE", kConsumer, "reminder", "fee_max", day("2026-11-22"))),
          row.expected)
          << to_text(row.verified) << " " << to_text(row.enforced);
    }
  }
}

// An operator's unread row hides a good one: a doubt about the number is a reason not to charge.
TEST(RuleBook, AnUnverifiedOperatorRowIsNotSkipped) {
  CountryRule own = fee("600");
  own.origin = RuleOrigin::kOperator;
  own.verified = Verified::kNo;
  EXPECT_EQ(answer(book({fee("60"), own})
                       .find_chargeable("SE", kAll, "reminder", "fee_max", day("2026-11-22"))),
            "rule_not_verified");
}

TEST(RuleBook, OverlapsAreRefused) {
  CountryRule early = fee("50"), late = fee("60");
  early.valid = days("2020-01-01", "2024-07-02");
  late.valid = days("2024-07-01", "2025-01-01");
  const auto refused = RuleBook::make({early, late});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "rules_overlap");
  EXPECT_EQ(refused.error().place, "SE ALL reminder/fee_max");
  late.origin = RuleOrigin::kOperator;  // An override is no overlap.
  EXPECT_TRUE(RuleBook::make({early, late}).has_value());
  late.origin = RuleOrigin::kShipped;
  late.segment = kConsumer;  // Nor is a row for a part of the customers.
  EXPECT_TRUE(RuleBook::make({early, late}).has_value());
}

TEST(RuleBook, TimelineShowsWhatIsInForceWhen) {
  CountryRule old = fee("50"), current = fee("60"), own = fee("55");
  old.valid = days("2020-01-01", "2024-07-01");
  current.valid = days("2024-07-01", "2030-01-01");
  own.valid = days("2026-01-01", "2027-01-01");
  own.origin = RuleOrigin::kOperator;
  const RuleBook rules = book({old, current, own});
  std::vector<std::string> lines;
  for (const auto& stretch : rules.timeline("SE", kAll, "reminder", "fee_max")) {
    lines.push_back(stretch.period.from().to_string() + " " + stretch.rule->value);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"2020-01-01 50", "2024-07-01 60", "2026-01-01 55",
                                             "2027-01-01 60"}));
}

TEST(RuleBook, InForceListsAnAreaOnce) {
  CountryRule gap = fee("14"), own = fee("55"), later = fee("70");
  gap.key = "min_gap";
  own.origin = RuleOrigin::kOperator;
  later.key = "later";
  later.valid = days("2030-01-01", "2031-01-01");
  const RuleBook rules = book({fee("60"), gap, own, later});
  std::vector<std::string> lines;
  for (const CountryRule* rule : rules.in_force("SE", kAll, "reminder", day("2026-01-01"))) {
    lines.push_back(rule->key + " " + rule->value);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"fee_max 55", "min_gap 14"}));
}

TEST(CountryRule, TypedValues) {
  struct Row {
    std::string_view value, unit, expected;
  };
  const auto written = [](const auto& result, auto write) {
    return result ? write(*result) : result.error().code;
  };
  const auto read = [&](const CountryRule& rule) -> std::string {
    if (rule.unit == "percent" || rule.unit == "percentage_points") {
      return written(rule_percent(rule), [](auto p) { return p.value.to_string() + " %"; });
    }
    if (rule.unit == "flag") {
      return written(rule_flag(rule), [](bool flag) { return flag ? "true" : "false"; });
    }
    if (rule.unit == "days" || rule.unit == "weeks") {
      return written(rule_days(rule), [](int n) { return std::to_string(n) + " days"; });
    }
    if (rule.unit == "month" || rule.unit == "years") {
      return written(rule_months(rule), [](int n) { return std::to_string(n) + " months"; });
    }
    return written(rule_money(rule), [](base::Money m) { return m.to_decimal_string(); });
  };
  const Row rows[] = {
      {"25.5", "percent", "25.5 %"},
      {"8", "percentage_points", "8 %"},
      {"10;4", "percent", "bad_rule_value"},
      {"", "percent", "rule_has_no_value"},
      {"60", "SEK", "60.00"},
      {"112.50", "NOK", "112.50"},
      {"112.505", "NOK", "bad_rule_value"},
      {"20-50", "EUR", "bad_rule_value"},
      {"60", "lines", "wrong_rule_unit"},
      {"14", "days", "14 days"},
      {"8", "weeks", "56 days"},
      {"-1", "days", "bad_rule_value"},
      {"1.5", "days", "bad_rule_value"},
      {"1", "month", "1 months"},
      {"3.5", "years", "42 months"},
      {"1", "flag", "true"},
      {"0", "flag", "false"},
      {"yes", "flag", "bad_rule_value"},
  };
  for (const Row& row : rows) {
    CountryRule rule = fee(row.value);
    rule.unit = row.unit;
    EXPECT_EQ(read(rule), row.expected) << row.value << " " << row.unit;
  }
}

TEST(CountryRule, Lists) {
  CountryRule rule = fee("supply_date; prepayment=date_received");
  EXPECT_EQ(rule_list(rule), (std::vector<std::string>{"supply_date", "prepayment=date_received"}));
  rule.value = "a;;b";
  EXPECT_EQ(rule_list(rule).error().code, "bad_rule_value");
}

}  // namespace
}  // namespace domain
