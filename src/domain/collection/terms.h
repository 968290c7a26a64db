// Terms of collection: what a debit scheme asks for, from dated rows of countries/<cc>/rules.csv.
//
// How long before a debit the payer is told, until when an order is handed in, how far ahead, how
// much at most, and how long the payer may have it back. Days are counted in the scheme's
// calendar. Rows that nobody has read charge nobody (D16): without them there are no terms.
#pragma once

#include <optional>
#include <string>

#include "base/money/money.h"
#include "domain/calendar/bank_calendar.h"
#include "domain/law/rule_book.h"
#include "domain/mandate/mandate.h"

namespace domain {

struct CollectionTerms {
  MandateScheme scheme = MandateScheme::kSepaCore;
  std::string calendar;  // TARGET, SE, NO.
  base::Currency currency;
  int notice_days = 0;
  bool notice_in_weekdays = false;         // Monday to Friday; else calendar days.
  int lead_days = 0;                       // An order is handed in so long before.
  bool lead_in_bank_days = true;           // Else calendar days.
  std::optional<int> cut_off_minute = {};  // Of the day, local; absent: as the bank agreed.
  std::optional<int> ahead_months = {};    // An order is taken so long before at most.
  base::Money amount_max;                  // That the scheme can carry.
  std::optional<int> dormant_months = {};
  int refund_days = 0;          // The payer has it back without a reason. 0: never.
  int unauthorised_months = 0;  // Where there was no mandate.
};

// Errors: no_rule_for_day, rule_not_verified, bad_rule_value and others of the rows.
[[nodiscard]] base::Result<CollectionTerms> collection_terms(const RuleBook& book,
                                                             MandateScheme scheme, base::Date day);

// All of these answer no_rule_for_day where the calendar does not reach.

// The first bank day on which a payer who is told on `told` may be debited. `agreed`: a shorter
// notice that is part of the mandate; a longer one holds too.
[[nodiscard]] base::Result<base::Date> earliest_debit(const CollectionTerms& terms,
                                                      const BankCalendar& calendar, base::Date told,
                                                      std::optional<int> agreed);
// The last day on which an order for a debit on `day` is handed in.
[[nodiscard]] base::Result<base::Date> hand_in_by(const CollectionTerms& terms,
                                                  const BankCalendar& calendar, base::Date day);
// The first bank day that an order handed in at this time can still have.
[[nodiscard]] base::Result<base::Date> first_day_in_time(const CollectionTerms& terms,
                                                         const BankCalendar& calendar,
                                                         base::Date today, int minute);

// What a debit that falls on a closed day does. Never before the due day unless that was agreed.
enum class HolidayMove { kLater, kEarlier };
// `day`, or the bank day that it is moved to; `earliest` is a bank day.
[[nodiscard]] base::Result<base::Date> debit_day(const BankCalendar& calendar, base::Date day,
                                                 HolidayMove move, base::Date earliest);
// A day that somebody named. Errors: debit_on_holiday, notice_too_short (both name the day that
// would do).
[[nodiscard]] base::Result<> check_debit_day(const BankCalendar& calendar, base::Date day,
                                             base::Date earliest);

// Until when a debit of that day may come back.
struct RefundWindow {
  std::optional<base::Date> refund = {};        // No reason asked.
  std::optional<base::Date> unauthorised = {};  // There was no mandate.
};
[[nodiscard]] RefundWindow refund_window(const CollectionTerms& terms, base::Date debited);

}  // namespace domain
