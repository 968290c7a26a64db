// Finds an account by what people have in hand: the customer's number, or the account's own id.
#pragma once

#include <string>

#include "base/result/result.h"
#include "domain/party/party.h"
#include "ports/store.h"

namespace flows {

struct FoundAccount {
  domain::Account account;
  domain::Customer customer;
};

// Errors: unknown_account, several_accounts (the text names them), unknown_customer.
[[nodiscard]] base::Result<FoundAccount> find_account(ports::Transaction& transaction,
                                                      const std::string& text);

}  // namespace flows
