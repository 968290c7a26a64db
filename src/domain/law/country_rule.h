// A country rule: one dated fact of law or custom with its source, a row of
// countries/<cc>/rules.csv.
//
// A row says what a number is, never what to do with it: fees, interest and reminders ask the
// RuleBook and then chargeable(). Which rows may cost somebody money is decision D16: only those
// whose source was read (verified yes or weak) and that are not merely shown (enforced info).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/party/party.h"

namespace domain {

// Whom a row speaks of. A row for one segment beats a row for all.
enum class RuleSegment { kAll, kBusiness, kConsumer };
// A hard limit, a preset that the operator may change, or something only shown.
enum class Enforced { kYes, kDefault, kInfo };
// The source was read; it is old, secondary or derived; nobody read it.
enum class Verified { kYes, kWeak, kNo };
// A row of the product or one of the operator, who names a source of their own.
enum class RuleOrigin { kShipped, kOperator };

// Every day there is: the validity of a row without dates.
[[nodiscard]] base::Period all_days();

struct CountryRule {
  std::string country;  // ISO 3166-1 alpha-2 in capitals, or EU.
  RuleSegment segment = RuleSegment::kAll;
  std::string area;   // vat, reminder, interest, holiday ...
  std::string key;    // standard_rate, fee_max ...
  std::string value;  // Text; several parts are joined with ';'. Empty: known to be unknown.
  std::string unit;   // percent, SEK, days, flag, list ...
  // Half-open, as all periods: the file's inclusive valid_to is one day less than valid.to().
  base::Period valid = all_days();
  Enforced enforced = Enforced::kInfo;
  std::string source_title;
  std::string source_url;
  Verified verified = Verified::kNo;
  RuleOrigin origin = RuleOrigin::kShipped;

  friend bool operator==(const CountryRule&, const CountryRule&) = default;
};

// D16: whether the row may ever cost somebody money. Errors: rule_not_verified.
[[nodiscard]] base::Result<> chargeable(const CountryRule& rule);

// The value as what its unit says. All answer rule_has_no_value for an empty value,
// wrong_rule_unit for another unit and bad_rule_value for text that does not fit the unit.
[[nodiscard]] base::Result<base::Percent> rule_percent(const CountryRule& rule);
[[nodiscard]] base::Result<base::Money> rule_money(const CountryRule& rule);
// Units days, calendar_days and weeks.
[[nodiscard]] base::Result<int> rule_days(const CountryRule& rule);
// Units month, months, year and years; 3.5 years are 42 months.
[[nodiscard]] base::Result<int> rule_months(const CountryRule& rule);
[[nodiscard]] base::Result<bool> rule_flag(const CountryRule& rule);
// Any unit: the parts between semicolons, without the spaces around them.
[[nodiscard]] base::Result<std::vector<std::string>> rule_list(const CountryRule& rule);

[[nodiscard]] RuleSegment rule_segment(Segment segment);

// The words of the file: ALL B2B B2C, yes default info, yes weak no, shipped operator.
[[nodiscard]] std::string_view to_text(RuleSegment segment);
[[nodiscard]] std::string_view to_text(Enforced enforced);
[[nodiscard]] std::string_view to_text(Verified verified);
[[nodiscard]] std::string_view to_text(RuleOrigin origin);
[[nodiscard]] std::optional<RuleSegment> parse_rule_segment(std::string_view text);
[[nodiscard]] std::optional<Enforced> parse_enforced(std::string_view text);
[[nodiscard]] std::optional<Verified> parse_verified(std::string_view text);

// "SE B2C reminder/fee_max", for messages.
[[nodiscard]] std::string describe(const CountryRule& rule);

}  // namespace domain
