// A till's receipt: what was taken, undone or paid out, for whom and by whom, with the words that
// stand on it in one language; made for a page, for paper and for the command line alike.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time/instant.h"
#include "domain/operator/operator.h"
#include "domain/till/till.h"
#include "formats/document/pdf/receipt_texts.h"
#include "ports/store.h"
#include "support/locale/catalogue.h"

namespace flows {

struct Receipt {
  domain::TillSession session;
  domain::TillEntry entry;
  domain::Operator seller;
  domain::Drawer drawer;
  std::string cashier;  // By name.
  base::TimeZone zone;  // The operator's.
  // Of each part, the VAT of a bill that it pays as a whole; a part of a bill has its VAT on the
  // invoice.
  std::vector<std::optional<base::Money>> vats;
  std::optional<locale::Language> language;  // The customer's.
  // Of a payment by card: the terminal that took it, and the card as its provider names it, where
  // that is known ("•••• 1142").
  std::string terminal, card;
};
// Errors: till_entry_not_found, drawer_not_found.
[[nodiscard]] base::Result<Receipt> show_receipt(ports::Transaction& transaction,
                                                 const std::string& drawer, std::int64_t number);

// The texts of a roll that is 80 mm wide.
[[nodiscard]] formats::document::pdf::ReceiptTexts receipt_texts(const Receipt& receipt,
                                                                 const locale::Catalogue& catalogue,
                                                                 locale::Language language);

}  // namespace flows
