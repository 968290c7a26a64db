#include "support/locale/formatter.h"

#include <unicode/dcfmtsym.h>
#include <unicode/dtfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/listformatter.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result/check.h"
#include "support/locale/date_pattern.h"
#include "support/locale/icu_text.h"

namespace locale {
namespace {

using icu::number::LocalizedNumberFormatter;
using icu::number::NumberFormatter;
using icu::number::Precision;

constexpr char16_t kMinus = 0x2212;

// The locale whose customs a language's readers know.
constexpr std::array<const char*, kLanguages.size()> kLocales = {
    "sv_SE", "fi_FI", "nb_NO", "da_DK", "en_GB", "it_IT", "es_ES", "de_DE"};

// ICU's own pattern for EEEEMMMMd, but for two languages: Finnish dates stand within sentences
// here (tiistaina), and English ones without the comma (Tuesday 1 December).
constexpr const char* kWeekdayAsIcuHasIt = nullptr;
constexpr std::array<const char*, kLanguages.size()> kWeekdayPatterns = {
    kWeekdayAsIcuHasIt, "EEEE d. MMMM",     kWeekdayAsIcuHasIt, kWeekdayAsIcuHasIt,
    "EEEE d MMMM",      kWeekdayAsIcuHasIt, kWeekdayAsIcuHasIt, kWeekdayAsIcuHasIt};

icu::StringPiece piece(const std::string& text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

std::string written(const LocalizedNumberFormatter& format, const std::string& decimal) {
  UErrorCode status = U_ZERO_ERROR;
  const auto number = format.formatDecimal(piece(decimal), status);
  std::string out = utf8(number.toString(status));
  CHECK(U_SUCCESS(status));
  return out;
}

DateNames date_names(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(locale, status);
  CHECK(U_SUCCESS(status));
  DateNames names;
  int count = 0;
  using Symbols = icu::DateFormatSymbols;
  const auto months = [&](Symbols::DtContextType context, Symbols::DtWidthType width,
                          std::array<std::string, 12>& into) {
    const icu::UnicodeString* all = symbols.getMonths(count, context, width);
    CHECK(count == 12);
    std::ranges::transform(all, all + count, into.begin(), utf8);
  };
  months(Symbols::FORMAT, Symbols::WIDE, names.months);
  months(Symbols::STANDALONE, Symbols::WIDE, names.months_standing);
  months(Symbols::FORMAT, Symbols::ABBREVIATED, names.months_short);
  months(Symbols::STANDALONE, Symbols::ABBREVIATED, names.months_short_standing);
  // ICU's weeks start on Sunday at index 1; ours on Monday.
  const auto weekdays = [&](Symbols::DtContextType context, std::array<std::string, 7>& into) {
    const icu::UnicodeString* all = symbols.getWeekdays(count, context, Symbols::WIDE);
    CHECK(count == 8);
    for (std::size_t at = 0; at < 7; ++at) into[at] = utf8(all[at == 6 ? 1 : at + 2]);
  };
  weekdays(Symbols::FORMAT, names.weekdays);
  weekdays(Symbols::STANDALONE, names.weekdays_standing);
  return names;
}

}  // namespace

struct Formatter::Parts {
  explicit Parts(Language language);

  [[nodiscard]] DatePattern pattern(icu::DateTimePatternGenerator& generator,
                                    const char16_t* skeleton) const;
  [[nodiscard]] const LocalizedNumberFormatter& money(base::Currency currency, MoneyStyle style);

  icu::Locale locale;
  icu::DecimalFormatSymbols symbols;
  DateNames names;
  LocalizedNumberFormatter plain, decimal, percent;
  std::vector<DatePattern> dates, months;  // In the order of their styles.
  std::vector<DatePattern> time;           // One; a vector for want of a default.
  std::unique_ptr<icu::ListFormatter> list;
  std::unique_ptr<icu::PluralRules> plurals;

