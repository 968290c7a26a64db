// One file of debits for a bank: which format a scheme's orders have, and their bytes.
//
// What the format cannot say of a debit is dropped from the file with its reason, and the rest is
// written; the same debits give the same bytes.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "flows/collections/debit_terms.h"
#include "ports/mandates.h"

namespace flows {

struct OrderDebit {
  domain::Collection* collection = nullptr;  // Gets its batch.
  const domain::Mandate* mandate = nullptr;
  std::string_view bill_reference;
};

struct OrderAsk {
  ports::OrderFile& file;  // With id, day, number and group; gets the rest.
  std::span<const OrderDebit> debits;
  std::span<const domain::Mandate> new_mandates;  // That the bank is to hear of (Autogiro).
  std::span<const domain::Mandate> ended;         // That are over (Autogiro).
  std::span<const OrderDebit> withdrawn;          // Debits that are to be forgotten (AvtaleGiro).
  base::Instant created;
};

struct OrderBytes {
  std::string bytes;                                    // Empty where nothing is left to order.
  std::map<domain::CollectionId, std::string> refused;  // With the reason, a code.
  std::map<domain::MandateId, std::string> refused_mandates;
};

// Errors: no_debit_agreement, order_refused (what is wrong with the file as a whole).
[[nodiscard]] base::Result<OrderBytes> write_order_file(const DebitTerms& terms,
                                                        const OrderAsk& ask);

}  // namespace flows
