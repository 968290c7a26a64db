#include "flows/care/arrange_accounts.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text/beginning.h"
#include "domain/billing/profile.h"
#include "domain/billing/schedule.h"
#include "domain/intake/service_terms.h"
#include "domain/party/service_fact.h"
#include "domain/party/split_service.h"
#include "flows/care/change_profile.h"
#include "flows/care/time_zone.h"
#include "flows/operations/import_terms.h"
#include "ports/events.h"
#include "ports/parties.h"
#include "ports/profiles.h"
#include "ports/usage.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Json;
using base::Result;
using domain::AccountId;
using domain::CustomerId;

constexpr std::size_t kCustomersPerRead = 500;

Result<domain::Customer> load_customer(ports::Transaction& transaction, CustomerId id) {
  auto found = TRY(transaction.parties().find_customers({&id, 1}));
  if (found.empty()) {
    return base::fail("unknown_customer", "there is no such customer", id.to_string());
  }
  return std::move(found.front());
}

Result<domain::Service> find_service(const AccountBilling& billing, const std::string& name) {
  for (const domain::Service& service : billing.services) {
    if (service.source_number == name || service.id.to_string() == name) return service;
  }
  return base::fail("unknown_service", "the account has no such service that runs", name);
}

// Letters of ASCII without their case; others as they are.
std::string folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool fits(const domain::Customer& customer, const AccountFilter& filter) {
  if (filter.segment && *filter.segment != customer.segment) return false;
  return filter.search.empty() || folded(customer.party.name).contains(folded(filter.search)) ||
         std::to_string(customer.number).contains(filter.search);
}

ports::NewEvent event(AccountId account, std::string_view kind, base::Date effective,
                      base::Instant now, std::string_view actor, Json data) {
  return {.account = account,
          .kind = std::string(kind),
          .effective = effective,
          .recorded = now,
          .actor = std::string(actor),
          .data = std::move(data)};
}

// The service's number at its division goes with it, so that its records do.
Result<> move_source(ports::Transaction& transaction, const domain::Service& service,
                     const domain::Account& to, base::Instant now, std::string_view actor) {
  auto sources =
      TRY(transaction.parties().find_sources(service.division, {&service.source_number, 1}));
  if (sources.empty() || sources.front().account != service.account) {
    return base::fail("service_shares_number",
                      "the division bills this service under a customer number of several "
                      "services; move it there",
                      service.source_number);
  }
  ports::SourceIdentity& source = sources.front();
  source.account = to.id;
  source.customer = to.customer;
  source.joined_by = actor;
  return transaction.parties().update_source(source, now);
}

Json moved_json(const domain::SplitService& split, base::Date from, AccountId to) {
  return Json()
      .set("service", split.ended.id.to_string())
      .set("from", from.to_string())
      .set("to", to.to_string());
}

