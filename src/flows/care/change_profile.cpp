#include "flows/care/change_profile.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "domain/billing/due_date.h"
#include "domain/billing/grouping.h"
#include "domain/billing/profile.h"
#include "domain/billing/schedule.h"
#include "flows/care/one_account.h"
#include "flows/care/time_zone.h"
#include "flows/operations/import_terms.h"
#include "ports/billing.h"
#include "ports/events.h"
#include "ports/parties.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Json;
using base::Result;
using domain::AccountId;
using domain::BillingProfile;

constexpr std::string_view kOrders = "order:";
constexpr std::string_view kAnyOrder = "order:*";
constexpr std::string_view kCategories[] = {"fixed", "usage", "one_off"};

// The newest revision of each service that has not ended by the day.
Result<std::vector<domain::Service>> services_of(ports::Transaction& transaction, AccountId account,
                                                 base::Date day) {
  std::vector<domain::Service> services;
  TRY(transaction.parties().load_services(
      range_of(account), std::numeric_limits<std::int64_t>::max(),
      [&](const domain::Service& service) -> Result<> {
        if (!services.empty() && services.back().id == service.id) services.pop_back();
        services.push_back(service);
        return {};
      }));
  std::erase_if(services, [&](const domain::Service& service) {
    return service.ends && *service.ends <= day;
  });
  return services;
}

const domain::ProfileChoice& choice_on(const AccountBilling& billing, base::Date day) {
  static const domain::ProfileChoice kNothing;
  const auto found = std::ranges::find_if(
      billing.revisions.rbegin(), billing.revisions.rend(),
      [&](const ports::ProfileRevision& revision) { return revision.holds_from <= day; });
  return found == billing.revisions.rend() ? kNothing : found->chosen;
}

// The bills of one bill day under a profile.
Result<std::vector<PreviewBill>> plan_preview(const AccountBilling& billing,
                                              const BillingProfile& profile, base::Date issued,
                                              int least_due_days) {
  const auto grouping = TRY(domain::Grouping::parse(profile.grouping));
  const auto frequency = TRY(domain::Frequency::parse(profile.frequency));
  std::map<std::string, PreviewBill> bills;
  for (const domain::Service& service : billing.services) {
    if (service.ends && *service.ends <= issued) continue;
    for (const std::string_view category : kCategories) {
      const std::string_view record = category == "one_off" ? "*" : "";
      std::string group =
          grouping.key_of({service.division, service.id, service.source_number, category, record});
      if (group.starts_with(kOrders)) group = kAnyOrder;
      PreviewBill& bill = bills[group];
      bill.group = group;
      bill.parts.push_back({service.division, service.source_number, std::string(category)});
    }
  }
  std::vector<PreviewBill> planned;
  for (auto& [group, bill] : bills) {
    bill.issued = issued;
    bill.due = domain::due_date(issued, profile, least_due_days);
    bill.following = frequency.boundary_after(issued);
    planned.push_back(std::move(bill));
  }
  return planned;
}

struct Loaded {
  AccountBilling billing;
  domain::Operator seller;
};

Result<Loaded> load(ports::Transaction& transaction, const base::Clock& clock, AccountId account) {
  Loaded loaded;
  loaded.seller = TRY(load_seller(transaction));
  AccountBilling& billing = loaded.billing;
  auto found = TRY(transaction.parties().find_account(account));
  if (!found) {
    return base::fail("unknown_account", "there is no such account", account.to_string());
  }
  billing.account = std::move(*found);
  auto customers = TRY(transaction.parties().find_customers({&billing.account.customer, 1}));
  if (customers.empty()) {
    return base::fail("account_without_customer", "the account's customer is not there",
                      account.to_string());
  }
  billing.customer = std::move(customers.front());
  billing.today = TRY(local_date(loaded.seller.time_zone, clock.now()));
  billing.revisions = TRY(transaction.profiles().list(account));
  billing.users = TRY(transaction.profiles().service_users_of(account));
  billing.services = TRY(services_of(transaction, account, billing.today));
  const BillingProfile& defaults = loaded.seller.default_profile;
  billing.now =
      domain::account_profile(defaults, billing.account, choice_on(billing, billing.today));
  if (!billing.revisions.empty()) {
    billing.chosen = billing.revisions.back().chosen;
    const base::Date from = billing.revisions.back().holds_from;
    if (from > billing.today) billing.next_from = from;
  }
  billing.next = domain::account_profile(defaults, billing.account, billing.chosen);
  return loaded;
}

