#include "domain/intake/service_terms.h"

#include <algorithm>

namespace domain {

const ServiceTerms* terms_on(std::span<const ServiceTerms> revisions, base::Date day) {
  for (std::size_t at = revisions.size(); at > 0; --at) {
    const ServiceTerms& terms = revisions[at - 1];
    if (!terms.holds_from || *terms.holds_from <= day) return &terms;
  }
  return nullptr;
}

base::Result<const ServiceTerms*> find_service(std::span<const ServiceTerms> revisions,
                                               base::Date day) {
  if (revisions.empty()) {
    return base::fail("unknown_service",
                      "the division has no service of this number; import its customers first");
  }
  for (std::size_t from = 0, to = 0; from < revisions.size(); from = to) {
    const auto of_one = [&](const ServiceTerms& each) {
      return each.account == revisions[from].account && each.service == revisions[from].service;
    };
    while (to < revisions.size() && of_one(revisions[to])) ++to;
    const ServiceTerms& newest = revisions[to - 1];
    if (day < newest.starts || (newest.ends && day >= *newest.ends)) continue;
    const ServiceTerms* terms = terms_on(revisions.subspan(from, to - from), day);
    if (terms != nullptr && !terms->paused) return terms;
  }
  return base::fail("service_not_active",
                    "no service of this number was active on that day: it had not begun, had "
                    "ended, or was paused");
}

std::vector<Service> terms_from(const Service& begun, std::span<const ServiceTerms> before) {
  std::vector<base::Date> days = {begun.starts};
  for (const ServiceTerms& terms : before) {
    if (terms.holds_from && *terms.holds_from > begun.starts) days.push_back(*terms.holds_from);
  }
  std::ranges::sort(days);
  const auto repeated = std::ranges::unique(days);
  days.erase(repeated.begin(), repeated.end());
  std::vector<Service> revisions;
  for (const base::Date day : days) {
    Service& revision = revisions.emplace_back(begun);
    revision.revision = static_cast<std::int64_t>(revisions.size());
    revision.holds_from = day == begun.starts ? std::nullopt : std::optional(day);
    if (const ServiceTerms* terms = terms_on(before, day)) {
      revision.plan = terms->plan;
      revision.add_ons = terms->add_ons;
      revision.paused = terms->paused;
    }
  }
  return revisions;
}

}  // namespace domain
