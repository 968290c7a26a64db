// Orders: read each, find its customer, add a charge to the account.
#include <map>
#include <string>
#include <utility>

#include "domain/intake/order.h"
#include "flows/operations/candidates.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/record_book.h"
#include "flows/operations/take_records.h"
#include "flows/orders/order_rows.h"
#include "ports/events.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::Order;
using domain::Problem;
using formats::source::SourceItem;
using ports::RecordState;

using Orders = std::span<const Candidate<Order>>;

// Whom orders can be for.
struct KnownCustomers {
  std::map<std::string, ports::SourceIdentity> sources;  // By the division's number.
  std::map<domain::AccountId, domain::Account> accounts;
  std::map<domain::ServiceId, domain::Service> services;
};

Result<KnownCustomers> load_customers(ports::Parties& parties, const ImportContext& context,
                                      Orders candidates) {
  std::map<std::string, ports::SourceIdentity> wanted;
  for (const auto& candidate : candidates) wanted[candidate.value.customer_number];
  std::vector<std::string> numbers;
  for (const auto& [number, source] : wanted) numbers.push_back(number);
  KnownCustomers known;
  const std::string& division = context.mapping.division;
  std::map<domain::AccountId, std::vector<ports::ServiceKey>> services;
  for (auto& source : TRY(parties.find_sources(division, numbers))) {
    services[source.account].push_back({source.account, service_id(division, source.number)});
    known.sources.emplace(source.number, std::move(source));
  }
  std::vector<domain::AccountId> accounts;
  std::vector<ports::ServiceKey> keys;
  for (const auto& [account, of_account] : services) {
    accounts.push_back(account);
    keys.insert(keys.end(), of_account.begin(), of_account.end());
  }
  for (auto& account : TRY(parties.find_accounts(accounts))) {
    known.accounts.emplace(account.id, std::move(account));
  }
  for (auto& service : TRY(parties.find_services(keys))) {
    known.services.emplace(service.id, std::move(service));
  }
  return known;
}

// Takes orders one after the other and keeps what is to be written.
class OrderTaker {
 public:
  OrderTaker(const ImportContext& context, KnownCustomers known)
      : context_(context), known_(std::move(known)) {}

  void take(Candidate<Order>& candidate, std::size_t at, RecordBook& book, BatchOutcome& outcome) {
    const RecordState state = book.state_of(at);
    if (state == RecordState::kRepeated) return outcome.repeat();
    const Order& order = candidate.value;
    const auto refuse = [&](std::string field, std::string code, std::string text) {
      const Problem problem = with_heading({std::move(field), std::move(code), std::move(text)},
                                           candidate.item->record);
      outcome.reject(*candidate.item, {&problem, 1}, candidate.notices);
    };
    if (state == RecordState::kChanged) {
      return refuse("number", "record_changed",
                    "an order of this number was taken before and said something else");
    }
    const auto source = known_.sources.find(order.customer_number);
    if (source == known_.sources.end()) {
      return refuse("customer_number", "unknown_customer",
                    "the division has no such customer; import its customers first");
    }
    add_charge(candidate, source->second);
    book.take(at, context_.file, candidate.item->line);
    outcome.accept(*candidate.item, candidate.notices);
  }

  [[nodiscard]] Result<> store(ports::Transaction& transaction) const {
    const ports::Recording recording{context_.recorded, TRY(transaction.work().hold_epoch())};
    TRY(transaction.parties().add_charges(charges_, recording));
    std::vector<ports::NewEvent> events;
    const OrderContext context{context_.recorded, {}, context_.actor};
    for (const domain::Charge& charge : charges_) events.push_back(charge_event(charge, context));
    return transaction.events().append(events);
  }

 private:
  void add_charge(Candidate<Order>& candidate, const ports::SourceIdentity& customer) {
    const Order& order = candidate.value;
    const std::string source = context_.mapping.source();
    domain::OrderPlace place{.id = derived_id<domain::ChargeId>({"charge", source, order.number}),
                             .account = customer.account,
                             .service = service_id(context_.mapping.division, customer.number),
                             .division = context_.mapping.division,
                             .source = source,
                             .currency = known_.accounts.at(customer.account).currency};
    const auto service = known_.services.find(place.service);
    if (service == known_.services.end()) {
      place.service = {};
    } else if (service->second.ends && order.date >= *service->second.ends) {
      candidate.notices.push_back(with_heading(
          {"date", "ordered_after_service_end", "the customer's service had ended on that day"},
          candidate.item->record));
    }
    charges_.push_back(domain::make_charge(order, place));
  }

  const ImportContext& context_;
  KnownCustomers known_;
  std::vector<domain::Charge> charges_;
};

}  // namespace

Result<BatchOutcome> take_orders(ports::Transaction& transaction, const ImportContext& context,
                                 std::span<const SourceItem> items) {
  BatchOutcome outcome(context);
  auto candidates = read_candidates<Order>(context, items, domain::read_order, outcome);
  RecordBook book = TRY(open_book<Order>(transaction.imports(), context, candidates));
  OrderTaker taker(context, TRY(load_customers(transaction.parties(), context, candidates)));
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    taker.take(candidates[at], at, book, outcome);
  }
  TRY(taker.store(transaction));
  TRY(book.save(transaction.imports()));
  return outcome;
}

}  // namespace flows
