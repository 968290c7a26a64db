#include "flows/collections/take_in_bank_file.h"

namespace flows {

base::Result<TakenBankFile> take_in_bank_file(ports::Store& store, const base::Clock& clock,
                                              const domain::RuleBook& rules, const Snapshot& source,
                                              const BankImportRequest& request,
                                              const OnBankImportProgress& on_progress) {
  TakenBankFile taken;
  taken.money = TRY(import_bank_file(store, clock, source, request, on_progress));
  if (taken.money.file.state != "done") return taken;
  taken.debits = TRY(take_debits_of_file(store, rules, source, {.actor = request.actor}));
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const auto file = TRY(transaction->payments().find_file(taken.money.file.id));
  if (file) taken.money.file.problems = file->problems;
  return taken;
}

}  // namespace flows