Result<base::Date> move(ports::Transaction& transaction, const AccessPorts& access,
                        const ServiceName& name, AccountId to, std::string_view actor) {
  TRY(transaction.work().lock(kImportLock));
  const ImportTerms terms = TRY(load_terms(transaction, ""));
  const AccountBilling billing = TRY(show_account(transaction, access.clock, name.account));
  const domain::Service service = TRY(find_service(billing, name.service));
  const auto target = TRY(transaction.parties().find_account(to));
  if (!target) return base::fail("unknown_account", "there is no such account", to.to_string());
  if (to == name.account) {
    return base::fail("same_account", "the service is on this account already", to.to_string());
  }
  const base::Date from =
      TRY(domain::Frequency::parse(billing.now.frequency)).boundary_after(billing.today);
  const auto* campaign = terms.catalogue.find(service.campaign, domain::ItemKind::kCampaign);
  const auto split =
      TRY(domain::split_service(service, to, from, campaign ? &campaign->campaign : nullptr));
  if (!split) return base::fail("unknown_service", "the service ends before then", name.service);
  const base::Instant now = access.clock.now();
  TRY(move_source(transaction, service, *target, now, actor));
  const ports::ServiceKey key{name.account, service.id};
  const auto known = TRY(transaction.usage().revisions_of({&key, 1}));
  std::vector<domain::Service> revisions = {split->ended};
  for (domain::Service& begun : domain::terms_from(split->begun, known)) {
    revisions.push_back(std::move(begun));
  }
  const std::int64_t epoch = TRY(transaction.work().hold_epoch());
  TRY(transaction.parties().add_services(revisions, {now, epoch}));
  const auto& [ended, begun] = *split;
  Json ended_data = domain::service_changed_fact(ended);
  Json begun_data = Json()
                        .set("service", begun.id.to_string())
                        .set("plan", revisions[1].plan)
                        .set("starts", begun.starts.to_string())
                        .set("ends", begun.ends ? Json(begun.ends->to_string()) : Json());
  const ports::NewEvent events[] = {
      event(name.account, "service_changed", billing.today, now, actor, std::move(ended_data)),
      event(to, "service_started", begun.starts, now, actor, std::move(begun_data))};
  TRY(transaction.events().append(events));
  const std::string subject = name.account.to_string();
  TRY(write_audit(transaction, access,
                  {.actor = actor,
                   .action = "service.moved",
                   .subject = subject,
                   .detail = moved_json(*split, from, to)}));
  return from;
}

}  // namespace

Result<CustomerId> find_customer(ports::Transaction& transaction, std::int64_t number) {
  const auto id = TRY(transaction.parties().find_customer_number(number));
  if (!id) {
    return base::fail("unknown_customer", "there is no customer of that number",
                      std::to_string(number));
  }
  return *id;
}

Result<AccountId> find_account(ports::Transaction& transaction, std::string_view text) {
  if (const auto id = AccountId::parse(text)) {
    if (TRY(transaction.parties().find_account(*id))) return *id;
    return base::fail("unknown_account", "there is no such account", std::string(text));
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return base::fail("unknown_account", "an account is named by its id or a customer number",
                      base::beginning(text, 60));
  }
  const auto accounts =
      TRY(transaction.parties().accounts_of(TRY(find_customer(transaction, number))));
  if (accounts.size() == 1) return accounts.front().id;
  if (accounts.empty()) {
    return base::fail("unknown_account", "the customer has no account", std::string(text));
  }
  std::string list;
  for (const domain::Account& account : accounts) {
    list += (list.empty() ? "" : ", ") + account.id.to_string();
  }
  return base::fail("several_accounts", "the customer has several, name one: " + list,
                    std::string(text));
}

Result<AccountPage> list_accounts(ports::Store& store, const base::Clock& clock,
                                  const AccountFilter& filter, CustomerId after,
                                  std::size_t limit) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const domain::Operator seller = TRY(load_seller(*transaction));
  const base::Date today = TRY(local_date(seller.time_zone, clock.now()));
  AccountPage page;
  while (true) {
    const auto customers = TRY(transaction->parties().list_customers(after, kCustomersPerRead));
    for (const domain::Customer& customer : customers) {
      after = customer.id;
      if (!fits(customer, filter)) continue;
      for (const domain::Account& account : TRY(transaction->parties().accounts_of(customer.id))) {
        domain::ProfileChoice chosen;
        for (const auto& revision : TRY(transaction->profiles().list(account.id))) {
          if (revision.holds_from <= today) chosen = revision.chosen;
        }
        if (filter.only_chosen && chosen == domain::ProfileChoice()) continue;
        page.rows.push_back(
            {account, customer, domain::account_profile(seller.default_profile, account, chosen)});
      }
      if (page.rows.size() < limit) continue;
      if (!TRY(transaction->parties().list_customers(after, 1)).empty()) page.next = after;
      return page;
    }
    if (customers.size() < kCustomersPerRead) return page;
  }
}

