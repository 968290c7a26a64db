// What several pages show of bank files: the sums of our accounts, and lists of problems that are
// searched, paged and saved.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "ports/payments.h"
#include "ports/store.h"
#include "web/call.h"
#include "web/template/value.h"

namespace web::console {

// An account that holds money, by its name in the ledger: a drawer, a safe, what a provider owes
// us; a bank account is called by its number.
[[nodiscard]] std::string place_name(const Call& call, const std::string& name);

// What came on each account, what of it is assigned and what waits.
[[nodiscard]] base::Result<Value> bank_totals(const Call& call, ports::Transaction& transaction);

// Values for the template console/bank-problems, filtered by ?text= and ?code=; `path` is the
// page's own, its file is behind it: path + "/problems.csv".
void add_bank_problems(const Call& call, const std::string& path,
                       const std::vector<ports::BankFileProblem>& problems, Value& values);
// The same that is filtered, as a file.
[[nodiscard]] Response bank_problems_csv(const Call& call,
                                         const std::vector<ports::BankFileProblem>& problems);

}  // namespace web::console
