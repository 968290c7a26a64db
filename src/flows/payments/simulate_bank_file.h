// Write a bank file for the bills that are open, as a bank would send it after some days. Nothing
// is kept: the file is for the demo and for training, and is imported like any other.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "ports/store.h"

namespace flows {

inline constexpr std::size_t kSimulatedBillsMax = 1'000'000;

struct SimulateRequest {
  std::string format = "bgmax";  // camt.053, camt.054
  std::int64_t seed = 1;
  std::optional<base::Date> day = {};  // All on this day.
  std::size_t bills_max = kSimulatedBillsMax;
};

struct SimulatedFile {
  std::string bytes;
  std::int64_t entries = 0;
  std::map<std::string, std::int64_t> kinds;  // right, overpaid ...
  base::Money sum;                            // In the operator's currency.
};

// Errors: unknown_value (the format), nothing_to_simulate (no open bill), no_operator,
// several_operators and those of the store.
[[nodiscard]] base::Result<SimulatedFile> simulate_bank_file(ports::Store& store,
                                                             const SimulateRequest& request);

}  // namespace flows
