// The calendars that exist, and which one a payment or a due date follows.
//
// Two for each account: the scheme calendar of its currency moves the money, the country
// calendar decides due dates and post. Money in euro follows TARGET alone: a debit in Germany
// may settle on 3 October. The days are data, the row holiday/... of each country:
//
//   TARGET  1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December.
//   SE      1 and 6 January, Good Friday, Easter Monday, 1 May, Ascension, 6 June, midsummer
//           eve, 24, 25, 26 and 31 December. Whit Monday is an ordinary day since 2005.
//   FI      1 and 6 January, Good Friday, Easter Monday, 1 May, Ascension, midsummer eve,
//           6, 24, 25 and 26 December. All Saints is always a Saturday.
//   NO      1 January, Maundy Thursday, Good Friday, Easter Monday, 1 and 17 May, Ascension,
//           Whit Monday, 25 and 26 December.
//   DK      1 January, Maundy Thursday, Good Friday, Easter Monday, Ascension and the Friday
//           after it, Whit Monday, 5 June, 24, 25, 26 and 31 December. The Great Prayer Day is
//           an ordinary day since 2024.
//   DE      nationwide only: 1 January, Good Friday, Easter Monday, 1 May, Ascension, Whit
//           Monday, 3 October, 25 and 26 December.
//   IT      1 and 6 January, Easter Monday, 25 April, 1 May, 2 June, 15 August, since 2026
//           4 October, 1 November, 8, 25 and 26 December. Good Friday is an ordinary day.
//   ES      nationwide only: 1 and 6 January, Good Friday, 1 May, 15 August, 12 October,
//           1 November, 6, 8 and 25 December.
//
// A holiday on a Saturday or Sunday moves nowhere in any of them.
#pragma once

#include <string_view>

#include "base/money/money.h"
#include "domain/calendar/bank_calendar.h"
#include "domain/law/rule_book.h"

namespace domain {

inline constexpr std::string_view kTarget = "TARGET";

// The calendar named TARGET or by its country. Errors: no_such_calendar, unknown_holiday_key.
[[nodiscard]] base::Result<BankCalendar> bank_calendar(const RuleBook& book, std::string_view name);
// The name of the calendar that moves money of a currency. Errors: no_scheme_calendar.
[[nodiscard]] base::Result<std::string_view> scheme_calendar(base::Currency currency);

}  // namespace domain
