// A believable day at the bank for the bills that are open: most are paid as they should be, some
// are left, and some are paid oddly. Which ones follows from the bills' order and the seed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/bank/bank_file.h"
#include "domain/billing/bill.h"

namespace domain {

struct SimulatedPayer {
  Bill bill;
  std::string name;
};

enum class SimulatedKind {
  kRight,
  kUnpaid,
  kNoReference,
  kWrongDigit,
  kOverpaid,
  kUnderpaid,
  kTwice,
  kForeign,   // A reference that is not one of ours.
  kSeveral,   // This bill and the next in one.
  kNegative,  // With a part that is taken off.
};
[[nodiscard]] std::string_view to_text(SimulatedKind kind);

struct SimulatedEntry {
  SimulatedKind kind = SimulatedKind::kRight;
  BankEntry entry;  // Without statement, account and ordinal.
};

struct SimulatedDays {
  std::optional<base::Date> all;              // Absent: some days before each bill is due,
  base::Date today;                           // but not later than this.
  std::optional<base::Date> not_before = {};  // The bank has told of all days before it.
  std::uint64_t told = 0;  // How many payments it has told of: a new one has a new reference.
};
// `payers` in the order of their references.
[[nodiscard]] std::vector<SimulatedEntry> simulate_payments(std::span<const SimulatedPayer> payers,
                                                            std::int64_t seed,
                                                            const SimulatedDays& days);

}  // namespace domain
