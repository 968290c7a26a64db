// What an issued paper books: its lines by item, its VAT by country and rate, its rounding, and
// the other side with the customer. Amounts of a paper are positive, whichever way they go.
#pragma once

#include <vector>

#include "domain/billing/invoice.h"
#include "domain/ledger/posting.h"

namespace domain {

// Of a credit note: revenue, VAT and rounding are taken back. So much of its total lessens what
// is owed; the rest, where there is one, is the customer's and stands under "prepayment".
[[nodiscard]] std::vector<Entry> credit_note_entries(const Invoice& note,
                                                     base::Money from_receivables);

// Credit of the customer used for what is owed: prepayment against receivables. Nothing: empty.
[[nodiscard]] std::vector<Entry> used_credit_entries(base::Money amount);

}  // namespace domain
