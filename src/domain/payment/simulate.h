// A believable day at the bank for the bills that are open: most are paid as they should be, some
// are left, and some are paid oddly. Which ones follows from the bills' order and the seed.
#pragma once

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

// `payers` in the order of their references. `day`: absent, some days before each bill is due.
[[nodiscard]] std::vector<SimulatedEntry> simulate_payments(std::span<const SimulatedPayer> payers,
                                                            std::int64_t seed,
                                                            std::optional<base::Date> day);

}  // namespace domain
