// A drawer of cash: operator.toml [[drawer]]. Its name is what people call it, and its account in
// the ledger: "cash:kungsgatan-1".
#pragma once

#include <string>

#include "base/money/money.h"

namespace domain {

struct Drawer {
  std::string name;   // Small letters, digits and hyphens.
  std::string place;  // As receipts say it: "Kungsgatan 12, Stockholm".
  base::Currency currency;
  std::string terminal;       // The card terminal beside it; empty: none.
  std::string safe = "main";  // Where its cash comes from and goes to.

  friend bool operator==(const Drawer&, const Drawer&) = default;
};

// Of customers' money in the drawer, and of what is in the safe.
[[nodiscard]] inline std::string drawer_account(const std::string& name) { return "cash:" + name; }
[[nodiscard]] inline std::string safe_account(const std::string& name) { return "safe:" + name; }
// Cash on its way from a safe to the bank.
inline constexpr const char* kDepositProvider = "cash";

}  // namespace domain
