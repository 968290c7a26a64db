// What held for a service on which day, from its revisions: start, end and label are the newest
// revision's; terms hold from a revision's day until a newer revision's day. A revision that sets
// terms for a day takes the place of what older ones said about that day and all later ones.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/time/date.h"
#include "domain/party/party.h"

namespace domain {

// The revisions of one service, ascending.
using Revisions = std::span<const Service>;

// Days on which the service ran under the same terms.
struct TermSpan {
  base::Period days;
  const Service* terms = nullptr;  // Whose plan, campaign, add-ons and pause hold.
};

// Those of them that a run of this cutoff saw.
[[nodiscard]] Revisions known_at(Revisions revisions, std::int64_t epoch);

// The service's days within `within`, cut where terms change; ascending, none empty. A service
// that ended before it began never ran.
[[nodiscard]] std::vector<TermSpan> timeline(Revisions revisions, base::Period within);

// The first day in `within` on which the two say something else; nothing where they agree.
[[nodiscard]] std::optional<base::Date> first_difference(Revisions before, Revisions now,
                                                         base::Period within);

// Whether a newer revision changed its label only: names do not change what is owed.
[[nodiscard]] bool same_terms(const Service& a, const Service& b);

}  // namespace domain
