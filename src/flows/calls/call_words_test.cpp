// Amounts as a voice says them in a call.
#include "flows/calls/call_words.h"

#include <gtest/gtest.h>

#include "tests/support/shipped_catalogue.h"

namespace flows {
namespace {

using enum locale::Language;

TEST(CallWords, AmountsAreSaidInWholeWords) {
  const struct {
    locale::Language language;
    std::int64_t minor;
    std::string_view currency;
    std::string words;
  } rows[] = {
      {kSwedish, 2150, "SEK", "tjugoen kronor och femtio öre"},
      {kSwedish, 101, "SEK", "en krona och ett öre"},
      {kSwedish, 2121, "SEK", "tjugoen kronor och tjugoett öre"},
      {kEnglish, 1050, "SEK", "ten kronor and fifty öre"},
      {kFinnish, 1000, "EUR", "kymmenen euroa"},
      {kNorwegian, 300, "NOK", "tre kroner"},
      {kDanish, 2100, "DKK", "enogtyve kroner"},
      {kSpanish, 2100, "SEK", "veintiuna coronas"},
      {kItalian, 102, "EUR", "un euro e due centesimi"},
      {kGerman, 201, "SEK", "zwei Kronen und ein Öre"},
      {kGerman, 100, "EUR", "ein Euro"},
      {kEnglish, 150, "GBP", "£1.50"},
  };
  const locale::Speakers speakers;
  for (const auto& row : rows) {
    const base::Money amount(row.minor, *base::Currency::parse(row.currency));
    EXPECT_EQ(spoken_money(locale::shipped_catalogue(), speakers, row.language, amount), row.words);
  }
}

}  // namespace
}  // namespace flows
