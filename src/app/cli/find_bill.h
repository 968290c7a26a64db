// Finds a bill by what people have in hand: its id, its payment reference, its invoice's number.
#pragma once

#include <string>

#include "base/result/result.h"
#include "ports/billing.h"
#include "ports/store.h"

namespace app::cli {

// Errors: bill_not_found.
[[nodiscard]] base::Result<ports::Billing::BillKey> find_bill(ports::Store& store,
                                                              const std::string& text);

// Errors: document_not_found. By id or number ("A1000001" or "1000001").
[[nodiscard]] base::Result<ports::DocumentHead> find_document(ports::Store& store,
                                                              const std::string& text);

}  // namespace app::cli
