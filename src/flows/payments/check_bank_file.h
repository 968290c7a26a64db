// Look at a bank's file as a whole before anything of it is booked: whether it contradicts itself,
// and what is wrong with it. Keeps nothing but the problems, and those up to a limit.
#pragma once

#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/operator/operator.h"
#include "domain/payment/money_item.h"
#include "flows/operations/snapshot.h"
#include "formats/bank/bank_format.h"
#include "ports/payments.h"

namespace flows {

// A snapshot's bytes, from the first on.
class SnapshotSource final : public formats::bank::ByteSource {
 public:
  explicit SnapshotSource(const Snapshot& snapshot) : snapshot_(snapshot) {}
  [[nodiscard]] base::Result<std::string_view> next() override;

 private:
  const Snapshot& snapshot_;
  std::int64_t offset_ = 0;
  std::string buffer_;
};

// The accounts that operator.toml names.
[[nodiscard]] domain::OwnAccounts own_accounts_of(const domain::Operator& seller);

// Errors: bank_file_empty, bank_file_not_recognised, spool_not_readable.
[[nodiscard]] base::Result<const formats::bank::BankFormat*> recognise_file(const Snapshot& source);

inline constexpr std::size_t kBankProblemsKeptMax = 1'000;

// Whether a file with such a problem is not read, whoever asks: entities and declarations of types.
[[nodiscard]] bool forbids_reading(std::string_view problem_code);

struct BankFileCheck {
  bool agrees = true;
  bool readable = true;  // No problem forbids it.
  std::int64_t problem_count = 0;
  // Of the format, and of ours: bank_account_foreign, bank_account_not_configured, entry_no_date.
  std::vector<ports::BankFileProblem> problems;
};
[[nodiscard]] base::Result<BankFileCheck> check_bank_file(const Snapshot& source,
                                                          const formats::bank::BankFormat& format,
                                                          const domain::OwnAccounts& own);

}  // namespace flows
