// All that a bank's file says, taken in: its money first, then its words about debits and mandates.
// What the command line, the console and the API call.
#pragma once

#include "flows/collections/take_bank_file.h"
#include "flows/payments/import_bank_file.h"

namespace flows {

struct TakenBankFile {
  BankImportReport money;
  DebitFileReport debits;  // Empty where the file was refused.
};

// Errors: those of import_bank_file and take_debits_of_file.
[[nodiscard]] base::Result<TakenBankFile> take_in_bank_file(
    ports::Store& store, const base::Clock& clock, const domain::RuleBook& rules,
    const Snapshot& source, const BankImportRequest& request,
    const OnBankImportProgress& on_progress = nullptr);

}  // namespace flows
