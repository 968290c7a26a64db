// What a record of the kind "subscription" says: a customer of a division with the plan he has.
//
// Two sorts of mistakes (docs/guides/import.md): those with which we would bill wrongly refuse the
// record; those that only cost us a way to reach the customer are left out with a notice, and the
// customer is billed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time/date.h"
#include "domain/catalogue/catalogue.h"
#include "domain/intake/field_reader.h"
#include "domain/party/party.h"

namespace domain {

// What the meaning of a record depends on, besides itself.
struct IntakeContext {
  const Catalogue& catalogue;
  std::string_view division;
  std::string_view country;  // The operator's.
  base::Date today;          // The day of the import, on the operator's calendar.
};

struct Subscription {
  std::string number;  // The division's number of the customer.
  Segment segment = Segment::kConsumer;
  Party party;
  std::string delivery;  // Empty: as the operator's default says.
  std::string plan;
  base::Date starts;
  std::optional<base::Date> ends;
  std::string campaign;
  std::string label;
};

// Refusals: missing_value, number_too_long, unknown_plan, unknown_campaign, campaign_not_for_plan,
// no_such_date, year_out_of_range, service_ends_before_start, not_a_date. Notices: bad_national_id,
// bad_email, bad_phone, bad_postal_code, unknown_value, address_incomplete.
[[nodiscard]] Intake<Subscription> read_subscription(const Record& record,
                                                     const IntakeContext& context);

// Under which text a valid identity number is looked up, so that equal ones join (D13).
// Empty where the party has none.
[[nodiscard]] std::string identity_key(const Party& party, std::string_view country);

}  // namespace domain
