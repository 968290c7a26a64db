#include "domain/intake/plan_subscriptions.h"

#include <algorithm>

#include "base/result/check.h"
#include "domain/party/customer_number.h"
#include "domain/party/service_fact.h"

namespace domain {
namespace {

using base::Date;
using base::Json;

Json day_or_null(const std::optional<Date>& day) { return day ? Json(day->to_string()) : Json(); }

bool is_empty(const PostalAddress& address) {
  return address.lines.empty() && address.postal_code.empty() && address.city.empty();
}

// Takes over what is new. What a record leaves empty never erases what is known; what is known
// from elsewhere is only replaced by the record that the customer came from.
template <class Value>
void take_over(Value& known, const Value& incoming, bool known_is_empty, bool incoming_is_empty,
               bool own, std::string_view name, Json& changed) {
  if (incoming_is_empty || known == incoming || (!own && !known_is_empty)) return;
  known = incoming;
  changed.push(name);
}

Json merge_party(Party& known, const Party& incoming, bool own) {
  Json changed = Json::array();
  const auto take_text = [&](std::string& text, const std::string& in, std::string_view name) {
    take_over(text, in, text.empty(), in.empty(), own, name, changed);
  };
  take_text(known.name, incoming.name, "name");
  take_text(known.email, incoming.email, "email");
  take_text(known.phone, incoming.phone, "phone");
  take_over(known.address, incoming.address, is_empty(known.address), is_empty(incoming.address),
            own, "address", changed);
  return changed;
}

// Whether the customer's particulars follow the record: where he has several, none of them is the
// one that knows.
bool is_own(const SourceLink& source, const Subscription& record) {
  return !record.is_one_of_several() &&
         (source.joined_by == kJoinedAsOwn || source.joined_by == kJoinedAfterSeparation);
}

void notice_differences(const Party& known, const Party& incoming, SubscriptionOutcome& outcome) {
  std::string fields;
  const auto compare = [&](const auto& a, const auto& b, bool is_said, std::string_view name) {
    if (is_said && a != b) fields += (fields.empty() ? "" : ", ") + std::string(name);
  };
  compare(known.name, incoming.name, !incoming.name.empty(), "name");
  compare(known.email, incoming.email, !incoming.email.empty(), "e-mail");
  compare(known.address, incoming.address, !is_empty(incoming.address), "address");
  if (fields.empty()) return;
  outcome.notices.push_back(
      {"number", "customer_differs",
       "another record of this customer says otherwise (" + fields + "); what came first is kept"});
}

// The terms that a record says hold on a day; whether a service rests is not for it to say.
struct SaidTerms {
  std::string_view plan;
  bool paused = false;
  bool differs = false;  // From what is known.
};

SaidTerms said_terms(const Subscription& record, std::span<const ServiceTerms> known, Date day) {
  SaidTerms said{.plan = record.plan};
  for (const PlanChange& change : record.plan_changes) {
    if (change.at <= day) said.plan = change.plan;
  }
  const ServiceTerms* before = terms_on(known, day);
  said.paused = before != nullptr && before->paused;
  said.differs = before == nullptr || before->plan != said.plan ||
                 before->add_ons != record.add_ons || before->campaign != record.campaign;
  return said;
}

ServiceTerms terms_of(const Service& service) {
  return {.account = service.account,
          .service = service.id,
          .revision = service.revision,
          .plan = service.plan,
          .add_ons = service.add_ons,
          .campaign = service.campaign,
          .starts = service.starts,
          .ends = service.ends,
          .holds_from = service.holds_from,
          .paused = service.paused};
}

// Names are never empty otherwise.
bool is_erased(const Customer& customer) { return customer.party.name.empty(); }

void add_once(std::vector<CustomerId>& ids, CustomerId id) {
  if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

}  // namespace

void SubscriptionPlanner::expect(const Subscription& record) {
  if (!record.party.national_id.empty()) identified_.emplace(record.number, record);
}

SubscriptionOutcome SubscriptionPlanner::take(const Subscription& record, const NewIds& ids) {
  SubscriptionOutcome outcome;
  if (overlaps(record, ids)) {
    outcome.refusal = Problem{"service_number", "service_overlaps",
                              "another service has this number in the same time; one of the two "
                              "must have ended before the other starts"};
    return outcome;
  }
  if (const auto source = known_.sources.find(record.number); source != known_.sources.end()) {
    return take_change(record, source->second, ids.service);
  }
  Subscription first = record;
  if (const auto known = identified_.find(record.number);
      first.party.national_id.empty() && known != identified_.end()) {
    first.party.national_id = known->second.party.national_id;
    first.party.kind = known->second.party.kind;
    first.segment = known->second.segment;
  }
  const std::string key = identity_key(first.party, terms_.seller.country);
  const auto same = known_.identities.find(key);
  if (!key.empty() && same != known_.identities.end() &&
      !is_erased(known_.customers.at(same->second))) {
    join_customer(first, same->second);
  } else {
    create_customer(first, ids);
  }
  start_service(first, known_.sources.at(record.number).account, ids.service);
  return outcome;
}

bool SubscriptionPlanner::overlaps(const Subscription& record, const NewIds& ids) const {
  const auto holders = known_.holders.find(record.service_number);
  if (holders == known_.holders.end() || record.service_number.empty()) return false;
  // The same service that runs at another customer's account is another holder of the number; one
  // that was moved has ended there.
  const auto source = known_.sources.find(record.number);
  const AccountId account = source == known_.sources.end() ? ids.account : source->second.account;
  const std::vector<ServiceTerms>& all = holders->second;
  for (std::size_t at = 0; at < all.size(); ++at) {
    const ServiceTerms& other = all[at];
    const bool is_newest = at + 1 == all.size() || all[at + 1].account != other.account ||
                           all[at + 1].service != other.service;
    const bool own = other.service == ids.service && (other.account == account || other.ends);
    if (!is_newest || own) continue;
    const bool before = record.ends && *record.ends <= other.starts;
    const bool after = other.ends && *other.ends <= record.starts;
    if (!before && !after) return true;
  }
  return false;
}

void SubscriptionPlanner::create_customer(const Subscription& record, const NewIds& ids) {
  const Operator& seller = terms_.seller;
  Account account{.id = ids.account,
                  .customer = ids.customer,
                  .country = seller.country,
                  .currency = seller.currency,
                  .profile = seller.default_profile};
  if (!record.delivery.empty()) account.profile.delivery = record.delivery;
  known_.customers[ids.customer] = {.id = ids.customer,
                                    .number = 0,
                                    .segment = record.segment,
                                    .language = seller.language,
                                    .party = record.party};
  created_.push_back(ids.customer);
  if (std::string key = identity_key(record.party, seller.country); !key.empty()) {
    known_.identities[key] = ids.customer;
    plan_.new_identities.emplace_back(std::move(key), ids.customer);
  }
  const SourceLink source{ids.customer, ids.account, std::string(kJoinedAsOwn)};
  known_.sources[record.number] = source;
  plan_.new_sources.emplace_back(record.number, source);
  add_fact(ids.account, "customer_created", terms_.today,
           Json().set("customer", ids.customer.to_string()).set("number", Json()));
  add_fact(ids.account, "account_opened", terms_.today,
           Json()
               .set("customer", ids.customer.to_string())
               .set("country", account.country)
               .set("currency", account.currency.code()));
  known_.first_accounts[ids.customer] = ids.account;
  plan_.new_accounts.push_back(account);
  known_.accounts[ids.account] = std::move(account);
}

void SubscriptionPlanner::join_customer(const Subscription& record, CustomerId id) {
  const auto customer = known_.customers.find(id);
  const auto account = known_.first_accounts.find(id);
  CHECK(customer != known_.customers.end() && account != known_.first_accounts.end());
  const SourceLink source{id, account->second, std::string(kJoinedByIdentity)};
  known_.sources[record.number] = source;
  plan_.new_sources.emplace_back(record.number, source);
  add_fact(source.account, "identity_joined", terms_.today,
           Json()
               .set("customer", id.to_string())
               .set("division", terms_.division)
               .set("number", record.number)
               .set("joined_by", source.joined_by));
  SubscriptionOutcome none;
  change_customer(record, source, none);
}

void SubscriptionPlanner::start_service(const Subscription& record, AccountId account,
                                        ServiceId id) {
  Service service{.id = id,
                  .account = account,
                  .revision = 1,
                  .division = terms_.division,
                  .source_number = record.service_number,
                  .plan = record.plan,
                  .starts = record.starts,
                  .ends = record.ends,
                  .campaign = record.campaign,
                  .label = record.label,
                  .epoch = 0,
                  .holds_from = std::nullopt,
                  .add_ons = record.add_ons,
                  .paused = false};
  add_fact(account, "service_started", service.starts,
           Json()
               .set("service", id.to_string())
               .set("plan", service.plan)
               .set("starts", service.starts.to_string())
               .set("ends", day_or_null(service.ends)));
  add_revision(record, service);
  for (const PlanChange& change : record.plan_changes) {
    ++service.revision;
    service.plan = change.plan;
    service.holds_from = change.at;
    add_revision(record, service);
    add_fact(account, "service_changed", change.at, service_changed_fact(service));
  }
}

void SubscriptionPlanner::add_revision(const Subscription& record, const Service& revision) {
  plan_.services.push_back(revision);
  known_.services[revision.id] = revision;
  known_.terms[revision.id].push_back(terms_of(revision));
  std::vector<ServiceTerms>& holders = known_.holders[record.service_number];
  const auto is_same = [&](const ServiceTerms& each) {
    return each.account == revision.account && each.service == revision.id;
  };
  const bool held = std::ranges::any_of(holders, is_same);
  if (!held) {
    plan_.numbers.push_back({record.service_number, record.number, revision.account, revision.id});
  }
  holders.push_back(terms_of(revision));
  std::ranges::stable_sort(
      holders, {}, [](const ServiceTerms& each) { return std::pair(each.account, each.service); });
}

SubscriptionOutcome SubscriptionPlanner::take_change(const Subscription& record,
                                                     const SourceLink& source, ServiceId id) {
  SubscriptionOutcome outcome;
  if (is_erased(known_.customers.at(source.customer))) {
    outcome.refusal = Problem{"number", "customer_erased", "the customer's data were erased"};
    return outcome;
  }
  const auto service = known_.services.find(id);
  if (service == known_.services.end()) {
    start_service(record, source.account, id);
  } else {
    const Date starts = service->second.starts;
    const bool begun = starts <= terms_.today;
    // A service that was separated begins, for its new account, on the day of that.
    const bool may_differ = !begun || source.joined_by == kJoinedAfterSeparation;
    if (record.starts != starts && !may_differ) {
      outcome.refusal = Problem{"starts", "start_changed",
                                "the service began on another day; its start can no longer change"};
      return outcome;
    }
    change_service(record, service->second, begun ? starts : record.starts);
  }
  const auto account = known_.accounts.find(source.account);
  CHECK(account != known_.accounts.end());
  if (!record.delivery.empty() && record.delivery != account->second.profile.delivery) {
    outcome.notices.push_back(
        {"delivery", "delivery_differs", "the account has another way of delivery; it is kept"});
  }
  change_customer(record, source, outcome);
  return outcome;
}

std::vector<Date> SubscriptionPlanner::term_days(const Subscription& record, ServiceId service,
                                                 Date starts) const {
  std::vector<Date> days = {starts};
  for (const PlanChange& change : record.plan_changes) days.push_back(change.at);
  for (const ServiceTerms& known : known_.terms.at(service)) {
    if (known.holds_from && *known.holds_from > starts) days.push_back(*known.holds_from);
  }
  std::ranges::sort(days);
  const auto repeated = std::ranges::unique(days);
  days.erase(repeated.begin(), repeated.end());
  return days;
}

// Only what differs is said anew: from the first day with other terms on, until the last.
void SubscriptionPlanner::change_service(const Subscription& record, Service service, Date starts) {
  const Service before = service;
  if (known_.terms[service.id].empty()) known_.terms[service.id].push_back(terms_of(service));
  service.starts = starts;
  service.ends = record.ends;
  service.label = record.label;
  service.source_number = record.service_number;
  const std::vector<ServiceTerms> known = known_.terms.at(service.id);
  std::optional<SaidTerms> last;
  for (const Date day : term_days(record, service.id, starts)) {
    const SaidTerms said = said_terms(record, known, day);
    const bool same_as_last = last && last->plan == said.plan && last->paused == said.paused;
    if (last ? same_as_last : !said.differs) continue;
    last = said;
    ++service.revision;
    service.holds_from = day == starts ? std::nullopt : std::optional(day);
    service.plan = said.plan;
    service.add_ons = record.add_ons;
    service.campaign = record.campaign;
    service.paused = said.paused;
    add_revision(record, service);
  }
  if (!last) {
    const bool same = service.starts == before.starts && service.ends == before.ends &&
                      service.label == before.label &&
                      service.source_number == before.source_number;
    if (same) return;
    ++service.revision;
    add_revision(record, service);
  }
  add_fact(service.account, "service_changed", terms_.today, service_changed_fact(service));
}

void SubscriptionPlanner::change_customer(const Subscription& record, const SourceLink& source,
                                          SubscriptionOutcome& outcome) {
  const auto found = known_.customers.find(source.customer);
  CHECK(found != known_.customers.end());
  Customer& customer = found->second;
  const bool own = is_own(source, record);
  Json changed = merge_party(customer.party, record.party, own);
  if (record.is_one_of_several()) notice_differences(customer.party, record.party, outcome);
  if (take_identity(customer, record.party, own, outcome)) {
    customer.segment = record.segment;
    changed.push("identity_number");
  }
  if (changed.as_array()->empty()) return;
  add_fact(source.account, "customer_changed", terms_.today,
           Json().set("customer", customer.id.to_string()).set("fields", std::move(changed)));
  if (std::ranges::find(created_, customer.id) == created_.end()) add_once(changed_, customer.id);
}

// True where the customer has another identity number now.
bool SubscriptionPlanner::take_identity(Customer& customer, const Party& incoming, bool own,
                                        SubscriptionOutcome& outcome) {
  const std::string before = identity_key(customer.party, terms_.seller.country);
  const std::string after = identity_key(incoming, terms_.seller.country);
  if (after.empty() || after == before) return false;
  if (!own && !before.empty()) {
    outcome.notices.push_back(
        {"identity_number", "identity_number_differs",
         "the customer that it is joined with has another identity number; look whether they are "
         "one"});
    return false;
  }
  const auto taken = known_.identities.find(after);
  if (taken != known_.identities.end() && taken->second != customer.id) {
    outcome.notices.push_back({"identity_number", "identity_number_taken",
                               "another customer has this identity number; link them if they are "
                               "one"});
    return false;
  }
  if (!before.empty()) {
    known_.identities.erase(before);
    std::erase_if(plan_.new_identities, [&](const auto& entry) { return entry.first == before; });
    plan_.dropped_identities.push_back(before);
  }
  known_.identities[after] = customer.id;
  plan_.new_identities.emplace_back(after, customer.id);
  customer.party.national_id = incoming.national_id;
  customer.party.kind = incoming.kind;
  return true;
}

void SubscriptionPlanner::add_fact(AccountId account, std::string_view kind, Date effective,
                                   Json data) {
  plan_.facts.push_back({account, std::string(kind), effective, std::move(data)});
}

SubscriptionPlan SubscriptionPlanner::finish(std::int64_t first_count) && {
  std::map<std::string, std::int64_t> number_of;
  for (const CustomerId id : created_) {
    Customer& customer = known_.customers.at(id);
    customer.number = make_customer_number(first_count++);
    number_of.emplace(id.to_string(), customer.number);
    plan_.new_customers.push_back(customer);
  }
  for (PlannedFact& fact : plan_.facts) {
    if (fact.kind == "customer_created") {
      fact.data.set("number", number_of.at(fact.data.text("customer")));
    }
  }
  for (const CustomerId id : changed_) plan_.changed_customers.push_back(known_.customers.at(id));
  return std::move(plan_);
}

}  // namespace domain
