// The steps of showing one bill, for those who read its rows in their own way: a page reads those
// of the bills before together with its own, so that the database is asked few questions.
#pragma once

#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "flows/care/show_bill.h"
#include "ports/billing.h"
#include "ports/store.h"

namespace flows {

// A link that opens now. Errors: link_unknown.
[[nodiscard]] base::Result<ports::Link> open_link(ports::Transaction& transaction,
                                                  const base::Clock& clock, std::string_view token);
// Errors: bill_not_found.
[[nodiscard]] base::Result<domain::Bill> find_bill(ports::Transaction& transaction,
                                                   domain::AccountId account, domain::BillId id);

struct BillParts {
  domain::Bill bill;
  std::vector<ports::StoredDocument> documents;  // Of the bill, as they were issued.
};
// Errors: bill_without_document, and those of a document that cannot be read.
[[nodiscard]] base::Result<ShownBill> put_together(ports::Transaction& transaction,
                                                   const base::Clock& clock, BillParts parts);

}  // namespace flows
