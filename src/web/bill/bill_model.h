// The page of a bill as values for its templates. Pure: the same bill, language, day and address
// give the same values.
//
// What is said follows the bill's face for the day (domain::BillView) and only what is known: no
// promise of a fee, a reminder or a date that nothing in the product stands behind.
#pragma once

#include <string>
#include <string_view>

#include "domain/operator/operator.h"
#include "flows/care/show_bill.h"
#include "support/locale/catalogue.h"
#include "web/template/value.h"

namespace web::bill {

struct PageSetting {
  const locale::Catalogue& catalogue;
  locale::Language language;
  std::string_view css;         // Written into <style> as it is.
  std::string_view page_url;    // Whole, for the QR code; empty where no public address is set.
  std::string_view token = {};  // Of the link; without it no paper is linked to.
  // What keeps the page up to date, and where it asks; without it the page is reloaded by hand.
  std::string_view script = {};
  std::string_view live_path = {};
  // Where it can be paid at once; empty where no method is offered.
  std::string_view pay_path = {};
  std::string_view pay_methods = {};  // "Swish · card"
};

// For "bill/page". What it returns borrows texts of `shown`.
[[nodiscard]] Value bill_values(const flows::ShownBill& shown, const PageSetting& setting);

// For "bill/paper": the first of `alone.invoices`, an invoice or credit note, by itself. What it
// returns borrows its texts.
[[nodiscard]] Value paper_values(const flows::ShownBill& alone, const PageSetting& setting);

// For "bill/unknown": the same for every token that opens nothing. `seller` is whom to ask; null
// where no operator is loaded yet.
[[nodiscard]] Value unknown_values(const domain::Operator* seller, const PageSetting& setting);
// For "bill/away": the bill cannot be read now; `path` is where to try again.
[[nodiscard]] Value away_values(const domain::Operator* seller, std::string_view path,
                                const PageSetting& setting);

}  // namespace web::bill
