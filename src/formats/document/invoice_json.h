// The canonical bytes of an invoice: one-line JSON with members in a fixed order.
//
// These bytes are what is sealed, hashed and kept; every page, PDF and e-invoice is made from
// them (docs/adr/0006-documents.md). A version stands first; readers accept every version.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "domain/billing/invoice.h"

namespace formats::document {

[[nodiscard]] std::string write_invoice_json(const domain::Invoice& invoice);
// Errors: bad_document (place: the member), invoice_does_not_add_up.
[[nodiscard]] base::Result<domain::Invoice> read_invoice_json(std::string_view bytes);

}  // namespace formats::document
