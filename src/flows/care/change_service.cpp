#include "flows/care/change_service.h"

#include <limits>
#include <utility>

#include "domain/party/service_fact.h"
#include "flows/care/one_account.h"
#include "flows/care/time_zone.h"
#include "flows/operations/import_terms.h"
#include "ports/billing.h"
#include "ports/events.h"
#include "ports/parties.h"
#include "ports/usage.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Json;
using base::Result;
using domain::AccountId;
using domain::Service;

bool is_better(const Service& one, const Service& other, base::Date today) {
  const auto runs = [&](const Service& service) {
    return service.starts <= today && (!service.ends || *service.ends > today);
  };
  if (runs(one) != runs(other)) return runs(one);
  return one.starts > other.starts;
}

Result<ServiceView> find(ports::Transaction& transaction, const ServiceName& name,
                         base::Date today) {
  if (!TRY(transaction.parties().find_account(name.account))) {
    return base::fail("unknown_account", "there is no such account", name.account.to_string());
  }
  ServiceView found, current;
  const auto take_current = [&] {
    if (current.revisions.empty()) return;
    const Service& newest = current.newest();
    const bool fits = newest.source_number == name.service || newest.id.to_string() == name.service;
    if (fits && (found.revisions.empty() || is_better(newest, found.newest(), today))) {
      found = std::move(current);
    }
    current = {};
  };
  TRY(transaction.parties().load_services(
      range_of(name.account), std::numeric_limits<std::int64_t>::max(),
      [&](const Service& service) -> Result<> {
        if (!current.revisions.empty() && current.newest().id != service.id) take_current();
        current.revisions.push_back(service);
        return {};
      }));
  take_current();
  if (!found.revisions.empty()) return found;
  return base::fail("unknown_service", "the account has no such service", name.service);
}

// Revisions of services that have had the number, at whatever account.
Result<std::vector<domain::ServiceTerms>> of_same_number(ports::Transaction& transaction,
                                                         const Service& service) {
  const std::string& number = service.source_number;
  auto by_number = TRY(transaction.usage().find_services(service.division, {&number, 1}));
  std::vector<domain::ServiceTerms> all = std::move(by_number[number]);
  // One that moved took its number, and its id, to another account.
  for (const auto& source :
       TRY(transaction.parties().find_sources(service.division, {&number, 1}))) {
    if (source.account == service.account) continue;
    const ports::ServiceKey moved{source.account, service.id};
    for (auto& terms : TRY(transaction.usage().revisions_of({&moved, 1}))) {
      all.push_back(std::move(terms));
    }
  }
  return all;
}

Result<ServicePreview> preview(ports::Transaction& transaction, const ImportTerms& terms,
                               base::Date today, const ServiceWish& wish) {
  ServicePreview preview{
      .change = wish.change, .before = TRY(find(transaction, wish.service, today)), .after = {}};
  const auto same_number = TRY(of_same_number(transaction, preview.before.newest()));
  const auto made = TRY(domain::change_service(preview.before.revisions, wish.change,
                                               {.catalogue = terms.catalogue,
                                                .today = today,
                                                .brand = terms.seller.brand,
                                                .same_number = same_number}));
  preview.after = preview.before;
  for (const Service& revision : made) preview.after.revisions.push_back(revision);
  return preview;
}

Json fact_json(const domain::ServiceChange& change) {
  Json fact = Json().set("change", domain::to_text(change.kind));
  if (change.kind == domain::ServiceChangeKind::kEnd) {
    fact.set("last_day", change.day.to_string());
  } else if (change.kind != domain::ServiceChangeKind::kKeep) {
    fact.set("from", change.day.to_string());
  }
  if (!change.code.empty()) fact.set("code", change.code);
  if (change.campaign) fact.set("campaign", *change.campaign);
  return fact;
}

