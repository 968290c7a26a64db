// Bank files written as a bank would: for the demo, for training and for tests. The same values
// give the same bytes, and our readers read them back.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/bank/bank_file.h"

namespace formats::bank {

struct WrittenStatement {
  domain::BankStatement statement;  // With account, currency, id, and its day in `to`.
  std::vector<domain::BankEntry> entries;
};

struct WrittenFile {
  std::string id;       // As a bank numbers its messages.
  std::string created;  // "2026-11-20T17:30:35"
  std::vector<WrittenStatement> statements;
};

// Record 20 for money that came and 21 for money that went back, 22 and 23 for details.
[[nodiscard]] std::string write_bgmax(const WrittenFile& file);
// Version 001.08.
[[nodiscard]] std::string write_camt053(const WrittenFile& file);
[[nodiscard]] std::string write_camt054(const WrittenFile& file);

struct BankWriter {
  std::string_view format;
  std::string (*write)(const WrittenFile& file);
};
[[nodiscard]] std::span<const BankWriter> bank_writers();
// Errors: unknown_value (it names those that there are).
[[nodiscard]] base::Result<const BankWriter*> find_bank_writer(std::string_view format);

}  // namespace formats::bank