  std::shared_mutex mutex;  // Guards `monies`, whose elements stay where they are.
  std::map<std::pair<base::Currency, MoneyStyle>, LocalizedNumberFormatter> monies;
};

Formatter::Parts::Parts(Language language)
    : locale(kLocales[index_of(language)]),
      symbols([&] {
        UErrorCode status = U_ZERO_ERROR;
        icu::DecimalFormatSymbols made(locale, status);
        CHECK(U_SUCCESS(status));
        made.setSymbol(icu::DecimalFormatSymbols::kMinusSignSymbol, icu::UnicodeString(kMinus));
        return made;
      }()),
      names(date_names(locale)) {
  UErrorCode status = U_ZERO_ERROR;
  plain = NumberFormatter::withLocale(locale).symbols(symbols);
  decimal = plain.precision(Precision::maxFraction(base::Decimal::kPlaces));
  percent = decimal.unit(icu::MeasureUnit::getPercent());
  const std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  CHECK(U_SUCCESS(status));
  dates.push_back(pattern(*generator, u"MMMMdy"));
  dates.push_back(pattern(*generator, u"MMMMd"));
  const char* weekday = kWeekdayPatterns[index_of(language)];
  dates.push_back(weekday == kWeekdayAsIcuHasIt ? pattern(*generator, u"EEEEMMMMd")
                                                : DatePattern(weekday, names));
  dates.push_back(pattern(*generator, u"MMMdy"));
  dates.push_back(pattern(*generator, u"yMd"));
  months.push_back(DatePattern("LLLL", names));
  months.push_back(pattern(*generator, u"MMMMy"));
  months.push_back(DatePattern("LLL", names));
  time.push_back(pattern(*generator, u"Hm"));
  list.reset(icu::ListFormatter::createInstance(locale, status));
  plurals.reset(icu::PluralRules::forLocale(locale, status));
  CHECK(U_SUCCESS(status));
}

DatePattern Formatter::Parts::pattern(icu::DateTimePatternGenerator& generator,
                                      const char16_t* skeleton) const {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString found = generator.getBestPattern(skeleton, status);
  CHECK(U_SUCCESS(status));
  return DatePattern(utf8(found), names);
}

const LocalizedNumberFormatter& Formatter::Parts::money(base::Currency currency, MoneyStyle style) {
  const std::pair key(currency, style);
  {
    const std::shared_lock lock(mutex);
    if (const auto found = monies.find(key); found != monies.end()) return found->second;
  }
  UErrorCode status = U_ZERO_ERROR;
  const std::string code(currency.code());
  auto format = plain.precision(Precision::fixedFraction(currency.minor_digits()));
  if (style != MoneyStyle::kBare) format = format.unit(icu::CurrencyUnit(code.c_str(), status));
  CHECK(U_SUCCESS(status));
  if (style == MoneyStyle::kSigned) format = format.sign(UNUM_SIGN_EXCEPT_ZERO);
  if (style == MoneyStyle::kShort) {
    format = format.precision(Precision::fixedFraction(currency.minor_digits())
                                  .trailingZeroDisplay(UNUM_TRAILING_ZERO_HIDE_IF_WHOLE));
  }
  const std::unique_lock lock(mutex);
  return monies.try_emplace(key, std::move(format)).first->second;
}

Formatter::Formatter(Language language)
    : language_(language), parts_(std::make_unique<Parts>(language)) {}
Formatter::~Formatter() = default;
Formatter::Formatter(Formatter&&) noexcept = default;
Formatter& Formatter::operator=(Formatter&&) noexcept = default;

std::string Formatter::money(base::Money amount, MoneyStyle style) const {
  return written(parts_->money(amount.currency(), style), amount.to_decimal_string());
}

std::string Formatter::percent(base::Percent rate) const {
  return written(parts_->percent, rate.value.to_string());
}

std::string Formatter::integer(std::int64_t value) const {
  return written(parts_->plain, std::to_string(value));
}

std::string Formatter::decimal(base::Decimal value) const {
  return written(parts_->decimal, value.to_string());
}

std::string Formatter::date(base::Date date, DateStyle style) const {
  return parts_->dates[static_cast<std::size_t>(style)].write({.date = date});
}

std::string Formatter::month(base::Month month, MonthStyle style) const {
  return parts_->months[static_cast<std::size_t>(style)].write({.date = month.period().from()});
}

std::string Formatter::time(base::Instant at, const base::TimeZone& zone) const {
  const base::Date date = zone.local_date(at);
  const std::int64_t local = at.micros + zone.offset_seconds(at) * base::kMicrosPerSecond;
  const std::int64_t minutes =
      (local - base::Instant::at_start_of(date).micros) / base::kMicrosPerSecond / 60;
  return parts_->time.front().write({.date = date,
                                     .hour = static_cast<int>(minutes / 60),
                                     .minute = static_cast<int>(minutes % 60)});
}

std::string Formatter::plural_form(std::int64_t value) const {
  // Only the last digits and whether the number is small decide; ICU takes 32 bits.
  constexpr std::int64_t kMillion = 1'000'000;
  const std::uint64_t size =
      value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
  const auto small = static_cast<std::int32_t>(size < kMillion ? size : kMillion + size % kMillion);
  return utf8(parts_->plurals->select(small));
}

std::string Formatter::list(std::span<const std::string> parts) const {
  std::vector<icu::UnicodeString> items;
  for (const std::string& part : parts) items.push_back(utf16(part));
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString joined;
  parts_->list->format(items.data(), static_cast<std::int32_t>(items.size()), joined, status);
  CHECK(U_SUCCESS(status));
  return utf8(joined);
}

}  // namespace locale