Result<AccountId> open_account(const AccessPorts& access, CustomerId customer,
                               std::string_view actor) {
  AccountId opened;
  TRY(ports::run_in_transaction(access.store, [&](ports::Transaction& transaction) -> Result<> {
    const domain::Operator seller = TRY(load_seller(transaction));
    const domain::Customer owner = TRY(load_customer(transaction, customer));
    const base::Instant now = access.clock.now();
    domain::Account account;
    account.id =
        crypto::make_random_id<AccountId>(access.random, now, "account:" + owner.id.to_string());
    account.customer = owner.id;
    account.country = seller.country;
    account.currency = seller.currency;
    account.profile = seller.default_profile;
    const std::int64_t epoch = TRY(transaction.work().hold_epoch());
    TRY(transaction.parties().add_accounts({&account, 1}, {now, epoch}));
    const base::Date today = TRY(local_date(seller.time_zone, now));
    Json data = Json()
                    .set("customer", owner.id.to_string())
                    .set("country", account.country)
                    .set("currency", account.currency.code());
    const ports::NewEvent added =
        event(account.id, "account_opened", today, now, actor, std::move(data));
    TRY(transaction.events().append({&added, 1}));
    opened = account.id;
    const std::string subject = opened.to_string();
    return write_audit(transaction, access,
                       {.actor = actor, .action = "account.opened", .subject = subject});
  }));
  return opened;
}

Result<base::Date> move_service(const AccessPorts& access, const ServiceName& service, AccountId to,
                                std::string_view actor) {
  base::Date from;
  TRY(ports::run_in_transaction(access.store, [&](ports::Transaction& transaction) -> Result<> {
    from = TRY(move(transaction, access, service, to, actor));
    return {};
  }));
  return from;
}

Result<> set_service_user(const AccessPorts& access, const ServiceName& name,
                          std::optional<CustomerId> user, std::string_view actor) {
  return ports::run_in_transaction(access.store, [&](ports::Transaction& transaction) -> Result<> {
    const AccountBilling billing = TRY(show_account(transaction, access.clock, name.account));
    const domain::Service service = TRY(find_service(billing, name.service));
    if (user) TRY(load_customer(transaction, *user));
    const base::Instant now = access.clock.now();
    if (user) {
      TRY(transaction.profiles().set_service_user(
          {name.account, service.id, *user, std::string(actor)}, now));
    } else {
      TRY(transaction.profiles().remove_service_user(name.account, service.id));
    }
    Json data = Json()
                    .set("service", service.id.to_string())
                    .set("customer", user ? Json(user->to_string()) : Json());
    const ports::NewEvent set =
        event(name.account, "service_user_set", billing.today, now, actor, data);
    TRY(transaction.events().append({&set, 1}));
    const std::string subject = name.account.to_string();
    return write_audit(transaction, access,
                       {.actor = actor,
                        .action = "service.user_set",
                        .subject = subject,
                        .detail = std::move(data)});
  });
}

Result<> change_segment(const AccessPorts& access, CustomerId id, domain::Segment segment,
                        std::string_view actor) {
  return ports::run_in_transaction(access.store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kImportLock));
    const domain::Operator seller = TRY(load_seller(transaction));
    domain::Customer customer = TRY(load_customer(transaction, id));
    if (customer.segment == segment) return {};
    customer.segment = segment;
    const base::Instant now = access.clock.now();
    const std::int64_t epoch = TRY(transaction.work().hold_epoch());
    TRY(transaction.parties().update_customers({&customer, 1}, {now, epoch}));
    const base::Date today = TRY(local_date(seller.time_zone, now));
    for (const domain::Account& account : TRY(transaction.parties().accounts_of(id))) {
      Json fields = Json::array();
      fields.push("segment");
      Json data = Json().set("customer", id.to_string()).set("fields", std::move(fields));
      const ports::NewEvent changed =
          event(account.id, "customer_changed", today, now, actor, std::move(data));
      TRY(transaction.events().append({&changed, 1}));
    }
    const std::string subject = id.to_string();
    return write_audit(transaction, access,
                       {.actor = actor,
                        .action = "customer.segment_changed",
                        .subject = subject,
                        .detail = Json::object().set("segment", domain::to_text(segment))});
  });
}

}  // namespace flows
