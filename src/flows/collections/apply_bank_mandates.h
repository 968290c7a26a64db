// Mandates that banks tell of: made at the bank, confirmed, changed, cancelled or refused there.
//
// A mandate that nobody here wrote down finds its account by the customer's number, which is what
// payer numbers and the fixed part of KIDs are made of. Told again it changes nothing.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "domain/bank/bank_file.h"
#include "flows/collections/debit_rows.h"
#include "flows/collections/debit_terms.h"
#include "ports/payments.h"

namespace flows {

struct BankMandatesOutcome {
  std::map<std::string, std::int64_t> states;  // How many came to be so.
  std::int64_t repeated = 0;
  std::vector<ports::BankFileProblem> problems;
};

// In the caller's transaction, which holds kMandateLock.
[[nodiscard]] base::Result<BankMandatesOutcome> apply_bank_mandates(
    ports::Transaction& transaction, DebitTerms& terms, const DebitContext& context,
    domain::MandateScheme scheme, std::span<const domain::BankMandate> mandates);

}  // namespace flows
