#include "flows/operations/link_customers.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "domain/intake/plan_subscriptions.h"
#include "domain/intake/service_terms.h"
#include "domain/party/customer_number.h"
#include "domain/party/service_fact.h"
#include "domain/party/split_service.h"
#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "ports/events.h"
#include "ports/parties.h"
#include "ports/usage.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Json;
using base::Result;
using domain::Account;
using domain::Customer;
using ports::SourceIdentity;

// When, by whom, and on which day of the operator's calendar something is done.
struct Moment {
  ports::Recording recording;
  base::Date today;
  std::string actor;
};

Result<Moment> begin(ports::Transaction& transaction, const base::Clock& clock,
                     const domain::Operator& seller, std::string_view actor) {
  TRY(transaction.work().lock(kImportLock));
  const base::Instant now = clock.now();
  return Moment{.recording = {now, TRY(transaction.work().hold_epoch())},
                .today = TRY(local_date(seller.time_zone, now)),
                .actor = std::string(actor)};
}

ports::NewEvent event(const Moment& moment, domain::AccountId account, std::string_view kind,
                      base::Date effective, Json data) {
  return {.account = account,
          .kind = std::string(kind),
          .effective = effective,
          .recorded = moment.recording.at,
          .actor = moment.actor,
          .data = std::move(data)};
}

Json joined_data(const SourceIdentity& source) {
  return Json()
      .set("customer", source.customer.to_string())
      .set("division", source.division)
      .set("number", source.number)
      .set("joined_by", source.joined_by);
}

Result<Customer> load_customer(ports::Parties& parties, domain::CustomerId id) {
  auto found = TRY(parties.find_customers({&id, 1}));
  if (found.empty()) {
    return base::fail("unknown_customer", "there is no such customer", id.to_string());
  }
  return std::move(found.front());
}

Result<> move_account(ports::Transaction& transaction, const Moment& moment, const Account& account,
                      domain::CustomerId to) {
  TRY(transaction.parties().move_account(account, to));
  const ports::NewEvent moved =
      event(moment, account.id, "account_moved", moment.today,
            Json().set("customer", to.to_string()).set("from", account.customer.to_string()));
  return transaction.events().append({&moved, 1});
}

// An identity number that was the other's finds the given customer from now on.
Result<> point_identity(ports::Parties& parties, const Customer& whose, std::string_view country,
                        domain::CustomerId to) {
  const ports::Parties::IdentityEntry entry{domain::identity_key(whose.party, country), to};
  if (entry.key.empty()) return {};
  return parties.save_identities({&entry, 1});
}

Result<LinkReport> link(ports::Transaction& transaction, const Moment& moment,
                        const domain::Operator& seller, domain::CustomerId kept_id,
                        domain::CustomerId other_id) {
  ports::Parties& parties = transaction.parties();
  const Customer kept = TRY(load_customer(parties, kept_id));
  const Customer other = TRY(load_customer(parties, other_id));
  LinkReport report;
  for (const Account& account : TRY(parties.accounts_of(other.id))) {
    TRY(move_account(transaction, moment, account, kept.id));
    ++report.accounts;
  }
  for (SourceIdentity& source : TRY(parties.sources_of(other.id))) {
    source.customer = kept.id;
    source.joined_by = moment.actor;
    TRY(parties.update_source(source, moment.recording.at));
    const ports::NewEvent joined =
        event(moment, source.account, "identity_joined", moment.today, joined_data(source));
    TRY(transaction.events().append({&joined, 1}));
    ++report.numbers;
  }
  TRY(parties.point_customer_number(other.number, kept.id));
  TRY(point_identity(parties, other, seller.country, kept.id));
  return report;
}

// One separation, step by step, in one transaction.
class Separation {
 public:
  Separation(ports::Transaction& transaction, const Moment& moment, const ImportTerms& terms,
             const SeparateRequest& request)
      : transaction_(transaction),
        parties_(transaction.parties()),
        moment_(moment),
        terms_(terms),
        request_(request) {}

  Result<SeparateReport> run() {
    SourceIdentity source = TRY(load_source());
    const SourceIdentity before = source;
    const Customer owner = TRY(find_or_create_owner(before.customer));
    source.customer = owner.id;
    source.joined_by = domain::kJoinedAfterSeparation;
    if (before.account == account_id(request_.division, request_.number)) {
      TRY(take_account_back(before, owner.id));
    } else {
      source.account = account_id(request_.division, request_.number);
      TRY(open_account(before, owner.id));
      TRY(move_services(before.account, source.account));
    }
    TRY(parties_.update_source(source, moment_.recording.at));
    events_.push_back(event(moment_, before.account, "identity_separated", moment_.today,
                            Json()
                                .set("customer", owner.id.to_string())
                                .set("division", source.division)
                                .set("number", source.number)));
    TRY(transaction_.events().append(events_));
    return SeparateReport{.customer = owner.id, .account = source.account};
  }

 private:
  Result<SourceIdentity> load_source();
  Result<Customer> find_or_create_owner(domain::CustomerId joined_to);
  Result<> take_account_back(const SourceIdentity& source, domain::CustomerId owner);
  Result<> open_account(const SourceIdentity& source, domain::CustomerId owner);
  Result<> move_services(domain::AccountId from, domain::AccountId to);
  Result<> move_service(const ports::ServiceKey& key, domain::AccountId to);

  ports::Transaction& transaction_;
  ports::Parties& parties_;
  const Moment& moment_;
  const ImportTerms& terms_;
  const SeparateRequest& request_;
  std::vector<ports::NewEvent> events_;
};

