// The numbers and names by which people and offices find the bill again.
#include "web/bill/parts.h"

namespace web::bill {
namespace {

// "Box 12, 111 11 Stockholm"
[[nodiscard]] std::string one_line(const domain::PostalAddress& address) {
  std::string line;
  const auto add = [&line](std::string_view part, std::string_view separator) {
    if (part.empty()) return;
    if (!line.empty()) line += separator;
    line += part;
  };
  for (const auto& part : address.lines) add(part, ", ");
  add(address.postal_code, ", ");
  add(address.city, address.postal_code.empty() ? ", " : " ");
  return line;
}

}  // namespace

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
  add_seller("bill.footer.address", one_line(invoice.seller.address));
  add_seller("document.organisation_number", invoice.seller.organisation_number);
  add_seller("document.vat_number", invoice.seller.vat_number);
  return Value::record().set("facts", std::move(facts)).set("seller", std::move(seller));
}

}  // namespace web::bill