Result<ProfilePreview> preview(const Loaded& loaded, const domain::RuleBook& rules,
                               const ProfileWish& wish) {
  const AccountBilling& billing = loaded.billing;
  ProfilePreview preview;
  domain::ProfileChoice chosen = TRY(domain::change_choice(billing.chosen, wish.set, wish.forget));
  preview.before = billing.next;
  preview.after = TRY(domain::check_profile(
      domain::account_profile(loaded.seller.default_profile, billing.account, chosen)));
  TRY(domain::check_divisions(preview.after, loaded.seller.divisions));
  if (chosen.grouping) chosen.grouping = preview.after.grouping;
  if (chosen.frequency) chosen.frequency = preview.after.frequency;
  preview.changes = chosen != billing.chosen;
  preview.chosen = std::move(chosen);
  preview.holds_from =
      TRY(domain::Frequency::parse(billing.now.frequency)).boundary_after(billing.today);
  const int least = TRY(domain::least_due_days(rules, billing.account.country,
                                               billing.customer.segment, preview.holds_from));
  preview.bills_before = TRY(plan_preview(billing, preview.before, preview.holds_from, least));
  preview.bills_after = TRY(plan_preview(billing, preview.after, preview.holds_from, least));
  return preview;
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json event_data(const ports::ProfileRevision& revision) {
  const domain::ProfileChoice& chosen = revision.chosen;
  return Json()
      .set("revision", revision.revision)
      .set("holds_from", revision.holds_from.to_string())
      .set("grouping", or_null(chosen.grouping))
      .set("frequency", or_null(chosen.frequency))
      .set("due_days", or_null(chosen.due_days))
      .set("due_day", or_null(chosen.due_day))
      .set("minimum_minor", or_null(chosen.minimum_minor))
      .set("detail", or_null(chosen.detail))
      .set("delivery", or_null(chosen.delivery));
}

Json bills_json(const std::vector<PreviewBill>& bills) {
  Json list = Json::array();
  for (const PreviewBill& bill : bills) {
    Json parts = Json::array();
    for (const PreviewBill::Part& part : bill.parts) {
      parts.push(Json()
                     .set("division", part.division)
                     .set("service", part.service)
                     .set("category", part.category));
    }
    list.push(Json()
                  .set("group", bill.group)
                  .set("parts", std::move(parts))
                  .set("issued", bill.issued.to_string())
                  .set("due", bill.due.to_string())
                  .set("following", bill.following.to_string()));
  }
  return list;
}

}  // namespace

Result<AccountBilling> show_account(ports::Transaction& transaction, const base::Clock& clock,
                                    AccountId account) {
  return TRY(load(transaction, clock, account)).billing;
}

Result<ProfilePreview> preview_profile(ports::Transaction& transaction, const base::Clock& clock,
                                       const domain::RuleBook& rules, const ProfileWish& wish) {
  const Loaded loaded = TRY(load(transaction, clock, wish.account));
  return preview(loaded, rules, wish);
}

Result<ProfilePreview> change_profile(ports::Transaction& transaction, const AccessPorts& access,
                                      const domain::RuleBook& rules, const ProfileWish& wish) {
  TRY(transaction.work().lock("profile " + wish.account.to_string()));
  const Loaded loaded = TRY(load(transaction, access.clock, wish.account));
  ProfilePreview kept = TRY(preview(loaded, rules, wish));
  if (!kept.changes) return kept;
  const std::int64_t epoch = TRY(transaction.work().hold_epoch());
  const ports::Recording recording{access.clock.now(), epoch};
  ports::ProfileRevision revision;
  revision.account = wish.account;
  revision.revision = static_cast<std::int64_t>(loaded.billing.revisions.size()) + 1;
  revision.holds_from = kept.holds_from;
  revision.chosen = kept.chosen;
  revision.changed_by = wish.actor;
  TRY(transaction.profiles().add({&revision, 1}, recording));
  const ports::NewEvent changed{.account = wish.account,
                                .kind = "profile_changed",
                                .effective = kept.holds_from,
                                .recorded = recording.at,
                                .actor = wish.actor,
                                .data = event_data(revision)};
  TRY(transaction.events().append({&changed, 1}));
  Json detail;
  detail.set("revision", revision.revision).set("holds_from", revision.holds_from.to_string());
  const std::string subject = wish.account.to_string();
  TRY(write_audit(transaction, access,
                  {.actor = wish.actor,
                   .action = "profile.changed",
                   .subject = subject,
                   .detail = std::move(detail)}));
  return kept;
}

Json to_json(const AccountBilling& billing) {
  Json revisions = Json::array();
  for (const ports::ProfileRevision& revision : billing.revisions) {
    revisions.push(Json()
                       .set("revision", revision.revision)
                       .set("holds_from", revision.holds_from.to_string())
                       .set("chosen", domain::to_json(revision.chosen))
                       .set("changed_by", revision.changed_by)
                       .set("recorded", revision.recorded.to_string()));
  }
  Json services = Json::array();
  for (const domain::Service& service : billing.services) {
    Json row;
    row.set("id", service.id.to_string())
        .set("division", service.division)
        .set("number", service.source_number)
        .set("plan", service.plan)
        .set("starts", service.starts.to_string());
    if (service.ends) row.set("ends", service.ends->to_string());
    const auto user = std::ranges::find(billing.users, service.id, &ports::ServiceUser::service);
    if (user != billing.users.end()) row.set("user", user->customer.to_string());
    services.push(std::move(row));
  }
  Json json;
  json.set("id", billing.account.id.to_string())
      .set("customer", billing.customer.id.to_string())
      .set("number", billing.customer.number)
      .set("segment", domain::to_text(billing.customer.segment))
      .set("country", billing.account.country)
      .set("currency", billing.account.currency.code())
      .set("profile", domain::to_json(billing.now))
      .set("chosen", domain::to_json(billing.chosen));
  if (billing.next_from) {
    json.set("next_profile", domain::to_json(billing.next))
        .set("next_from", billing.next_from->to_string());
  }
  return json.set("services", std::move(services)).set("revisions", std::move(revisions));
}

Json to_json(const ProfilePreview& preview) {
  return Json()
      .set("holds_from", preview.holds_from.to_string())
      .set("changes", preview.changes)
      .set("before", domain::to_json(preview.before))
      .set("after", domain::to_json(preview.after))
      .set("chosen", domain::to_json(preview.chosen))
      .set("bills_before", bills_json(preview.bills_before))
      .set("bills_after", bills_json(preview.bills_after));
}

}  // namespace flows
