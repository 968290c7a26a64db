// What a bank's file says of debits and mandates, after its money is in the books: settled,
// refused, given back; made, changed, cancelled.
//
// The file is read once more, a batch of words a transaction. Every word changes what it is about
// only once, so that a file may be taken again after a kill, or told by another file. Problems are
// kept with the file. An operator without agreements about debits has none to take.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/law/rule_book.h"
#include "flows/operations/snapshot.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

inline constexpr std::size_t kDebitWordsPerBatch = 2'000;

struct DebitFileRequest {
  std::string actor = "import";
  std::size_t words_per_batch = kDebitWordsPerBatch;
};

struct DebitFileReport {
  std::map<std::string, std::int64_t> debits;    // New answers: accepted, refused, paid, returned.
  std::map<std::string, std::int64_t> mandates;  // By the state that they came to.
  std::int64_t repeated = 0;
  std::vector<ports::BankFileProblem> problems;
};

// Of a file that import_bank_file has done. Errors: bank_file_not_found, no_debit_agreement,
// several_debit_agreements, those of the snapshot, the rules and the store.
[[nodiscard]] base::Result<DebitFileReport> take_debits_of_file(ports::Store& store,
                                                                const domain::RuleBook& rules,
                                                                const Snapshot& source,
                                                                const DebitFileRequest& request);

}  // namespace flows
