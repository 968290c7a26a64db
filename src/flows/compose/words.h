// Words: the catalogue in the language of one page or paper.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "support/locale/catalogue.h"

namespace flows::compose {

class Words {
 public:
  Words(const locale::Catalogue& catalogue, locale::Language language)
      : catalogue_(catalogue), language_(language) {}

  [[nodiscard]] locale::Language language() const { return language_; }
  [[nodiscard]] std::string say(std::string_view key,
                                std::initializer_list<locale::Arg> args = {}) const {
    return catalogue_.render(language_, key, args);
  }
  // With <b> where the message has it; values are escaped.
  [[nodiscard]] std::string html(std::string_view key,
                                 std::initializer_list<locale::Arg> args = {}) const {
    return catalogue_.html(language_, key, args);
  }
  [[nodiscard]] std::string money(base::Money amount) const {
    return catalogue_.formatter(language_).money(amount);
  }
  [[nodiscard]] std::string signed_money(base::Money amount) const {
    return catalogue_.formatter(language_).money(amount, locale::MoneyStyle::kSigned);
  }
  // Where a heading names the currency, or the sum below does.
  [[nodiscard]] std::string bare_money(base::Money amount) const {
    return catalogue_.formatter(language_).money(amount, locale::MoneyStyle::kBare);
  }
  [[nodiscard]] std::string percent(base::Percent rate) const {
    return catalogue_.formatter(language_).percent(rate);
  }
  [[nodiscard]] std::string decimal(base::Decimal value) const {
    return catalogue_.formatter(language_).decimal(value);
  }
  [[nodiscard]] std::string date(base::Date date, locale::DateStyle style) const {
    return catalogue_.formatter(language_).date(date, style);
  }
  [[nodiscard]] std::string month(base::Month month) const {
    return catalogue_.formatter(language_).month(month);
  }
  [[nodiscard]] std::string short_month(base::Month month) const {
    return catalogue_.formatter(language_).month(month, locale::MonthStyle::kShort);
  }
  // Above a column, where there is no room for more: whole units, no currency.
  [[nodiscard]] std::string whole_units(base::Money amount) const {
    const std::int64_t unit = amount.currency().minor_per_unit();
    const base::Money whole = amount + base::rounding_to_step(amount, unit);
    return catalogue_.formatter(language_).integer(whole.minor() / unit);
  }
  [[nodiscard]] std::string list(std::span<const std::string> parts) const {
    return catalogue_.formatter(language_).list(parts);
  }
  [[nodiscard]] std::string time(base::Instant at, const base::TimeZone& zone) const {
    return catalogue_.formatter(language_).time(at, zone);
  }

 private:
  const locale::Catalogue& catalogue_;
  locale::Language language_;
};

}  // namespace flows::compose
