#include "flows/care/index_customers.h"

#include <algorithm>
#include <span>
#include <string>

#include "domain/matching/payer_name.h"
#include "domain/party/search_words.h"
#include "flows/care/one_account.h"
#include "ports/access.h"
#include "ports/desk.h"
#include "ports/parties.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;

constexpr std::size_t kCustomersAPage = 500;
constexpr std::size_t kPagesAtOnce = 40;  // Are asked for together: to find them takes a sort.
constexpr std::string_view kIndexLock = "search_index";
// A transaction that was open meanwhile may bring facts of an earlier time: so far back they are
// indexed once more.
constexpr std::int64_t kOverlapMicros = 600 * base::kMicrosPerSecond;

Result<domain::SearchFacts> facts_of(ports::Transaction& transaction,
                                     const domain::Customer& customer) {
  domain::SearchFacts facts;
  facts.names.push_back(customer.party.name);
  facts.addresses = customer.party.address.lines;
  facts.addresses.push_back(customer.party.address.postal_code);
  facts.addresses.push_back(customer.party.address.city);
  facts.phones.push_back(customer.party.phone);
  facts.email = customer.party.email;
  auto& parties = transaction.parties();
  for (const auto& source : TRY(parties.sources_of(customer.id))) {
    facts.numbers.push_back(source.number);
  }
  for (const auto& account : TRY(parties.accounts_of(customer.id))) {
    TRY(parties.load_services(range_of(account.id), INT64_MAX,
                              [&](const domain::Service& service) -> Result<> {
                                facts.numbers.push_back(service.source_number);
                                facts.addresses.push_back(service.label);
                                return {};
                              }));
  }
  return facts;
}

Result<std::vector<ports::Desk::Words>> words_of(ports::Transaction& transaction,
                                                 std::span<const domain::CustomerId> ids) {
  std::vector<ports::Desk::Words> page;
  for (const domain::Customer& customer : TRY(transaction.parties().find_customers(ids))) {
    // Who was erased has nothing left to be found by.
    const domain::SearchFacts facts =
        customer.party.name.empty() ? domain::SearchFacts{} : TRY(facts_of(transaction, customer));
    std::vector<std::string> words = domain::index_words(facts);
    for (std::string& word : domain::matching::payer_index_words(customer.party.name)) {
      words.push_back(std::move(word));
    }
    page.push_back({customer.id, std::move(words)});
  }
  return page;
}

Result<> index_page(ports::Store& store, std::span<const domain::CustomerId> ids) {
  std::vector<ports::Desk::Words> page;
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    page = TRY(words_of(*transaction, ids));
  }
  return ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    // Another import may index the same customers now: one after the other.
    TRY(transaction.work().lock(kIndexLock));
    return transaction.access().desk().index_customers(page);
  });
}

}  // namespace

Result<std::int64_t> index_customers(ports::Store& store) {
  std::int64_t indexed = 0;
  ports::Desk::Indexed until;
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    ports::Desk& desk = transaction->access().desk();
    const auto known = TRY(desk.indexed());
    if (known && TRY(desk.mark_of_facts(known->until)) == known->mark) return indexed;
    until.until = {TRY(desk.newest_fact()).micros - kOverlapMicros};
    until.mark = TRY(desk.mark_of_facts(until.until));
  }
  std::vector<domain::CustomerId> ids;
  do {
    const domain::CustomerId after = ids.empty() ? domain::CustomerId() : ids.back();
    {
      const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
      ids = TRY(
          transaction->access().desk().customers_to_index(after, kPagesAtOnce * kCustomersAPage));
    }
    for (std::size_t first = 0; first < ids.size(); first += kCustomersAPage) {
      const auto page = std::span(ids).subspan(first);
      TRY(index_page(store, page.first(std::min(kCustomersAPage, page.size()))));
    }
    indexed += static_cast<std::int64_t>(ids.size());
  } while (ids.size() == kPagesAtOnce * kCustomersAPage);
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) {
    return transaction.access().desk().set_indexed(until);
  }));
  return indexed;
}

Result<std::int64_t> rebuild_search_index(ports::Store& store) {
  TRY(ports::run_in_transaction(store, [](ports::Transaction& transaction) {
    return transaction.access().desk().clear_index();
  }));
  return index_customers(store);
}

}  // namespace flows
