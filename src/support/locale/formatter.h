// Formatter: money, dates and numbers as one language writes them, by ICU's data.
//
// Breaks are kept out: between figures and their unit, and between day and month, stands a
// no-break space. A minus is U+2212 with nothing after it, so that screen readers say it.
// Everything is prepared once; a Formatter may be used from any thread at the same time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/money/money.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "support/locale/language.h"

namespace locale {

enum class MoneyStyle {
  kFull,    // 1 420,00 kr
  kShort,   // 416 kr: without decimals where they are zero.
  kSigned,  // +249,50 kr, as rows of a change show it; zero has no sign.
  kBare,    // 1 420,00, for columns whose heading names the currency.
};

enum class DateStyle {
  kLong,     // 1 december 2026
  kDay,      // 1 december
  kWeekday,  // tisdag 1 december; in Finnish "on Tuesday", as it stands in a sentence.
  kShort,    // 1 dec. 2026
  kNumeric,  // 2026-12-01, as tables show it.
};

enum class MonthStyle {
  kName,   // december
  kYear,   // december 2026
  kShort,  // dec
};

class Formatter {
 public:
  explicit Formatter(Language language);
  ~Formatter();
  Formatter(Formatter&&) noexcept;
  Formatter& operator=(Formatter&&) noexcept;

  [[nodiscard]] Language language() const { return language_; }

  [[nodiscard]] std::string money(base::Money amount, MoneyStyle style = MoneyStyle::kFull) const;
  [[nodiscard]] std::string percent(base::Percent rate) const;
  [[nodiscard]] std::string integer(std::int64_t value) const;
  // All its decimals, at most ten: 12,4.
  [[nodiscard]] std::string decimal(base::Decimal value) const;

  [[nodiscard]] std::string date(base::Date date, DateStyle style = DateStyle::kLong) const;
  [[nodiscard]] std::string month(base::Month month, MonthStyle style = MonthStyle::kName) const;
  // The time on the clocks of a zone: 14:05.
  [[nodiscard]] std::string time(base::Instant at, const base::TimeZone& zone) const;

  // The plural form of a number that ICU's messages ask for: one, few, many, other ...
  [[nodiscard]] std::string plural_form(std::int64_t value) const;

  // "a, b och c"
  [[nodiscard]] std::string list(std::span<const std::string> parts) const;

 private:
  struct Parts;
  Language language_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace locale
