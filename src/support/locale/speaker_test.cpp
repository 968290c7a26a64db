// What a voice reads aloud, and which digits a caller said, in eight languages.
#include "support/locale/speaker.h"

#include <gtest/gtest.h>

namespace locale {
namespace {

using enum Language;

const Speakers& speakers() {
  static const Speakers kSpeakers;
  return kSpeakers;
}

TEST(Speaker, NumbersAreSpelledInTheGenderOfWhatIsCounted) {
  const struct {
    Language language;
    std::int64_t value;
    Gender gender;
    std::string words;
  } rows[] = {
      {kSwedish, 1420, Gender::kCommon, "ettusen fyrahundratjugo"},
      {kSwedish, 21, Gender::kCommon, "tjugoen"},
      {kSwedish, 21, Gender::kNeuter, "tjugoett"},
      {kFinnish, 121, Gender::kCommon, "satakaksikymmentäyksi"},
      {kNorwegian, 1420, Gender::kCommon, "tusen fire hundre og tjue"},
      {kDanish, 21, Gender::kCommon, "enogtyve"},
      {kEnglish, 1420, Gender::kCommon, "one thousand four hundred and twenty"},
      {kItalian, 300, Gender::kFeminine, "trecento"},
      {kSpanish, 21, Gender::kFeminine, "veintiuna"},
      {kSpanish, 21, Gender::kCommon, "veintiún"},
      {kGerman, 1420, Gender::kFeminine, "eintausendvierhundertzwanzig"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(speakers().of(row.language).number(row.value, row.gender), row.words);
  }
}

TEST(Speaker, DatesAreWholeWords) {
  const struct {
    Language language;
    std::string_view day;
    std::string words;
  } rows[] = {
      {kSwedish, "2026-12-01", "tisdag den första december"},
      {kFinnish, "2026-12-01", "tiistaina joulukuun ensimmäisenä"},
      {kNorwegian, "2026-12-01", "tirsdag første desember"},
      {kDanish, "2026-12-21", "mandag den enogtyvende december"},
      {kEnglish, "2026-12-02", "Wednesday the second of December"},
      {kItalian, "2026-12-01", "martedì primo dicembre"},
      {kItalian, "2026-12-21", "lunedì ventuno dicembre"},
      {kSpanish, "2026-12-01", "martes uno de diciembre"},
      {kGerman, "2026-12-06", "Sonntag, den sechsten Dezember"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(speakers().of(row.language).date(*base::Date::parse(row.day)), row.words);
  }
}

TEST(Speaker, DigitsAreHeardAmongWords) {
  const struct {
    Language language;
    std::string_view said;
    std::string digits;
  } rows[] = {
      {kSwedish, "1234 567 890", "1234567890"}, {kSwedish, "Ett, två, tre. Noll!", "1230"},
      {kSwedish, "koden är tjugoett 5", "215"}, {kEnglish, "One two three four", "1234"},
      {kEnglish, "twenty-one seven", "217"},    {kFinnish, "nolla yksi KAKSI", "012"},
      {kGerman, "eins zwei drei", "123"},       {kSpanish, "uno dos tres", "123"},
      {kSwedish, "jag vet inte", ""},           {kSwedish, "", ""},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(speakers().of(row.language).digits(row.said).value_or(""), row.digits) << row.said;
  }
}

}  // namespace
}  // namespace locale
