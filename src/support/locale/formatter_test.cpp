// Money, dates and numbers as each language writes them. "~" stands for a no-break space, so
// that the tables show where a line may not break.
#include "support/locale/formatter.h"

#include <gtest/gtest.h>

#include <thread>

namespace locale {
namespace {

using enum Language;

std::string visible(std::string text) {
  for (const std::string_view space : {"\u00A0", "\u202F"}) {
    for (std::size_t at; (at = text.find(space)) != std::string::npos;) {
      text.replace(at, space.size(), space == "\u00A0" ? "~" : "_");
    }
  }
  return text;
}

base::Money money(std::string_view amount, std::string_view currency) {
  return *base::Money::parse(amount, *base::Currency::parse(currency));
}

const Formatter& formatter(Language language) {
  static const std::vector<Formatter> kFormatters = [] {
    std::vector<Formatter> made;
    for (const Language each : kLanguages) made.emplace_back(each);
    return made;
  }();
  return kFormatters[index_of(language)];
}

struct MoneyRow {
  Language language;
  std::string_view amount, currency;
  MoneyStyle style;
  std::string_view expected;
};

TEST(Formatter, Money) {
  using enum MoneyStyle;
  const MoneyRow rows[] = {
      {kSwedish, "1420.00", "SEK", kFull, "1~420,00~kr"},
      {kSwedish, "-49.00", "SEK", kFull, "−49,00~kr"},
      {kSwedish, "249.50", "SEK", kSigned, "+249,50~kr"},
      {kSwedish, "-0.44", "SEK", kSigned, "−0,44~kr"},
      {kSwedish, "0.00", "SEK", kSigned, "0,00~kr"},
      {kSwedish, "416.00", "SEK", kShort, "416~kr"},
      {kSwedish, "416.50", "SEK", kShort, "416,50~kr"},
      {kSwedish, "1420.00", "SEK", kBare, "1~420,00"},
      {kSwedish, "-1420.00", "SEK", kBare, "−1~420,00"},
      {kSwedish, "12.00", "EUR", kFull, "12,00~€"},
      {kSwedish, "1420", "ISK", kFull, "1~420~Ikr"},
      {kFinnish, "1420.00", "EUR", kFull, "1~420,00~€"},
      {kFinnish, "-1420.00", "EUR", kFull, "−1~420,00~€"},
      {kFinnish, "1420.00", "SEK", kFull, "1~420,00~SEK"},
      {kNorwegian, "1420.00", "NOK", kFull, "kr~1~420,00"},
      {kNorwegian, "-49.00", "NOK", kFull, "kr~−49,00"},
      {kDanish, "1420.00", "DKK", kFull, "1.420,00~kr."},
      {kDanish, "-49.00", "DKK", kFull, "−49,00~kr."},
      {kEnglish, "1420.00", "EUR", kFull, "€1,420.00"},
      {kEnglish, "-49.00", "EUR", kFull, "−€49.00"},
      {kEnglish, "1420.00", "SEK", kFull, "SEK~1,420.00"},
      {kEnglish, "249.50", "SEK", kSigned, "+SEK~249.50"},
      {kItalian, "1420.00", "EUR", kFull, "1.420,00~€"},
      {kItalian, "-49.00", "EUR", kFull, "−49,00~€"},
      {kSpanish, "1420.00", "EUR", kFull, "1420,00~€"},  // Four digits are not grouped.
      {kSpanish, "14200.00", "EUR", kFull, "14.200,00~€"},
      {kGerman, "1420.00", "EUR", kFull, "1.420,00~€"},
      {kGerman, "-49.00", "EUR", kFull, "−49,00~€"},
      {kSwedish, "10000000000.00", "SEK", kFull, "10~000~000~000,00~kr"},  // The largest.
  };
  for (const MoneyRow& row : rows) {
    EXPECT_EQ(visible(formatter(row.language).money(money(row.amount, row.currency), row.style)),
              row.expected)
        << code(row.language) << " " << row.amount << " " << row.currency;
  }
}

// A screen reader skips a hyphen and a minus that stands apart: U+2212, at once before a digit
// or before the currency, in every language and currency.
TEST(Formatter, MinusIsSaid) {
  for (const Language language : kLanguages) {
    for (const std::string_view currency : {"SEK", "EUR", "NOK", "DKK", "GBP"}) {
      const std::string text = formatter(language).money(money("-1.50", currency));
      SCOPED_TRACE(std::string(code(language)) + " " + text);
      EXPECT_EQ(text.find('-'), std::string::npos);
      EXPECT_EQ(text.find('('), std::string::npos);
      const std::size_t minus = text.find("−");
      ASSERT_NE(minus, std::string::npos);
      const std::string after = visible(text.substr(minus + std::string_view("−").size()));
      EXPECT_FALSE(after.starts_with('~') || after.starts_with(' '));
    }
  }
}

// Property: the figures on the page are the figures of the amount, to the last cent.
TEST(Formatter, NoCentIsLost) {
  for (const Language language : kLanguages) {
    for (std::int64_t minor = 1; minor < base::Money::kMinorMax; minor = minor * 7 + 3) {
      const base::Money amount(minor, *base::Currency::parse("EUR"));
      std::string digits = formatter(language).money(amount, MoneyStyle::kBare);
      std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
      std::string expected = amount.to_decimal_string();
      std::erase(expected, '.');
      EXPECT_EQ(digits, expected) << code(language);
    }
  }
}

struct DateRow {
  Language language;
  std::string_view weekday, day, longer, shorter, numeric, month, year;
};

TEST(Formatter, Dates) {
  const DateRow rows[] = {
      {kSwedish, "tisdag 1~december", "1~december", "1~december 2026", "1~dec. 2026", "2026-12-01",
       "december", "december 2026"},
      {kFinnish, "tiistaina 1.~joulukuuta", "1.~joulukuuta", "1.~joulukuuta 2026",
       "1.~jouluk. 2026", "1.12.2026", "joulukuu", "joulukuu 2026"},
      {kNorwegian, "tirsdag 1.~desember", "1.~desember", "1.~desember 2026", "1.~des. 2026",
       "1.12.2026", "desember", "desember 2026"},
      {kDanish, "tirsdag 1.~december", "1.~december", "1.~december 2026", "1.~dec. 2026",
       "1.12.2026", "december", "december 2026"},
      {kEnglish, "Tuesday 1~December", "1~December", "1~December 2026", "1~Dec 2026", "01/12/2026",
       "December", "December 2026"},
      {kItalian, "martedì 1~dicembre", "1~dicembre", "1~dicembre 2026", "1~dic 2026", "1/12/2026",
       "dicembre", "dicembre 2026"},
      {kSpanish, "martes, 1~de~diciembre", "1~de~diciembre", "1~de~diciembre de 2026", "1~dic 2026",
       "1/12/2026", "diciembre", "diciembre de 2026"},
      {kGerman, "Dienstag, 1.~Dezember", "1.~Dezember", "1.~Dezember 2026", "1.~Dez. 2026",
       "1.12.2026", "Dezember", "Dezember 2026"},
  };
  const base::Date date = *base::Date::parse("2026-12-01");
  const base::Month month = base::Month::of(date);
  for (const DateRow& row : rows) {
    SCOPED_TRACE(code(row.language));
    const Formatter& format = formatter(row.language);
    EXPECT_EQ(visible(format.date(date, DateStyle::kWeekday)), row.weekday);
    EXPECT_EQ(visible(format.date(date, DateStyle::kDay)), row.day);
    EXPECT_EQ(visible(format.date(date, DateStyle::kLong)), row.longer);
    EXPECT_EQ(visible(format.date(date, DateStyle::kShort)), row.shorter);
    EXPECT_EQ(visible(format.date(date, DateStyle::kNumeric)), row.numeric);
    EXPECT_EQ(visible(format.month(month, MonthStyle::kName)), row.month);
    EXPECT_EQ(visible(format.month(month, MonthStyle::kYear)), row.year);
  }
}

TEST(Formatter, AWholeWeekAndAWholeYear) {
  const base::Date monday = *base::Date::parse("2026-11-23");
  std::string week, year;
  for (int day = 0; day < 7; ++day) {
    const std::string text = formatter(kSwedish).date(monday + day, DateStyle::kWeekday);
    week += text.substr(0, text.find(' ')) + " ";
  }
  EXPECT_EQ(week, "måndag tisdag onsdag torsdag fredag lördag söndag ");
  base::Month month = *base::Month::parse("2026-01");
  for (int count = 0; count < 12; ++count, month = month.next()) {
    year += formatter(kGerman).month(month) + " ";
  }
  EXPECT_EQ(year,
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember ");
}

TEST(Formatter, TimeOfDay) {
  const base::TimeZone zone("Test", 3600, {});
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"2026-11-24T07:12:59Z", "08:12"},
      {"2026-11-24T13:05:00Z", "14:05"},
      {"2026-11-24T23:00:00Z", "00:00"},
      {"1969-12-31T22:59:59.5Z", "23:59"},
  };
  for (const auto& [at, expected] : rows) {
    EXPECT_EQ(formatter(kSwedish).time(*base::Instant::parse(at), zone), expected) << at;
  }
  EXPECT_EQ(formatter(kFinnish).time(*base::Instant::parse("2026-11-24T07:12:00Z"), zone), "8.12");
}

TEST(Formatter, Numbers) {
  const base::Percent rate{*base::Decimal::parse("25.5")};
  EXPECT_EQ(visible(formatter(kSwedish).percent(rate)), "25,5~%");
  EXPECT_EQ(visible(formatter(kEnglish).percent(rate)), "25.5%");
  EXPECT_EQ(visible(formatter(kGerman).percent(base::Percent{*base::Decimal::parse("19")})),
            "19~%");
  EXPECT_EQ(visible(formatter(kSwedish).integer(-1234567)), "−1~234~567");
  EXPECT_EQ(visible(formatter(kEnglish).integer(INT64_MIN)), "−9,223,372,036,854,775,808");
  EXPECT_EQ(visible(formatter(kSwedish).decimal(*base::Decimal::parse("12.4"))), "12,4");
  EXPECT_EQ(visible(formatter(kSwedish).decimal(*base::Decimal::parse("0.0000000001"))),
            "0,0000000001");
}

TEST(Formatter, Lists) {
  const std::vector<std::string> parts = {"SMS", "e-post", "brev"};
  EXPECT_EQ(formatter(kSwedish).list(parts), "SMS, e-post och brev");
  EXPECT_EQ(formatter(kEnglish).list(parts), "SMS, e-post and brev");
  EXPECT_EQ(formatter(kGerman).list(std::vector<std::string>{"SMS"}), "SMS");
  EXPECT_EQ(formatter(kGerman).list(std::vector<std::string>{}), "");
}

TEST(Formatter, PluralForms) {
  EXPECT_EQ(formatter(kSwedish).plural_form(1), "one");
  EXPECT_EQ(formatter(kSwedish).plural_form(0), "other");
  EXPECT_EQ(formatter(kSwedish).plural_form(21), "other");
  EXPECT_EQ(formatter(kSwedish).plural_form(INT64_MIN), "other");
  EXPECT_EQ(formatter(kSpanish).plural_form(1'000'000), "many");
}

// One formatter, many threads, all currencies for the first time at once.
TEST(Formatter, FromManyThreads) {
  const Formatter fresh(kSwedish);
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int count = 0; count < 8; ++count) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) {
        for (const std::string_view currency : {"SEK", "EUR", "NOK", "DKK", "GBP", "USD"}) {
          const std::string text = fresh.money(money("1420.00", currency));
          if (!visible(text).starts_with("1~420,00~")) ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace locale