Result<SourceIdentity> Separation::load_source() {
  auto found = TRY(parties_.find_sources(request_.division, {&request_.number, 1}));
  const std::string place = request_.division + ":" + request_.number;
  if (found.empty()) {
    return base::fail("unknown_source", "the division has no customer of this number", place);
  }
  if (found.front().customer == customer_id(request_.division, request_.number)) {
    return base::fail("not_joined", "the number stands for a customer of its own already", place);
  }
  return std::move(found.front());
}

// The customer that the number had before it was linked; where it never had one, a new one of
// what is known, but without the identity number that it shared.
Result<Customer> Separation::find_or_create_owner(domain::CustomerId joined_to) {
  const domain::CustomerId id = customer_id(request_.division, request_.number);
  auto found = TRY(parties_.find_customers({&id, 1}));
  if (!found.empty()) {
    TRY(parties_.point_customer_number(found.front().number, id));
    const Customer joined = TRY(load_customer(parties_, joined_to));
    const std::string& country = terms_.seller.country;
    if (domain::identity_key(found.front().party, country) !=
        domain::identity_key(joined.party, country)) {
      TRY(point_identity(parties_, found.front(), country, id));
    }
    return std::move(found.front());
  }
  Customer owner = TRY(load_customer(parties_, joined_to));
  owner.id = id;
  owner.party.national_id.clear();
  owner.number = domain::make_customer_number(TRY(
      transaction_.work().take_numbers(domain::kCustomerCounter, domain::kFirstCustomerCount, 1)));
  TRY(parties_.add_customers({&owner, 1}, moment_.recording));
  events_.push_back(event(
      moment_, account_id(request_.division, request_.number), "customer_created", moment_.today,
      Json().set("customer", owner.id.to_string()).set("number", owner.number)));
  return owner;
}

Result<> Separation::take_account_back(const SourceIdentity& source, domain::CustomerId owner) {
  for (const SourceIdentity& other : TRY(parties_.sources_of(source.customer))) {
    if (other.account == source.account && other != source) {
      return base::fail("account_is_shared",
                        "another number was joined to this account; separate it first",
                        other.division + ":" + other.number);
    }
  }
  const auto account = TRY(parties_.find_account(source.account));
  if (!account) {
    return base::fail("unknown_account", "there is no such account", source.account.to_string());
  }
  return move_account(transaction_, moment_, *account, owner);
}

Result<> Separation::open_account(const SourceIdentity& source, domain::CustomerId owner) {
  auto account = TRY(parties_.find_account(source.account));
  if (!account) {
    return base::fail("unknown_account", "there is no such account", source.account.to_string());
  }
  account->id = account_id(request_.division, request_.number);
  account->customer = owner;
  TRY(parties_.add_accounts({&*account, 1}, moment_.recording));
  events_.push_back(event(moment_, account->id, "account_opened", moment_.today,
                          Json()
                              .set("customer", owner.to_string())
                              .set("country", account->country)
                              .set("currency", account->currency.code())));
  return {};
}

// All services of the number, each with the terms that are still to come.
Result<> Separation::move_services(domain::AccountId from, domain::AccountId to) {
  auto numbers = TRY(transaction_.usage().services_of(from, request_.division, request_.number));
  std::set<ports::ServiceKey> keys;
  for (domain::ServiceNumber& number : numbers) {
    keys.insert({from, number.service});
    number.account = to;
  }
  TRY(transaction_.usage().add_numbers(request_.division, numbers));
  for (const ports::ServiceKey& key : keys) TRY(move_service(key, to));
  return {};
}

Result<> Separation::move_service(const ports::ServiceKey& key, domain::AccountId to) {
  const auto found = TRY(parties_.find_services({&key, 1}));
  if (found.empty()) return {};
  const auto* campaign = terms_.catalogue.find(found.front().campaign, domain::ItemKind::kCampaign);
  const auto split = TRY(domain::split_service(found.front(), to, request_.from,
                                               campaign ? &campaign->campaign : nullptr));
  if (!split) return {};
  const auto known = TRY(transaction_.usage().revisions_of({&key, 1}));
  std::vector<domain::Service> revisions = {split->ended};
  for (domain::Service& begun : domain::terms_from(split->begun, known)) {
    revisions.push_back(std::move(begun));
  }
  TRY(parties_.add_services(revisions, moment_.recording));
  const auto& [ended, begun] = *split;
  events_.push_back(event(moment_, key.account, "service_changed", moment_.today,
                          domain::service_changed_fact(ended)));
  events_.push_back(event(moment_, to, "service_started", begun.starts,
                          Json()
                              .set("service", begun.id.to_string())
                              .set("plan", revisions[1].plan)
                              .set("starts", begun.starts.to_string())
                              .set("ends", begun.ends ? Json(begun.ends->to_string()) : Json())));
  return {};
}

}  // namespace

Result<LinkReport> link_customers(ports::Store& store, const base::Clock& clock,
                                  domain::CustomerId kept, domain::CustomerId other,
                                  std::string_view actor) {
  if (kept == other) {
    return base::fail("same_customer", "these are one customer already", kept.to_string());
  }
  LinkReport report;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    const ImportTerms terms = TRY(load_terms(transaction, ""));
    const Moment moment = TRY(begin(transaction, clock, terms.seller, actor));
    report = TRY(link(transaction, moment, terms.seller, kept, other));
    return {};
  }));
  return report;
}

Result<SeparateReport> separate_number(ports::Store& store, const base::Clock& clock,
                                       const SeparateRequest& request) {
  SeparateReport report;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    const ImportTerms terms = TRY(load_terms(transaction, ""));
    const Moment moment = TRY(begin(transaction, clock, terms.seller, request.actor));
    report = TRY(Separation(transaction, moment, terms, request).run());
    return {};
  }));
  return report;
}

}  // namespace flows
