#include "domain/law/country_rule.h"

#include <array>
#include <cstddef>

#include "base/result/check.h"

namespace domain {
namespace {

constexpr std::array<std::string_view, 3> kSegments = {"ALL", "B2B", "B2C"};
constexpr std::array<std::string_view, 3> kEnforced = {"yes", "default", "info"};
constexpr std::array<std::string_view, 3> kVerified = {"yes", "weak", "no"};

// The enum values are written in the order of their words.
template <class Enum, std::size_t kSize>
std::optional<Enum> parse_word(const std::array<std::string_view, kSize>& words,
                               std::string_view text) {
  for (std::size_t at = 0; at < kSize; ++at) {
    if (words[at] == text) return static_cast<Enum>(at);
  }
  return std::nullopt;
}

std::unexpected<base::Error> wrong_unit(const CountryRule& rule, std::string_view wanted) {
  return base::fail("wrong_rule_unit",
                    "the value is in '" + rule.unit + "', not in " + std::string(wanted),
                    describe(rule));
}

std::unexpected<base::Error> bad_value(const CountryRule& rule) {
  return base::fail("bad_rule_value", "'" + rule.value + "' is no value in " + rule.unit,
                    describe(rule));
}

base::Result<> require_value(const CountryRule& rule) {
  if (!rule.value.empty()) return {};
  return base::fail("rule_has_no_value",
                    "the row says that the value is not known; add a row with a source",
                    describe(rule));
}

// value x factor as a whole number that is not negative.
base::Result<int> whole(const CountryRule& rule, int factor) {
  constexpr std::int64_t kMax = 10'000;
  const auto number = base::Decimal::parse(rule.value);
  if (!number || number->is_negative() || *number > base::Decimal::from_integer(kMax)) {
    return bad_value(rule);
  }
  const base::Int128 scaled = number->scaled() * factor;
  if (scaled % base::Decimal::kOne != 0) return bad_value(rule);
  return static_cast<int>(scaled / base::Decimal::kOne);
}

}  // namespace

base::Period all_days() {
  const auto first = base::Date::make(1, 1, 1), last = base::Date::make(9999, 12, 31);
  CHECK(first && last);
  const auto period = base::Period::make(*first, *last);
  CHECK(period.has_value());
  return *period;
}

base::Result<> chargeable(const CountryRule& rule) {
  if (rule.enforced == Enforced::kInfo) {
    return base::fail("rule_not_verified", "the row is only shown; nobody is charged by it",
                      describe(rule));
  }
  if (rule.verified == Verified::kNo) {
    return base::fail("rule_not_verified",
                      "nobody read a source for the row; add a row with a source to charge by it",
                      describe(rule));
  }
  return {};
}

base::Result<base::Percent> rule_percent(const CountryRule& rule) {
  TRY(require_value(rule));
  if (rule.unit != "percent" && rule.unit != "percentage_points") {
    return wrong_unit(rule, "percent");
  }
  const auto value = base::Decimal::parse(rule.value);
  if (!value) return bad_value(rule);
  return base::Percent{*value};
}

base::Result<base::Money> rule_money(const CountryRule& rule) {
  TRY(require_value(rule));
  const auto currency = base::Currency::parse(rule.unit);
  if (!currency) return wrong_unit(rule, "a currency");
  const auto value = base::Money::parse(rule.value, *currency);
  if (!value) return bad_value(rule);
  return *value;
}

base::Result<int> rule_days(const CountryRule& rule) {
  TRY(require_value(rule));
  if (rule.unit == "days" || rule.unit == "calendar_days") return whole(rule, 1);
  if (rule.unit == "weeks") return whole(rule, 7);
  return wrong_unit(rule, "days");
}

base::Result<int> rule_months(const CountryRule& rule) {
  TRY(require_value(rule));
  if (rule.unit == "month" || rule.unit == "months") return whole(rule, 1);
  if (rule.unit == "year" || rule.unit == "years") return whole(rule, 12);
  return wrong_unit(rule, "months or years");
}

base::Result<bool> rule_flag(const CountryRule& rule) {
  TRY(require_value(rule));
  if (rule.unit != "flag") return wrong_unit(rule, "flag");
  if (rule.value == "1") return true;
  if (rule.value == "0") return false;
  return bad_value(rule);
}

base::Result<std::vector<std::string>> rule_list(const CountryRule& rule) {
  TRY(require_value(rule));
  std::vector<std::string> parts;
  std::string_view rest = rule.value;
  for (;;) {
    const std::size_t end = rest.find(';');
    std::string_view part = rest.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (part.empty()) return bad_value(rule);
    parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    rest.remove_prefix(end + 1);
  }
}

RuleSegment rule_segment(Segment segment) {
  switch (segment) {
    case Segment::kConsumer: return RuleSegment::kConsumer;
    case Segment::kBusiness: return RuleSegment::kBusiness;
  }
  CHECK(false);
  return RuleSegment::kAll;
}

std::string_view to_text(RuleSegment segment) {
  return kSegments[static_cast<std::size_t>(segment)];
}
std::string_view to_text(Enforced enforced) {
  return kEnforced[static_cast<std::size_t>(enforced)];
}
std::string_view to_text(Verified verified) {
  return kVerified[static_cast<std::size_t>(verified)];
}
std::string_view to_text(RuleOrigin origin) {
  return origin == RuleOrigin::kShipped ? "shipped" : "operator";
}
std::optional<RuleSegment> parse_rule_segment(std::string_view text) {
  return parse_word<RuleSegment>(kSegments, text);
}
std::optional<Enforced> parse_enforced(std::string_view text) {
  return parse_word<Enforced>(kEnforced, text);
}
std::optional<Verified> parse_verified(std::string_view text) {
  return parse_word<Verified>(kVerified, text);
}

std::string describe(const CountryRule& rule) {
  return rule.country + " " + std::string(to_text(rule.segment)) + " " + rule.area + "/" + rule.key;
}

}  // namespace domain
