// Credit notes: what is given back of an issued invoice, as pure arithmetic.
//
// An invoice and its credit notes cancel exactly in net, VAT, rounding and total, however it was
// cut. So each note's VAT is what the invoice's VAT comes to at all that is credited by now, less
// what earlier notes had of it; the last note takes the rounding. Amounts are positive, rates and
// classes are the invoice's. Nothing here knows of bills, payments or numbers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result/result.h"
#include "domain/billing/invoice.h"

namespace domain {

// Everything that is left.
struct CreditWhole {};
// What is left of these lines, counted from 1 as the invoice lists them.
struct CreditLines {
  std::vector<std::int64_t> lines;
};
// So much with VAT, from all that is left in proportion: by rate, then by item, by largest
// remainder. Its lines are one for each item.
struct CreditAmount {
  base::Money amount;
};
// What is left of the lines of one service, by the division's number for it.
struct CreditService {
  std::string service_number;
};
using CreditCut = std::variant<CreditWhole, CreditLines, CreditAmount, CreditService>;

// A credit note to be: everything but its id, number and day.
struct CreditNoteParts {
  std::vector<InvoiceLine> lines;
  InvoiceSums sums;
};

// `earlier` are the credit notes of this invoice, oldest first. Errors: not_an_invoice,
// credit_exceeds_invoice (place: the line or rate), credit_not_positive (the amount or the chosen
// lines come to nothing or less), unknown_line, service_not_on_bill, nothing_to_credit.
[[nodiscard]] base::Result<CreditNoteParts> plan_credit_note(const Invoice& invoice,
                                                             std::span<const Invoice> earlier,
                                                             const CreditCut& cut);

// The lines of a group whose total is below zero, as a credit note that credits no invoice of its
// own: all signs turned.
[[nodiscard]] CreditNoteParts credit_note_of(std::vector<InvoiceLine> lines,
                                             const InvoiceSums& sums);

// What only the issue of a paper gives it.
struct PaperHead {
  DocumentId id;
  std::string series;
  std::int64_t number = 0;
  base::Date issued;
};
// The paper: seller, buyer, period and reference are the invoice's; due on the day it is issued.
[[nodiscard]] Invoice make_credit_note(const Invoice& invoice, CreditNoteParts parts,
                                       PaperHead head);

}  // namespace domain
