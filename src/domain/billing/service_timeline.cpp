#include "domain/billing/service_timeline.h"

#include <algorithm>

#include "base/result/check.h"

namespace domain {
namespace {

using base::Date;
using base::Period;

Period running(const Service& newest, Period within) {
  const Date ends = std::min(newest.ends.value_or(within.to()), within.to());
  const auto days = Period::make(newest.starts, std::max(newest.starts, ends));
  CHECK(days.has_value());
  return days->intersect(within);
}

struct Step {
  Date from;
  const Service* terms;
};

// From which day which revision speaks; ascending, the first at the earliest day there is.
std::vector<Step> steps_of(Revisions revisions, Date first_day) {
  std::vector<Step> steps;
  for (const Service& revision : revisions) {
    const Date from = std::max(revision.holds_from.value_or(first_day), first_day);
    std::erase_if(steps, [&](const Step& step) { return step.from >= from; });
    // The oldest revision also says what held before its day.
    steps.push_back({steps.empty() ? first_day : from, &revision});
  }
  return steps;
}

}  // namespace

bool same_terms(const Service& a, const Service& b) {
  return a.plan == b.plan && a.campaign == b.campaign && a.add_ons == b.add_ons &&
         a.paused == b.paused;
}

Revisions known_at(Revisions revisions, std::int64_t epoch) {
  std::size_t known = 0;
  while (known < revisions.size() && revisions[known].epoch <= epoch) ++known;
  return revisions.first(known);
}

std::vector<TermSpan> timeline(Revisions revisions, Period within) {
  std::vector<TermSpan> spans;
  if (revisions.empty()) return spans;
  const Period days = running(revisions.back(), within);
  if (days.is_empty()) return spans;
  const std::vector<Step> steps = steps_of(revisions, days.from());
  for (std::size_t at = 0; at < steps.size() && steps[at].from < days.to(); ++at) {
    const Date to = at + 1 < steps.size() ? std::min(steps[at + 1].from, days.to()) : days.to();
    if (!spans.empty() && same_terms(*spans.back().terms, *steps[at].terms)) {
      spans.back().days = Period::make(spans.back().days.from(), to).value();
      continue;
    }
    spans.push_back({Period::make(steps[at].from, to).value(), steps[at].terms});
  }
  return spans;
}

std::optional<Date> first_difference(Revisions before, Revisions now, Period within) {
  const std::vector<TermSpan> old_spans = timeline(before, within);
  const std::vector<TermSpan> new_spans = timeline(now, within);
  for (std::size_t at = 0; at < std::max(old_spans.size(), new_spans.size()); ++at) {
    if (at >= old_spans.size()) return new_spans[at].days.from();
    if (at >= new_spans.size()) return old_spans[at].days.from();
    const TermSpan& a = old_spans[at];
    const TermSpan& b = new_spans[at];
    if (a.days.from() != b.days.from()) return std::min(a.days.from(), b.days.from());
    if (!same_terms(*a.terms, *b.terms)) return a.days.from();
    if (a.days.to() != b.days.to()) return std::min(a.days.to(), b.days.to());
  }
  return std::nullopt;
}

}  // namespace domain
