#include "flows/care/find_account.h"

#include <charconv>

#include "ports/parties.h"

namespace flows {
namespace {

using base::Result;

Result<domain::Account> by_number(ports::Parties& parties, const std::string& text) {
  std::int64_t number = 0;
  const char* end_of_text = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), end_of_text, number);
  const auto customer = error == std::errc() && end == end_of_text
                            ? TRY(parties.find_customer_number(number))
                            : std::optional<domain::CustomerId>();
  if (!customer) {
    return base::fail("unknown_customer", "there is no customer of that number", text);
  }
  auto accounts = TRY(parties.accounts_of(*customer));
  if (accounts.empty()) {
    return base::fail("unknown_account", "the customer has no account", text);
  }
  if (accounts.size() == 1) return std::move(accounts.front());
  std::string names;
  for (const domain::Account& account : accounts) {
    names += (names.empty() ? "" : ", ") + account.id.to_string();
  }
  return base::fail("several_accounts", "the customer has several accounts, name one: " + names,
                    text);
}

}  // namespace

Result<FoundAccount> find_account(ports::Transaction& transaction, const std::string& text) {
  auto& parties = transaction.parties();
  FoundAccount found;
  if (const auto id = domain::AccountId::parse(text)) {
    auto account = TRY(parties.find_account(*id));
    if (!account) return base::fail("unknown_account", "there is no such account", text);
    found.account = *std::move(account);
  } else {
    found.account = TRY(by_number(parties, text));
  }
  const domain::CustomerId customer[] = {found.account.customer};
  auto customers = TRY(parties.find_customers(customer));
  if (customers.empty()) {
    return base::fail("account_without_customer", "the account's customer is not there", text);
  }
  found.customer = std::move(customers.front());
  return found;
}

}  // namespace flows
