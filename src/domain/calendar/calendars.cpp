#include "domain/calendar/calendars.h"

#include <string>
#include <vector>

namespace domain {
namespace {

struct Scheme {
  std::string_view currency;
  std::string_view calendar;
};

// Kronor are cleared nationally.
constexpr Scheme kSchemes[] = {{"EUR", kTarget}, {"SEK", "SE"}, {"NOK", "NO"}, {"DKK", "DK"}};

}  // namespace

base::Result<BankCalendar> bank_calendar(const RuleBook& book, std::string_view name) {
  const std::string_view country = name == kTarget ? kEuropeanUnion : name;
  const std::string_view key = name == kTarget ? "target_closing" : "public_and_bank_days";
  std::vector<BankCalendar::Row> rows;
  for (const auto& stretch : book.timeline(country, RuleSegment::kAll, "holiday", key)) {
    rows.push_back({stretch.period, stretch.rule->value});
  }
  if (rows.empty()) {
    return base::fail("no_such_calendar",
                      "there are no holiday rows for '" + std::string(name.substr(0, 40)) +
                          "'; use TARGET or a country whose rules have a holiday row");
  }
  return BankCalendar::make(std::string(name), rows);
}

base::Result<std::string_view> scheme_calendar(base::Currency currency) {
  for (const Scheme& scheme : kSchemes) {
    if (scheme.currency == currency.code()) return scheme.calendar;
  }
  return base::fail("no_scheme_calendar", "no clearing is known for money in " +
                                              std::string(currency.code()) +
                                              "; bill in EUR, SEK, NOK or DKK");
}

}  // namespace domain