Result<> keep(ports::Transaction& transaction, const AccessPorts& access, const ServiceWish& wish,
              base::Date today, ServicePreview& preview) {
  const Service& newest = preview.after.newest();
  const std::int64_t epoch = TRY(transaction.work().hold_epoch());
  const ports::Recording recording{access.clock.now(), epoch};
  const std::size_t known = preview.before.revisions.size();
  TRY(transaction.parties().add_services(
      std::span<const Service>(preview.after.revisions).subspan(known), recording));
  const bool has_day = wish.change.kind != domain::ServiceChangeKind::kKeep;
  std::vector<ports::NewEvent> events;
  for (std::size_t at = known; at < preview.after.revisions.size(); ++at) {
    const Service& revision = preview.after.revisions[at];
    const base::Date from = has_day ? wish.change.day : today;
    events.push_back({.account = revision.account,
                      .kind = "service_changed",
                      .effective = at == known ? from : revision.holds_from.value_or(from),
                      .recorded = recording.at,
                      .actor = wish.actor,
                      .data = domain::service_changed_fact(revision)});
  }
  TRY(transaction.events().append(events));
  const std::string subject = newest.account.to_string();
  const std::string action = "service." + std::string(domain::to_text(wish.change.kind));
  TRY(write_audit(transaction, access,
                  {.actor = wish.actor,
                   .action = action,
                   .subject = subject,
                   .detail = fact_json(wish.change).set("service", newest.id.to_string())}));
  preview.kept = true;
  return {};
}

}  // namespace

Result<ServiceView> show_service(ports::Transaction& transaction, const base::Clock& clock,
                                 const ServiceName& service) {
  const ImportTerms terms = TRY(load_terms(transaction, ""));
  return find(transaction, service, TRY(local_date(terms.seller.time_zone, clock.now())));
}

Result<ServicePreview> preview_service_change(ports::Transaction& transaction,
                                              const base::Clock& clock, const ServiceWish& wish) {
  const ImportTerms terms = TRY(load_terms(transaction, ""));
  const base::Date today = TRY(local_date(terms.seller.time_zone, clock.now()));
  return preview(transaction, terms, today, wish);
}

Result<ServicePreview> change_service(ports::Transaction& transaction, const AccessPorts& access,
                                      const ServiceWish& wish) {
  TRY(transaction.work().lock(kImportLock));
  const ImportTerms terms = TRY(load_terms(transaction, ""));
  const base::Date today = TRY(local_date(terms.seller.time_zone, access.clock.now()));
  ServicePreview made = TRY(preview(transaction, terms, today, wish));
  TRY(keep(transaction, access, wish, today, made));
  return made;
}

Json to_json(const ServiceView& view) {
  const Service& newest = view.newest();
  Json timeline = Json::array();
  for (const domain::TermSpan& span : domain::whole_timeline(view.revisions)) {
    Json add_ons = Json::array();
    for (const std::string& code : span.terms->add_ons) add_ons.push(code);
    Json row = Json().set("from", span.days.from().to_string());
    if (!domain::is_open(span)) row.set("last_day", span.days.last_day().to_string());
    row.set("plan", span.terms->plan);
    if (!span.terms->campaign.empty()) row.set("campaign", span.terms->campaign);
    timeline.push(row.set("add_ons", std::move(add_ons)).set("paused", span.terms->paused));
  }
  Json json = Json()
                  .set("id", newest.id.to_string())
                  .set("account", newest.account.to_string())
                  .set("division", newest.division)
                  .set("number", newest.source_number)
                  .set("revision", newest.revision)
                  .set("starts", newest.starts.to_string());
  if (newest.ends) json.set("ends", newest.ends->to_string());
  return json.set("timeline", std::move(timeline));
}

Json to_json(const ServicePreview& preview) {
  return fact_json(preview.change)
      .set("kept", preview.kept)
      .set("before", to_json(preview.before))
      .set("after", to_json(preview.after));
}

}  // namespace flows
