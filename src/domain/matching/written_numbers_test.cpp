// What is one number in a payer's text and what is several, and what is no number of ours at all.
#include "domain/matching/written_numbers.h"

#include <gtest/gtest.h>

namespace domain::matching {
namespace {

// "A:2200 1234" of "A2200 1234": the word that it touches, and (in brackets) what is something
// else.
std::string said(std::string_view text) {
  std::string all;
  for (const WrittenNumber& number : written_numbers(text)) {
    const std::string word = number.touches_word ? number.word + ":" : "";
    const std::string one = word + number.digits;
    all += (all.empty() ? "" : " ") + (number.is_other ? "(" + one + ")" : one);
  }
  return all;
}

TEST(WrittenNumbers, AreToldApart) {
  struct Row {
    const char *text, *said;
  };
  const Row rows[] = {
      {"", ""},
      {"tack", ""},
      {"OCR 1234567897", "1234567897"},
      {"0001234", "1234"},
      // Groups read as one, and each by itself.
      {"2026 1234 56", "2026123456 2026 1234 56"},
      {"12 3456 7890", "1234567890 12 3456 7890"},
      {"1234-567", "1234567 1234 567"},
      {"1234 567 89", "1234 567 89"},
      {"1234 567-89", "1234567 1234 567 89"},
      {"123456 och 7", "123456 7"},
      {"1234  5678", "1234 5678"},
      {"1234\n5678", "1234 5678"},
      {"1234. 5678", "1234 5678"},
      {"A2200", "A:2200"},
      {"A2200 1234 567", "1234567 A:2200 1234 567"},
      {"nr2200", "NR:2200"},
      // Days, telephones, sums.
      {"2026-11-15", "(2026) (11) (15)"},
      {"15/11 1234567", "(15) (11) 1234567"},
      {"20261115", "(20261115)"},
      {"20261315", "20261315"},
      {"nov 11.2026", "(11) (2026)"},
      {"070-123 45 67", "(70) (123) (45) (67)"},
      {"+46 70 123 45 67", "(46) (70) (123) (45) (67)"},
      {"613,00", "(613)"},
      {"1613.00 kr", "(1613)"},
  };
  for (const Row& row : rows) EXPECT_EQ(said(row.text), row.said) << row.text;
}

TEST(WrittenNumbers, AreNotEndless) {
  std::string text;
  for (int at = 0; at < 500; ++at) text += "1234 ";
  EXPECT_LE(written_numbers(text).size(), 40U);
}

}  // namespace
}  // namespace domain::matching
