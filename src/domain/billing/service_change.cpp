#include "domain/billing/service_change.h"

#include <algorithm>

#include "base/result/check.h"
#include "domain/intake/text_form.h"

namespace domain {
namespace {

using base::Date;
using base::Result;

// The day after the last one that can be read.
Date end_of_days() {
  static const Date kDay = Date::make(9999, 12, 31).value() + 1;
  return kDay;
}

struct KindName {
  ServiceChangeKind kind;
  std::string_view name;
};
constexpr KindName kKinds[] = {
    {ServiceChangeKind::kPlan, "plan"},
    {ServiceChangeKind::kPause, "pause"},
    {ServiceChangeKind::kResume, "resume"},
    {ServiceChangeKind::kEnd, "end"},
    {ServiceChangeKind::kKeep, "keep"},
    {ServiceChangeKind::kAddAddOn, "add_add_on"},
    {ServiceChangeKind::kRemoveAddOn, "remove_add_on"},
};

bool has(const std::vector<std::string>& codes, const std::string& code) {
  return std::ranges::find(codes, code) != codes.end();
}

// `counted`: the service may have the add-on several times over.
void apply(Service& service, const ServiceChange& change, bool counted) {
  switch (change.kind) {
    case ServiceChangeKind::kPlan:
      service.plan = change.code;
      if (change.campaign) service.campaign = *change.campaign;
      return;
    case ServiceChangeKind::kPause: service.paused = true; return;
    case ServiceChangeKind::kResume: service.paused = false; return;
    case ServiceChangeKind::kAddAddOn:
      if (!counted && has(service.add_ons, change.code)) return;
      service.add_ons.push_back(change.code);
      std::ranges::sort(service.add_ons);
      return;
    case ServiceChangeKind::kRemoveAddOn:
      if (const auto one = std::ranges::find(service.add_ons, change.code);
          one != service.add_ons.end()) {
        service.add_ons.erase(one);
      }
      return;
    case ServiceChangeKind::kEnd:
    case ServiceChangeKind::kKeep: return;  // They are no terms.
  }
}

Result<> check_distance(Date day, Date today) {
  if (day < base::add_months(today, -kChangeMonthsBack)) {
    return base::fail("change_too_far_back",
                      "bills are corrected for the last " + std::to_string(kChangeMonthsBack) +
                          " months at the most; choose a later day",
                      day.to_string());
  }
  if (day > base::add_months(today, kChangeMonthsAhead)) {
    return base::fail("change_too_far_ahead", "the day is more than ten years from now",
                      day.to_string());
  }
  return {};
}

Result<> check_start(const Service& newest, Date day) {
  if (day >= newest.starts) return {};
  return base::fail("change_before_start",
                    "the service begins on " + newest.starts.to_string() + ", after that day",
                    day.to_string());
}

Result<> check_end(const Service& newest, Date day) {
  if (!newest.ends || day < *newest.ends) return {};
  return base::fail(
      "change_after_end",
      "the service has ended by then: " + newest.ends->to_string() + " is the first day without it",
      day.to_string());
}

Result<> check_sold(const CatalogueItem& item, const Service& newest, Date day,
                    std::string_view brand) {
  if (item.division != newest.division) {
    return base::fail(
        "other_division",
        "the service is of " + newest.division + ", and this is sold by " + item.division,
        item.code);
  }
  if (item.ends && day >= *item.ends) {
    return base::fail("not_sold", "it is not sold any more from " + item.ends->to_string(),
                      item.code);
  }
  TRY(Catalogue::price_on(item, day, brand));
  return {};
}

// Whether the campaign would take anything off the plan or an add-on from that day on.
bool counts(const CatalogueItem& item, const Service& newest, const ServiceChange& change) {
  const CampaignTerms& campaign = item.campaign;
  if (!stands_on(campaign, change.code, newest.add_ons)) return false;
  if (campaign.starts && newest.starts < *campaign.starts) return false;
  if (item.ends && newest.starts >= *item.ends) return false;
  const base::Month start = base::Month::of(newest.starts);
  const base::Month first = newest.starts.day() == 1 ? start : start.next();
  return base::Month::of(change.day).index() < first.index() + campaign.whole_months;
}

Result<> check_plan(const Service& newest, const ServiceChange& change,
                    const ServiceChangeTerms& terms) {
  const CatalogueItem* plan = terms.catalogue.find(change.code, ItemKind::kPlan);
  if (plan == nullptr) {
    return base::fail("unknown_plan", "the catalogue has no such plan", change.code);
  }
  TRY(check_sold(*plan, newest, change.day, terms.brand));
  for (const std::string& code : words_of(change.campaign.value_or(""))) {
    const CatalogueItem* campaign = terms.catalogue.find(code, ItemKind::kCampaign);
    if (campaign == nullptr) {
      return base::fail("unknown_campaign", "the catalogue has no such campaign", code);
    }
    if (counts(*campaign, newest, change)) continue;
    return base::fail("campaign_without_effect",
                      "the campaign is not for this plan, not for services that began then, or its "
                      "months are over by that day",
                      code);
  }
  return {};
}

Result<> check_codes(const Service& newest, const ServiceChange& change,
                     const ServiceChangeTerms& terms) {
  if (change.kind == ServiceChangeKind::kPlan) return check_plan(newest, change, terms);
  if (change.kind != ServiceChangeKind::kAddAddOn) return {};
  const CatalogueItem* add_on = terms.catalogue.find(change.code, ItemKind::kAddOn);
  if (add_on == nullptr) {
    return base::fail("unknown_add_on", "the catalogue has no such add-on", change.code);
  }
  return check_sold(*add_on, newest, change.day, terms.brand);
}

std::unexpected<base::Error> nothing_to_do(const ServiceChange& change) {
  const std::string day = change.day.to_string();
  switch (change.kind) {
    case ServiceChangeKind::kPlan:
      return base::fail("plan_unchanged", "the service has this plan from that day on already",
                        change.code);
    case ServiceChangeKind::kPause:
      return base::fail("already_paused", "the service is paused from that day on already", day);
    case ServiceChangeKind::kResume:
      return base::fail("not_paused", "the service is not paused on that day or later", day);
    case ServiceChangeKind::kAddAddOn:
      return base::fail("add_on_present", "the service has this add-on from that day on already",
                        change.code);
    case ServiceChangeKind::kRemoveAddOn:
      return base::fail("add_on_absent", "the service has no such add-on on that day or later",
                        change.code);
    case ServiceChangeKind::kEnd:
      return base::fail("end_unchanged", "that day is the last one of the service already", day);
    case ServiceChangeKind::kKeep:
      return base::fail("service_not_ended", "the service has no end that could be taken back");
  }
  CHECK(false);
}

// A service with another number may run as long as it likes; one number is one service's at a time.
Result<> check_number_is_free(const Service& before, const Service& after,
                              std::span<const ServiceTerms> same_number) {
  if (!before.ends || (after.ends && *after.ends <= *before.ends)) return {};
  for (std::size_t at = 0; at < same_number.size(); ++at) {
    const ServiceTerms& other = same_number[at];
    const bool is_newest = at + 1 == same_number.size() ||
                           same_number[at + 1].account != other.account ||
                           same_number[at + 1].service != other.service;
    if (!is_newest || (other.account == before.account && other.service == before.id)) continue;
    if (other.ends && *other.ends <= std::max(*before.ends, other.starts)) continue;
    if (after.ends && other.starts >= *after.ends) continue;
    return base::fail("number_in_use",
                      "another service has this number from " + other.starts.to_string(),
                      before.source_number);
  }
  return {};
}

Result<std::vector<Service>> change_end(const Service& newest, const ServiceChange& change,
                                        const ServiceChangeTerms& terms) {
  Service revision = newest;
  revision.ends.reset();
  if (change.kind == ServiceChangeKind::kEnd) {
    TRY(check_distance(change.day, terms.today));
    TRY(check_start(newest, change.day));
    revision.ends = change.day + 1;
  }
  if (revision.ends == newest.ends) return nothing_to_do(change);
  // What was not charged since an old end would be.
  if (newest.ends && (!revision.ends || *revision.ends > *newest.ends)) {
    TRY(check_distance(std::min(*newest.ends, terms.today), terms.today));
  }
  TRY(check_number_is_free(newest, revision, terms.same_number));
  ++revision.revision;
  return std::vector<Service>{std::move(revision)};
}

}  // namespace

std::vector<TermSpan> whole_timeline(Revisions revisions) {
  if (revisions.empty() || revisions.back().starts >= end_of_days()) return {};
  return timeline(revisions, base::Period::make(revisions.back().starts, end_of_days()).value());
}

bool is_open(const TermSpan& span) { return span.days.to() >= end_of_days(); }

Result<std::vector<Service>> change_service(Revisions revisions, const ServiceChange& change,
                                            const ServiceChangeTerms& terms) {
  CHECK(!revisions.empty());
  const Service& newest = revisions.back();
  if (change.kind == ServiceChangeKind::kEnd || change.kind == ServiceChangeKind::kKeep) {
    return change_end(newest, change, terms);
  }
  TRY(check_distance(change.day, terms.today));
  TRY(check_start(newest, change.day));
  TRY(check_end(newest, change.day));
  TRY(check_codes(newest, change, terms));
  // As if it never ended: an end that is taken back brings back what was to hold after it.
  std::vector<Service> endless(revisions.begin(), revisions.end());
  endless.back().ends.reset();
  std::vector<Service> made;
  bool changes = false;
  const CatalogueItem* add_on = terms.catalogue.find(change.code, ItemKind::kAddOn);
  const bool counted = add_on != nullptr && add_on->plan.counted;
  for (const TermSpan& span : whole_timeline(endless)) {
    if (span.days.to() <= change.day) continue;
    const Date from = std::max(span.days.from(), change.day);
    Service revision = newest;
    revision.plan = span.terms->plan;
    revision.campaign = span.terms->campaign;
    revision.add_ons = span.terms->add_ons;
    revision.paused = span.terms->paused;
    apply(revision, change, counted);
    changes = changes || !same_terms(revision, *span.terms);
    if (!made.empty() && same_terms(made.back(), revision)) continue;
    revision.revision = newest.revision + 1 + static_cast<std::int64_t>(made.size());
    revision.holds_from = from == newest.starts ? std::nullopt : std::optional(from);
    made.push_back(std::move(revision));
  }
  if (!changes) return nothing_to_do(change);
  return made;
}

std::string_view to_text(ServiceChangeKind kind) {
  const auto found = std::ranges::find(kKinds, kind, &KindName::kind);
  CHECK(found != std::end(kKinds));
  return found->name;
}

Result<ServiceChangeKind> parse_service_change_kind(std::string_view text) {
  const auto found = std::ranges::find(kKinds, text, &KindName::name);
  if (found != std::end(kKinds)) return found->kind;
  return base::fail("unknown_value",
                    "a change is plan, pause, resume, end, keep, add_add_on or remove_add_on",
                    std::string(text.substr(0, 60)));
}

}  // namespace domain
