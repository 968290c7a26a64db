// In which encoding the letters of a statement are taken to be, and what is read of them.
#include "formats/bank/mt940/code_pages.h"

#include <gtest/gtest.h>

namespace formats::bank::mt940 {
namespace {

const std::string kSweden = ":20:A\n:25:SE4550000000058398257466\n:60F:C261101SEK1,00\n:86:";
const std::string kHungary = ":20:A\n:25:HU42120010080010307200100005\n:60F:C261101HUF1,00\n:86:";
const std::string kBic = ":20:A\n:25:GIBACZPX/1920001\n:60F:C261101EUR1,00\n:86:";
const std::string kZloty = ":20:A\n:25:1920001\n:60F:C261101PLN1,00\n:86:";

TEST(Letters, AreFoundByTheAccountAndTheWords) {
  struct Row {
    std::string_view what;
    std::string head, bytes;
    std::string_view page, text;
  };
  const Row rows[] = {
      {"plain", kSweden, "Anna Berg", "Windows-1252", "Anna Berg"},
      {"UTF-8", kSweden, "\xC3\x85sa", "Windows-1252", "Åsa"},
      {"Latin-1", kSweden, "\xC5sa Bj\xF6rk", "Windows-1252", "Åsa Björk"},
      {"DOS in the west", kSweden, "\x8Fsa Bj\x94rk", "CP850", "Åsa Björk"},
      {"capitals of DOS", kSweden, "\x8ENGSHOLM", "CP850", "ÄNGSHOLM"},
      {"DOS by the country of the IBAN", kHungary, "K\x8Bv\xA0ri Gy\x94ngy", "CP852",
       "Kővári Gyöngy"},
      {"Windows by the country of the IBAN", kHungary, "K\xF5v\xE1ri Gy\xF6ngy", "Windows-1250",
       "Kővári Gyöngy"},
      {"by the country of the BIC", kBic, "Ji\xFD\xA1 Nov\xA0k", "CP852", "Jiří Novák"},
      {"by the currency", kZloty, "\xA3ukasz \xAF\xF3\xB3\x6B\x69", "Windows-1250", "Łukasz Żółki"},
      {"ISO-8859-2", kZloty, "\xA3ukasz Sikora, \xB6roda", "ISO-8859-2", "Łukasz Sikora, środa"},
      {"control characters are blanks", kSweden,
       "A\x01"
       "B",
       "Windows-1252", "A B"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const Letters letters = Letters::of(row.head + row.bytes + "\n");
    EXPECT_EQ(letters.name(), row.page);
    EXPECT_EQ(letters.read(row.bytes).text, row.text);
  }
}

TEST(Letters, WhatIsNoLetterIsTold) {
  const Letters letters = Letters::of(kSweden + "\xC5sa Bj\xF6rk\n");
  const Letters::Line line = letters.read("A \x81 B");
  EXPECT_TRUE(line.lost);
  EXPECT_EQ(line.text, "A \uFFFD B");
  EXPECT_FALSE(letters.read("\xC5sa").lost);
}

}  // namespace
}  // namespace formats::bank::mt940
