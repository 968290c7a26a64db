// Words: the catalogue in the language of one page or paper.
#pragma once

#include <initializer_list>
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
  [[nodiscard]] std::string money(base::Money amount) const {
    return catalogue_.formatter(language_).money(amount);
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
  [[nodiscard]] std::string time(base::Instant at, const base::TimeZone& zone) const {
    return catalogue_.formatter(language_).time(at, zone);
  }

 private:
  const locale::Catalogue& catalogue_;
  locale::Language language_;
};

}  // namespace flows::compose
