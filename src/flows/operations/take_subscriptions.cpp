// Subscriptions: read each, look up whom they are about, plan, write.
#include <algorithm>
#include <string>
#include <utility>

#include "base/result/check.h"
#include "domain/intake/plan_subscriptions.h"
#include "domain/party/customer_number.h"
#include "flows/operations/candidates.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/record_book.h"
#include "flows/operations/take_records.h"
#include "ports/events.h"
#include "ports/usage.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::KnownParties;
using domain::Subscription;
using domain::SubscriptionPlan;
using domain::SubscriptionPlanner;
using formats::source::SourceItem;
using ports::RecordState;

using Subscriptions = std::span<const Candidate<Subscription>>;

// Each once, in order.
template <class T>
std::vector<T> distinct(std::vector<T> values) {
  std::ranges::sort(values);
  const auto repeated = std::ranges::unique(values);
  values.erase(repeated.begin(), repeated.end());
  return values;
}

Result<> load_sources(KnownParties& known, ports::Parties& parties, const ImportContext& context,
                      Subscriptions candidates) {
  std::vector<std::string> numbers;
  for (const auto& candidate : candidates) numbers.push_back(candidate.value.number);
  const std::string& division = context.mapping.division;
  for (auto& source : TRY(parties.find_sources(division, distinct(std::move(numbers))))) {
    known.sources[source.number] = {source.customer, source.account, source.joined_by};
  }
  return {};
}

// The services of the records, and those that have the same numbers.
Result<> load_services(KnownParties& known, ports::Transaction& transaction,
                       const ImportContext& context, Subscriptions candidates) {
  const std::string& division = context.mapping.division;
  std::vector<ports::ServiceKey> services;
  std::vector<std::string> numbers;
  for (const auto& candidate : candidates) {
    numbers.push_back(candidate.value.service_number);
    const auto source = known.sources.find(candidate.value.number);
    if (source == known.sources.end()) continue;
    services.push_back({source->second.account, service_id(division, candidate.value.service)});
  }
  services = distinct(std::move(services));
  for (auto& service : TRY(transaction.parties().find_services(services))) {
    known.services[service.id] = std::move(service);
  }
  for (auto& terms : TRY(transaction.usage().revisions_of(services))) {
    known.terms[terms.service].push_back(std::move(terms));
  }
  known.holders = TRY(transaction.usage().find_services(division, distinct(std::move(numbers))));
  return {};
}

// The customers whom the records are about: by the division's number, or by identity number.
Result<> load_customers(KnownParties& known, ports::Parties& parties, const ImportContext& context,
                        Subscriptions candidates) {
  std::vector<std::string> keys;
  for (const auto& candidate : candidates) {
    auto key = domain::identity_key(candidate.value.party, context.seller.country);
    if (!key.empty()) keys.push_back(std::move(key));
  }
  std::vector<domain::CustomerId> customers;
  std::vector<domain::AccountId> accounts;
  for (const auto& [number, source] : known.sources) {
    customers.push_back(source.customer);
    accounts.push_back(source.account);
  }
  for (auto& entry : TRY(parties.find_identities(distinct(std::move(keys))))) {
    known.identities[entry.key] = entry.customer;
    customers.push_back(entry.customer);
    for (auto& account : TRY(parties.accounts_of(entry.customer))) {
      known.first_accounts.emplace(entry.customer, account.id);
      known.accounts[account.id] = std::move(account);
    }
  }
  for (auto& customer : TRY(parties.find_customers(distinct(std::move(customers))))) {
    known.customers[customer.id] = std::move(customer);
  }
  for (auto& account : TRY(parties.find_accounts(distinct(std::move(accounts))))) {
    known.accounts[account.id] = std::move(account);
  }
  return {};
}

