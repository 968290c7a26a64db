// Itemised usage (R07): every record behind a bill's lines of usage, for accounts with full detail.
//
// What counts is the profile that held on the day the bill was issued, and the records known to
// the run that made it: the page of a bill stays as it was. Records that were taken back are left
// out with what took them back. Only services and months of the bill's own lines are read, and
// numbers leave here with their last three digits hidden. Of a month that an earlier bill had
// charged for, only what its lines correct is shown: what came in since, and what was taken back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/money/decimal.h"
#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/catalogue/catalogue.h"
#include "flows/care/show_bill.h"
#include "ports/store.h"

namespace flows {

struct UsedOnce {
  base::Instant at;
  std::string item;    // Catalogue code of the usage item.
  std::string number;  // "+46 70 174 0•••"; empty where there is none, as for data.
  std::string title;   // "Derbyt"; mostly empty.
  base::Decimal quantity;
  base::Decimal amount;  // Without any allowance.
  bool includes_vat = false;
  bool taken_back = false;  // Its quantity and amount are below zero.
};

struct UsedInMonth {
  domain::ServiceId service;
  base::Month month;
  bool corrects = false;       // An earlier bill; the rows are what changed since.
  std::vector<UsedOnce> rows;  // In order of time.
};

struct ItemisedUsage {
  std::vector<UsedInMonth> tables;  // In the order of the bill's lines.
  domain::Catalogue catalogue;      // For names and units.
};

// Whether there is such a page: full detail held when the bill was issued, and it has usage.
[[nodiscard]] base::Result<bool> is_itemised(ports::Transaction& transaction,
                                             const ShownBill& shown);
// Errors: link_unknown where there is none, cannot_unseal, and those of the store.
[[nodiscard]] base::Result<ItemisedUsage> show_usage(ports::Store& store, const ShownBill& shown);

// "+46701740605" as "+46 70 174 0•••". What is no telephone number is answered empty.
[[nodiscard]] std::string hide_last_digits(std::string_view number);

}  // namespace flows
