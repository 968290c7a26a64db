// What every page has: language links, brand, style; and whom to call or write to.
#include "web/bill/parts.h"

namespace web::bill {
namespace {

// As a telephone dials it: "08-465 004 20" is 0846500420.
[[nodiscard]] std::string dialled(std::string_view phone) {
  std::string digits;
  for (const char c : phone) {
    if (('0' <= c && c <= '9') || (c == '+' && digits.empty())) digits.push_back(c);
  }
  return digits;
}

[[nodiscard]] Value language_links(locale::Language current) {
  Value links = Value::list();
  for (const auto language : locale::kLanguages) {
    links.push(Value::record()
                   .set("code", Value::borrow(locale::code(language)))
                   .set("name", Value::borrow(locale::native_name(language)))
                   .set("is_current", language == current));
  }
  return links;
}

}  // namespace

void add_frame(Value& page, std::string_view brand, const PageSetting& setting) {
  page.set("language", Value::borrow(locale::code(setting.language)))
      .set("languages", language_links(setting.language))
      .set("css", SafeHtml::trusted(std::string(setting.css)))
      .set("brand", std::string(brand));
}

Value contact_values(std::string_view phone, std::string_view email,
                     std::string_view opening_hours) {
  if (phone.empty() && email.empty()) return {};
  Value contact = Value::record();
  if (!phone.empty()) {
    contact.set("tel", "tel:" + dialled(phone)).set("phone", std::string(phone));
  }
  if (!email.empty()) {
    contact.set("mail", "mailto:" + std::string(email)).set("email", std::string(email));
  }
  if (!opening_hours.empty()) contact.set("hours", std::string(opening_hours));
  return contact;
}

}  // namespace web::bill