Result<> store_parties(ports::Parties& parties, const ImportContext& context,
                       const SubscriptionPlan& plan, const ports::Recording& recording) {
  TRY(parties.add_customers(plan.new_customers, recording));
  TRY(parties.add_accounts(plan.new_accounts, recording));
  std::vector<ports::SourceIdentity> sources;
  for (const auto& [number, link] : plan.new_sources) {
    sources.push_back(
        {context.mapping.division, number, link.customer, link.account, link.joined_by});
  }
  TRY(parties.add_sources(sources, recording.at));
  for (const std::string& key : plan.dropped_identities) TRY(parties.remove_identity(key));
  std::vector<ports::Parties::IdentityEntry> identities;
  for (const auto& [key, customer] : plan.new_identities) identities.push_back({key, customer});
  TRY(parties.save_identities(identities));
  TRY(parties.update_customers(plan.changed_customers, recording));
  return parties.add_services(plan.services, recording);
}

Result<> store_plan(ports::Transaction& transaction, const ImportContext& context,
                    SubscriptionPlanner planner) {
  const std::int64_t count = planner.new_customer_count();
  std::int64_t first = 0;
  if (count > 0) {
    first = TRY(transaction.work().take_numbers(domain::kCustomerCounter,
                                                domain::kFirstCustomerCount, count));
  }
  SubscriptionPlan plan = std::move(planner).finish(first);
  const ports::Recording recording{context.recorded, TRY(transaction.work().hold_epoch())};
  TRY(store_parties(transaction.parties(), context, plan, recording));
  TRY(transaction.usage().add_numbers(context.mapping.division, plan.numbers));
  std::vector<ports::NewEvent> events;
  for (domain::PlannedFact& fact : plan.facts) {
    events.push_back({.account = fact.account,
                      .kind = std::move(fact.kind),
                      .effective = fact.effective,
                      .recorded = context.recorded,
                      .actor = context.actor,
                      .data = std::move(fact.data)});
  }
  return transaction.events().append(events);
}

void plan_one(SubscriptionPlanner& planner, const ImportContext& context,
              Candidate<Subscription>& candidate, std::size_t at, RecordBook& book,
              BatchOutcome& outcome) {
  const SourceItem& item = *candidate.item;
  if (book.state_of(at) == RecordState::kRepeated) return outcome.repeat();
  const std::string& division = context.mapping.division;
  const std::string& number = candidate.value.number;
  const std::string& service = candidate.value.service;
  auto taken = planner.take(candidate.value, {.customer = customer_id(division, number),
                                              .account = account_id(division, number),
                                              .service = service_id(division, service)});
  for (const domain::Problem& notice : taken.notices) {
    candidate.notices.push_back(with_heading(notice, item.record));
  }
  if (taken.refusal) {
    const domain::Problem refusal = with_heading(*taken.refusal, item.record);
    return outcome.reject(item, {&refusal, 1}, candidate.notices);
  }
  book.take(at, context.file, item.line);
  outcome.accept(item, candidate.notices);
}

}  // namespace

Result<BatchOutcome> take_subscriptions(ports::Transaction& transaction,
                                        const ImportContext& context,
                                        std::span<const SourceItem> items) {
  BatchOutcome outcome(context);
  auto candidates =
      read_candidates<Subscription>(context, items, domain::read_subscription, outcome);
  RecordBook book = TRY(open_book<Subscription>(transaction.imports(), context, candidates));
  KnownParties known;
  TRY(load_sources(known, transaction.parties(), context, candidates));
  TRY(load_customers(known, transaction.parties(), context, candidates));
  TRY(load_services(known, transaction, context, candidates));
  SubscriptionPlanner planner(
      {.division = context.mapping.division, .seller = context.seller, .today = context.today},
      std::move(known));
  for (const auto& candidate : candidates) planner.expect(candidate.value);
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    plan_one(planner, context, candidates[at], at, book, outcome);
  }
  TRY(store_plan(transaction, context, std::move(planner)));
  TRY(book.save(transaction.imports()));
  return outcome;
}

}  // namespace flows
