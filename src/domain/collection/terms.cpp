#include "domain/collection/terms.h"

#include <algorithm>
#include <charconv>

namespace domain {
namespace {

using base::Date;
using base::Result;

// Where a scheme's rows stand, and under which names. An empty name: the scheme has no such rule.
struct SchemeRows {
  MandateScheme scheme;
  RuleSegment segment;
  std::string_view country, area, calendar, currency;
  std::string_view notice, lead, cut_off, ahead, dormancy, refund, unauthorised;
  bool notice_in_weekdays, lead_in_bank_days;
  // The fields of the files: pain.008 (EPC130-08: 999,999,999.99), Autogiro record 82 (12 digits
  // of oere), AvtaleGiro record 30 (17 digits; no more than we can write).
  std::int64_t minor_max;
};

constexpr SchemeRows kSchemes[] = {
    {MandateScheme::kSepaCore, RuleSegment::kConsumer, "EU", "sepa", "TARGET", "EUR",
     "prenotification", "core_submission_lead", "", "", "mandate_dormancy", "core_refund_window",
     "unauthorised_refund_window", false, true, 99'999'999'999},
    {MandateScheme::kSepaB2b, RuleSegment::kBusiness, "EU", "sepa", "TARGET", "EUR",
     "prenotification", "core_submission_lead", "", "", "mandate_dormancy", "", "", false, true,
     99'999'999'999},
    {MandateScheme::kAutogiro, RuleSegment::kAll, "SE", "direct_debit", "SE", "SEK",
     "autogiro_prenotification", "autogiro_lead", "autogiro_cutoff", "", "",
     "autogiro_refund_window", "", true, true, 999'999'999'999},
    {MandateScheme::kAvtalegiro, RuleSegment::kAll, "NO", "direct_debit", "NO", "NOK", "",
     "avtalegiro_min_lead", "", "avtalegiro_max_horizon", "", "", "", false, false,
     base::Money::kMinorMax},
};

class Rows {
 public:
  Rows(const RuleBook& book, const SchemeRows& scheme, Date day)
      : book_(book), scheme_(scheme), day_(day) {}

  // Whatever its unit is called: days of a bank, of the week, months.
  Result<std::optional<int>> number(std::string_view key) const {
    if (key.empty()) return std::optional<int>();
    const CountryRule* rule = TRY(find(key));
    int value = 0;
    const char* const end = rule->value.data() + rule->value.size();
    const auto [stop, wrong] = std::from_chars(rule->value.data(), end, value);
    if (wrong != std::errc() || stop != end || value < 0) return bad(*rule);
    return std::optional<int>(value);
  }

  Result<int> days(std::string_view key) const {
    if (key.empty()) return 0;
    return rule_days(*TRY(find(key)));
  }

  // "D-1 bank day 19:00": the day stands in the lead.
  Result<std::optional<int>> minute(std::string_view key) const {
    if (key.empty()) return std::optional<int>();
    const CountryRule* rule = TRY(find(key));
    const std::string_view text = rule->value;
    if (text.size() < 5 || text[text.size() - 3] != ':') return bad(*rule);
    const std::string_view clock = text.substr(text.size() - 5);
    int hour = 0, minute = 0;
    const auto hours = std::from_chars(clock.data(), clock.data() + 2, hour);
    const auto minutes = std::from_chars(clock.data() + 3, clock.data() + 5, minute);
    if (hours.ec != std::errc() || minutes.ec != std::errc() || hour > 23 || minute > 59) {
      return bad(*rule);
    }
    return std::optional<int>(hour * 60 + minute);
  }

 private:
  Result<const CountryRule*> find(std::string_view key) const {
    return book_.find_chargeable(scheme_.country, scheme_.segment, scheme_.area, key, day_);
  }
  static std::unexpected<base::Error> bad(const CountryRule& rule) {
    return base::fail("bad_rule_value", "'" + rule.value + "' is not what the rule should say",
                      describe(rule));
  }

  const RuleBook& book_;
  const SchemeRows& scheme_;
  Date day_;
};

bool is_weekday(Date day) { return day.weekday() <= base::Weekday::kFriday; }

Date add_weekdays(Date day, int count) {
  while (count > 0) {
    day = day + 1;
    if (is_weekday(day)) --count;
  }
  return day;
}

}  // namespace

Result<CollectionTerms> collection_terms(const RuleBook& book, MandateScheme scheme, Date day) {
  const SchemeRows& row = *std::ranges::find(kSchemes, scheme, &SchemeRows::scheme);
  const Rows rows(book, row, day);
  CollectionTerms terms;
  terms.scheme = scheme;
  terms.calendar = row.calendar;
  terms.currency = TRY(base::Currency::parse(row.currency));
  // Of AvtaleGiro the bank tells the payer, or we do before the claim is due at the bank.
  terms.notice_days = TRY(rows.number(row.notice)).value_or(0);
  terms.notice_in_weekdays = row.notice_in_weekdays;
  terms.lead_days = TRY(rows.number(row.lead)).value_or(0);
  terms.lead_in_bank_days = row.lead_in_bank_days;
  terms.cut_off_minute = TRY(rows.minute(row.cut_off));
  terms.ahead_months = TRY(rows.number(row.ahead));
  terms.amount_max = base::Money(row.minor_max, terms.currency);
  terms.dormant_months = TRY(rows.number(row.dormancy));
  terms.refund_days = TRY(rows.days(row.refund));
  terms.unauthorised_months = TRY(rows.number(row.unauthorised)).value_or(0);
  return terms;
}

Result<Date> earliest_debit(const CollectionTerms& terms, const BankCalendar& calendar, Date told,
                            std::optional<int> agreed) {
  if (agreed) return calendar.next_bank_day(told + *agreed);
  const Date day =
      terms.notice_in_weekdays ? add_weekdays(told, terms.notice_days) : told + terms.notice_days;
  return calendar.next_bank_day(day);
}

Result<Date> hand_in_by(const CollectionTerms& terms, const BankCalendar& calendar, Date day) {
  if (terms.lead_in_bank_days) return calendar.add_bank_days(day, -terms.lead_days);
  return calendar.previous_bank_day(day - terms.lead_days);
}

Result<Date> first_day_in_time(const CollectionTerms& terms, const BankCalendar& calendar,
                               Date today, int minute) {
  Date handed_in = TRY(calendar.next_bank_day(today));
  const bool is_late = terms.cut_off_minute && minute >= *terms.cut_off_minute;
  if (handed_in == today && is_late) handed_in = TRY(calendar.add_bank_days(today, 1));
  if (terms.lead_in_bank_days) return calendar.add_bank_days(handed_in, terms.lead_days);
  return calendar.next_bank_day(handed_in + terms.lead_days);
}

Result<Date> debit_day(const BankCalendar& calendar, Date day, HolidayMove move, Date earliest) {
  const Date moved = move == HolidayMove::kLater ? TRY(calendar.next_bank_day(day))
                                                 : TRY(calendar.previous_bank_day(day));
  return std::max(moved, earliest);
}

Result<> check_debit_day(const BankCalendar& calendar, Date day, Date earliest) {
  if (!TRY(calendar.is_bank_day(day))) {
    const Date next = TRY(calendar.next_bank_day(std::max(day, earliest)));
    return base::fail("debit_on_holiday",
                      "no bank debits on " + day.to_string() + "; the next day that will do is " +
                          next.to_string(),
                      day.to_string());
  }
  if (day < earliest) {
    return base::fail("notice_too_short",
                      "the payer is told too late for " + day.to_string() +
                          "; the first day that will do is " + earliest.to_string(),
                      day.to_string());
  }
  return {};
}

RefundWindow refund_window(const CollectionTerms& terms, Date debited) {
  RefundWindow window;
  if (terms.refund_days > 0) window.refund = debited + terms.refund_days;
  if (terms.unauthorised_months > 0) {
    window.unauthorised = base::add_months(debited, terms.unauthorised_months);
  }
  return window;
}

}  // namespace domain
