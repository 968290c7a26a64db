// The numbers and names by which people and offices find the bill again.
#include "flows/compose/payment_words.h"
#include "web/bill/parts.h"

namespace web::bill {

Value foot_values(const flows::ShownBill& shown, const Words& words) {
  const domain::Invoice& invoice = shown.invoices.front();
  Value facts = Value::list();
  const auto add = [&](std::string_view key, std::string value) {
    if (value.empty()) return;
    facts.push(Value::record().set("label", words.say(key)).set("value", std::move(value)));
  };
  for (const auto& paper : shown.invoices) add("document.number", paper.full_number());
  add("document.issued", words.date(invoice.issued, locale::DateStyle::kLong));
  add("document.customer_number", std::to_string(invoice.buyer.customer_number));
  add("bill.footer.name", invoice.buyer.name);
  Value seller = Value::list();
  const auto add_seller = [&](std::string_view key, const std::string& value) {
    if (value.empty()) return;
    seller.push(Value::record().set("label", words.say(key)).set("value", value));
  };
  add_seller("document.seller", invoice.seller.legal_name);
  add_seller("bill.footer.address", flows::compose::one_line(invoice.seller.address));
  add_seller("document.organisation_number", invoice.seller.organisation_number);
  add_seller("document.vat_number", invoice.seller.vat_number);
  return Value::record().set("facts", std::move(facts)).set("seller", std::move(seller));
}

}  // namespace web::bill
