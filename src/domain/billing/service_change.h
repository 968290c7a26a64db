// What an agent does to a service: another plan, a pause, an end, an add-on, each from a day on.
//
// A change is new revisions, never an overwritten one (domain/billing/service_timeline.h). It holds
// from its day on, also over what was said before about later days of the same thing; what was said
// of other things stays. A day in the past is allowed: the next run corrects what was billed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/billing/service_timeline.h"
#include "domain/catalogue/catalogue.h"
#include "domain/intake/service_terms.h"

namespace domain {

enum class ServiceChangeKind { kPlan, kPause, kResume, kEnd, kKeep, kAddAddOn, kRemoveAddOn };

struct ServiceChange {
  ServiceChangeKind kind = ServiceChangeKind::kPlan;
  base::Date day = {};                       // From it on; the last day of an end; none of a keep.
  std::string code = {};                     // Of the plan or the add-on.
  std::optional<std::string> campaign = {};  // With a plan; absent: as it was.
};

// What a change is judged by.
struct ServiceChangeTerms {
  const Catalogue& catalogue;
  base::Date today;
  std::string_view brand = {};
  // All revisions of services that have had the service's number, its own among them.
  std::span<const ServiceTerms> same_number = {};
};

// How far from today the day of a change may lie.
inline constexpr int kChangeMonthsBack = 24;
inline constexpr int kChangeMonthsAhead = 120;

// From the service's first day on, as long as it runs; the last one ends with the calendar where
// the service has no end.
[[nodiscard]] std::vector<TermSpan> whole_timeline(Revisions revisions);
[[nodiscard]] bool is_open(const TermSpan& span);

// The revisions that keep the change, to follow those that there are. Errors: change_too_far_back,
// change_too_far_ahead, change_before_start, change_after_end, already_paused, not_paused,
// plan_unchanged, add_on_present, add_on_absent, end_unchanged, service_not_ended, number_in_use,
// unknown_plan, unknown_add_on, unknown_campaign, other_division, not_sold, no_price,
// campaign_without_effect; place: the day or the code.
[[nodiscard]] base::Result<std::vector<Service>> change_service(Revisions revisions,
                                                                const ServiceChange& change,
                                                                const ServiceChangeTerms& terms);

[[nodiscard]] std::string_view to_text(ServiceChangeKind kind);  // "add_add_on"
// Errors: unknown_value.
[[nodiscard]] base::Result<ServiceChangeKind> parse_service_change_kind(std::string_view text);

}  // namespace domain
