// What a record of the kind "subscription" says: a customer of a division with the plan he has.
//
// Two sorts of mistakes (docs/guides/import.md): those with which we would bill wrongly refuse the
// record; those that only cost us a way to reach the customer are left out with a notice, and the
// customer is billed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/calendar/bank_calendar.h"
#include "domain/catalogue/catalogue.h"
#include "domain/intake/field_reader.h"
#include "domain/party/party.h"

namespace domain {

// What the meaning of a record depends on, besides itself.
struct IntakeContext {
  const Catalogue& catalogue;
  std::string_view division;
  std::string_view country;                // The operator's.
  base::Date today;                        // The day of the import, on the operator's calendar.
  const base::TimeZone* zone = nullptr;    // The operator's; UTC without.
  const BankCalendar* calendar = nullptr;  // Of the operator's country; no holidays without.
};

// From that day on, the service has another plan.
struct PlanChange {
  base::Date at;
  std::string plan;

  friend bool operator==(const PlanChange&, const PlanChange&) = default;
};

struct Subscription {
  std::string number;          // The division's number of the customer.
  std::string service;         // Its id of the service; where a customer has one at most, the same.
  std::string service_number;  // Under which usage of it comes in.
  Segment segment = Segment::kConsumer;
  Party party;
  std::string delivery;                  // Empty: as the operator's default says.
  std::string plan;                      // On the first day.
  std::vector<PlanChange> plan_changes;  // Ascending by day, each a change.
  std::vector<std::string> add_ons;      // Ascending; what is counted as often as it is had.
  base::Date starts;
  std::optional<base::Date> ends;
  std::string campaign;
  std::string label;

  // Whether the division keeps services apart from customers, so that one has several.
  [[nodiscard]] bool is_one_of_several() const { return !service.empty() && service != number; }
};

// Refusals: missing_value, number_too_long, unknown_plan, unknown_campaign, campaign_not_for_plan,
// unknown_add_on, no_such_date, year_out_of_range, in_the_future, service_ends_before_start,
// not_a_date, not_a_list, plan_change_before_start, plan_changes_twice, country_not_served,
// bad_phone (of the service). Notices: add_on_twice, bad_national_id, bad_email, bad_phone (of the
// customer), bad_postal_code, unknown_value, address_incomplete, payment_not_taken_over.
[[nodiscard]] Intake<Subscription> read_subscription(const Record& record,
                                                     const IntakeContext& context);

// Under which text a valid identity number is looked up, so that equal ones join (D13).
// Empty where the party has none.
[[nodiscard]] std::string identity_key(const Party& party, std::string_view country);

}  // namespace domain
