// What a bank says of debits changes them: paid, refused with its reason, or given back; and what
// follows from that: another try, a mandate that is suspended or cancelled, a bill that is owed
// again.
//
// The same word said twice changes nothing. What no debit of ours fits, and what contradicts what
// was said before, is a problem for a person.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "flows/collections/debit_rows.h"
#include "flows/collections/debit_terms.h"
#include "ports/payments.h"

namespace flows {

struct DebitWord {
  domain::DebitAnswer answer = domain::DebitAnswer::kPending;
  std::string wire;             // Empty: of a whole batch or file.
  std::string other_wire = {};  // A second name that may be it.
  std::string message = {}, batch = {};
  std::optional<base::Money> amount = {};
  base::Date day = {};   // Of the money; of a refusal, for which it was ordered.
  bool says_day = true;  // Else the day on which we heard of it.
  std::string code = {}, text = {};
  domain::PaymentId payment = {};  // The money that came or went; nil: none.
  bool is_surely_ours = true;      // Else it may be a debit that another system made.
  std::int64_t line = 0;
};

struct DebitWordsOutcome {
  std::map<std::string, std::int64_t> answers;  // How many of a kind said something new.
  std::int64_t repeated = 0;
  std::vector<ports::BankFileProblem> problems;
};

// In the caller's transaction.
[[nodiscard]] base::Result<DebitWordsOutcome> apply_debit_words(ports::Transaction& transaction,
                                                                DebitTerms& terms,
                                                                const DebitContext& context,
                                                                std::span<const DebitWord> words);

}  // namespace flows
