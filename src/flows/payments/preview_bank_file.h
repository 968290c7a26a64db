// What a bank's file holds, before anything of it is booked: its format, accounts, days and sums,
// whether it contradicts itself, and whether it was imported before.
//
// Keeps nothing. A person looks at it and says whether it is imported (import_bank_file).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flows/payments/check_bank_file.h"
#include "ports/store.h"

namespace flows {

// Of one account and currency.
struct BankAccountPreview {
  std::string account;
  bool is_ours = true;
  base::Currency currency;
  std::int64_t entries = 0;
  // Absent: more than can be summed.
  std::optional<base::Money> came, went;
  std::optional<base::Date> from, to;  // Of its entries.
};

struct BankFilePreview {
  domain::BankFileId id;
  std::string name;
  std::int64_t size = 0;
  std::string format, title;  // "camt.053" and what it is.
  BankFileCheck check;
  std::int64_t entries = 0, mandates = 0, statuses = 0;
  std::vector<BankAccountPreview> accounts;  // At most kPreviewAccountsMax.
  std::optional<ports::BankFileRow> known;   // As it was imported before.
};

inline constexpr std::size_t kPreviewAccountsMax = 100;

// Errors: bank_file_empty, bank_file_not_recognised, no_operator, several_operators, those of the
// snapshot and the store.
[[nodiscard]] base::Result<BankFilePreview> preview_bank_file(ports::Store& store,
                                                              const Snapshot& source);

}  // namespace flows
