// Show an account's statement: opening balance, each document, payment and credit with the
// balance after it, closing balance. Reads only.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/result/result.h"
#include "domain/ledger/statement.h"
#include "flows/care/find_account.h"

namespace flows {

struct ShownStatement {
  FoundAccount of;
  domain::Statement statement;
  std::map<std::string, std::string> numbers;  // By source: "doc_..." is "A1000123".
};

// `account` is a customer's number or an account's id; both days count. Errors: those of
// find_account.
[[nodiscard]] base::Result<ShownStatement> show_statement(ports::Store& store,
                                                          const std::string& account,
                                                          std::optional<base::Date> from,
                                                          std::optional<base::Date> to);

}  // namespace flows
