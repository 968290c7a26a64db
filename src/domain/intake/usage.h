// What a record of the kind "usage" says: a call, a message, a film, at a point in time, of the
// service that has its number then.
//
// Pricing is domain::rate_usage's; which service it was is found by number and day
// (service_terms.h). A record in which anything is wrong is refused: usage is billed right or not.
#pragma once

#include <string>
#include <string_view>

#include "base/time/instant.h"
#include "domain/calendar/bank_calendar.h"
#include "domain/intake/field_reader.h"
#include "domain/intake/service_terms.h"
#include "domain/intake/subscription.h"
#include "domain/rating/rating.h"

namespace domain {

struct UsageRecord {
  std::string number;          // The source's id of it; (source, number) never counts twice.
  std::string service_number;  // A telephone number in its international form, or as written.
  base::Instant at;
  UsageEvent event;
};

// Refusals: missing_value, number_too_long, not_a_time, time_without_zone, no_such_date,
// no_such_time, year_out_of_range, in_the_future, not_a_number, impossible_usage, bad_price,
// bad_phone, unknown_value.
[[nodiscard]] Intake<UsageRecord> read_usage(const Record& record, const IntakeContext& context);

// Day, second and kind of day of an event at that time on the operator's clock. Without a calendar,
// and on days that it does not reach, there are no holidays.
void set_time(UsageEvent& event, base::Instant at, const base::TimeZone& zone,
              const BankCalendar* calendar);

// What rating asks of a service's terms.
[[nodiscard]] UsageTerms usage_terms(const ServiceTerms& terms, std::string_view division,
                                     std::string_view brand);

// Whether it can be kept: amounts have eight places and both are bounded.
// Errors: impossible_usage.
[[nodiscard]] base::Result<> check_rated(const RatedUsage& rated);

}  // namespace domain
