// Import a bank's file: money that came is kept once, assigned by exact reference, and booked;
// what cannot be assigned waits in suspense.
//
// The file is read twice. First it is looked at as a whole: a file that contradicts itself (cut,
// a control that does not agree) is refused before anything is booked, unless somebody has looked
// and says take_anyway. Then a batch of entries a transaction. It can be killed anywhere and
// called again with the same bytes; the same payment told by another file, or by the same one
// under another name, or taken at the same time by another process, changes nothing twice.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/operations/snapshot.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

inline constexpr std::size_t kBankBatchEntriesMax = 20'000;

struct BankImportRequest {
  std::string actor = "import";
  // Though it contradicts itself, or was imported before; not where it may not be read.
  bool take_anyway = false;
  std::size_t batch_entries_max = kBankBatchEntriesMax;
};

struct BankImportProgress {
  std::string_view file_name;
  std::int64_t entries_done = 0;
  std::int64_t payments = 0;
};
using OnBankImportProgress = std::function<void(const BankImportProgress&)>;

// What this call booked, by currency.
struct BankImportSums {
  base::Money came;  // Less what went back.
  base::Money to_bills;
  base::Money to_credit;
  base::Money suspense;
};

struct BankImportReport {
  ports::BankFileRow file;  // With the counts of the whole file.
  std::map<base::Currency, BankImportSums> sums;
  std::map<std::string, std::int64_t> suspense;  // Payments of this call by reason.
  std::map<std::string, std::int64_t> left_out;  // Entries of this call by reason.
  // The code of the problem by which a refused file may not be read; take_anyway changes nothing.
  std::string unreadable;
  std::int64_t matched = 0;   // Of these, without an exact reference; in sums, not in suspense.
  bool is_whole = true;       // Else it contradicts itself, and was taken all the same or refused.
  bool was_imported = false;  // Before: nothing was done now but to match what still waits.
};

// A refused file is a report whose file's state says so. Errors: bank_file_empty,
// bank_file_not_recognised, no_operator, several_operators, those of the snapshot and the store.
[[nodiscard]] base::Result<BankImportReport> import_bank_file(
    ports::Store& store, const base::Clock& clock, const Snapshot& source,
    const BankImportRequest& request, const OnBankImportProgress& on_progress = nullptr);

// The file's id: of its bytes alone.
[[nodiscard]] domain::BankFileId bank_file_id(const Snapshot& source);

}  // namespace flows
