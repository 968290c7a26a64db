// The chart of accounts of the operator in the database, else the shipped one, together with
// which division sells which item.
#pragma once

#include <map>
#include <string>

#include "base/result/result.h"
#include "domain/ledger/chart.h"
#include "ports/store.h"

namespace app {

class ChartOfAccounts {
 public:
  // Errors: those of domain::read_chart and of the store.
  [[nodiscard]] static base::Result<ChartOfAccounts> load(ports::Transaction& transaction);

  // By our own name: "vat:SE:25".
  [[nodiscard]] domain::ChartAccount account_of(const std::string& ledger_account) const;
  // Empty where the catalogue does not know the item.
  [[nodiscard]] std::string division_of(const std::string& item) const;
  // In the operator's language; the code where the catalogue does not know it.
  [[nodiscard]] std::string item_name(const std::string& item) const;

 private:
  struct Item {
    std::string division;
    std::string name;
  };
  domain::Chart chart_;
  std::map<std::string, Item> items_;
};

}  // namespace app
