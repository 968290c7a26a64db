// From planned bills to what is stored: bills, documents, references, links, postings, events and
// marks of one batch. Ids are hashes of what they stand for and numbers come from the batch's
// block (D9), so that the rows do not depend on who makes them, when, or how often.
#pragma once

#include <vector>

#include "domain/billing/bill.h"
#include "domain/ledger/posting.h"
#include "flows/billing/plan_batch.h"
#include "ports/billing.h"
#include "ports/credits.h"
#include "ports/events.h"
#include "ports/store.h"

namespace flows {

struct BatchRows {
  std::vector<domain::Bill> bills;
  std::vector<ports::StoredDocument> documents;
  std::vector<ports::Link> links;
  std::vector<domain::Posting> postings;
  std::vector<ports::NewEvent> events;
  std::vector<ports::BillingMark> marks;
  std::vector<ports::AccountCredit> credits;
};

// The first numbers of a batch: of its invoices and of its credit notes.
struct FirstNumbers {
  std::int64_t invoice = 0;
  std::int64_t credit_note = 0;
};

// Errors: those of the reference scheme.
[[nodiscard]] base::Result<BatchRows> make_batch_rows(const ports::BillingRun& run,
                                                      const BillingSetup& setup,
                                                      const BatchPlan& plan, FirstNumbers first,
                                                      const crypto::Key& link_key);

// In the caller's transaction. Errors: those of the store.
[[nodiscard]] base::Result<> keep_batch_rows(ports::Transaction& transaction,
                                             const BatchRows& rows);

}  // namespace flows
