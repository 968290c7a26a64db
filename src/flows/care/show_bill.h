// Show one bill by its link (R40, D6): the live debt and the papers in it. Reading has no effect.
#pragma once

#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/billing/invoice.h"
#include "ports/store.h"

namespace flows {

struct ShownBill {
  domain::Bill bill;
  domain::BillView view;
  // The first is the bill's own; a credit note only where a run gave back more than it billed.
  std::vector<domain::Invoice> invoices;
  std::vector<domain::Invoice> credit_notes;  // Of those invoices, oldest first.
  base::Money to_account;  // What of the payments went from here to the account's credit.
};

// Errors: link_unknown (also for expired and revoked ones: the answer is the same for every
// token), cannot_unseal, erased, and those of the store.
[[nodiscard]] base::Result<ShownBill> show_bill_by_link(ports::Store& store,
                                                        const base::Clock& clock,
                                                        std::string_view token);
// The version only, for a page that may be unchanged since it was last sent.
struct BillVersion {
  domain::AccountId account;
  domain::BillId bill;
  std::int64_t version = 0;
};
[[nodiscard]] base::Result<BillVersion> bill_version_by_link(ports::Store& store,
                                                             const base::Clock& clock,
                                                             std::string_view token);
// For agents, by ids. Errors: bill_not_found, and those above.
[[nodiscard]] base::Result<ShownBill> show_bill(ports::Store& store, const base::Clock& clock,
                                                domain::AccountId account, domain::BillId bill);

}  // namespace flows
