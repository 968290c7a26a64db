// Everything that the page of a bill shows, from one consistent state: the debt, its papers, the
// money that came, and what was billed before it.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/care/show_bill.h"
#include "ports/store.h"

namespace flows {

struct BillPage {
  ShownBill shown;
  bool is_itemised = false;  // There is a page of every call, message and connection.
};

// Errors: those of show_bill_by_link().
[[nodiscard]] base::Result<BillPage> show_bill_page(ports::Store& store, const base::Clock& clock,
                                                    std::string_view token);
// The same for agents, by ids. Errors: those of show_bill().
[[nodiscard]] base::Result<ShownBill> show_bill_page(ports::Store& store, const base::Clock& clock,
                                                     domain::AccountId account,
                                                     domain::BillId bill);

}  // namespace flows
