// What stands in Bankgirot's registers against what stands here: mandates, and debits that wait.
//
// An extract changes nothing. What is only there, only here, or otherwise there is named, each with
// a code of docs/reference/errors/collections.md, for a person to mend at the right end.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "domain/bank/bank_file.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

class RegisterComparison {
 public:
  void add(domain::BankMandate mandate);
  void add(const domain::BankEntry& waiting);
  // How many are to be compared with the next batch.
  [[nodiscard]] std::size_t size() const { return mandates_.size() + debits_.size(); }

  // Of the batch: what is only at the bank, or otherwise there. Asks, and keeps nothing.
  [[nodiscard]] base::Result<std::vector<ports::BankFileProblem>> compare(
      ports::Transaction& transaction, const std::string& creditor) const;
  void forget_batch();

  // Of the whole extract: whether there was one, and what is only here.
  [[nodiscard]] bool was_seen() const { return !references_.empty() || !waiting_.empty(); }
  [[nodiscard]] base::Result<std::vector<ports::BankFileProblem>> only_here(
      ports::Transaction& transaction, const std::string& creditor, base::Date extracted) const;

 private:
  struct Debit {
    std::string reference;
    base::Money amount;
    std::int64_t line = 0;
  };
  std::vector<domain::BankMandate> mandates_;
  std::vector<Debit> debits_;
  std::unordered_set<std::string> references_, waiting_;
};

}  // namespace flows
