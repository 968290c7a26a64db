// A reference within what people write: whole, damaged, and a neighbour's. 1234567897 carries a
// Luhn digit; 12345672 and 1232 are Finnish references.
#include "domain/matching/reference_evidence.h"

#include <gtest/gtest.h>

namespace domain::matching {
namespace {

using enum ReferenceFinding;

struct Row {
  const char* text;
  ReferenceFinding finding;
  const char* found;
};

void expect_rows(std::string_view scheme, std::string_view base, std::span<const Row> rows) {
  const auto reference = PaymentReference::make(scheme, base);
  ASSERT_TRUE(reference);
  for (const Row& row : rows) {
    const ReferenceEvidence wanted = {row.finding, row.found};
    const ReferenceEvidence evidence = reference_evidence(row.text, *reference);
    EXPECT_EQ(evidence.finding, wanted.finding) << row.text << " for " << reference->text();
    EXPECT_EQ(evidence.found, wanted.found) << row.text;
  }
}

TEST(ReferenceEvidence, OfASwedishNumber) {
  // 1234567897: the Luhn digit of 123456789 is 7.
  const Row rows[] = {
      {"1234567897", kWhole, "1234567897"},
      {"OCR 1234 5678 97 thank you", kWhole, "1234567897"},
      {"faktura: 0001234567897", kWhole, "0001234567897"},
      {"2 st, 12345-67897", kWhole, "1234567897"},
      {"paid 15/11 for 1234567897", kWhole, "1234567897"},
      {"1234567697", kWrongDigit, "1234567697"},
      {"1234657897", kSwappedDigits, "1234657897"},
      {"123467897", kLostDigit, "123467897"},
      {"123457897", kOtherReference, "123457897"},
      {"123456789", kLostDigit, "123456789"},
      {"1234567897 or 1234567697", kWhole, "1234567897"},
      {"1234567697 no, 1234567897", kWhole, "1234567897"},
      {"1234567998", kAbsent, ""},
      {"12345678970", kAbsent, ""},
      {"1234567a897", kAbsent, ""},
      {"Anna Svensson", kAbsent, ""},
      {"", kAbsent, ""},
  };
  expect_rows("se_ocr_luhn", "123456789", rows);
}

TEST(ReferenceEvidence, OfAFinnishNumber) {
  const Row rows[] = {
      {"12345672", kWhole, "12345672"},         {"00000012345672", kWhole, "00000012345672"},
      {"RF85 1234 5672", kWhole, "12345672"},   {"rf8512345672", kWhole, "12345672"},
      {"viite 123 45672", kWhole, "12345672"},  {"12345572", kWrongDigit, "12345572"},
      {"12354672", kSwappedDigits, "12354672"}, {"1235672", kLostDigit, "1235672"},
  };
  expect_rows("fi_viite", "1234567", rows);
}

TEST(ReferenceEvidence, TellsANeighboursNumber) {
  // 09 and 90 as neighbours weigh the same under Luhn, so both numbers are valid.
  const Row rows[] = {{"120907", kOtherReference, "120907"}, {"129007", kWhole, "129007"}};
  expect_rows("se_ocr_luhn", "12900", rows);
}

TEST(ReferenceEvidence, WithoutACheckDigitThereIsNoWitness) {
  const Row rows[] = {{"1234568", kWrongDigit, "1234568"}, {"123456", kLostDigit, "123456"}};
  expect_rows("plain", "1234567", rows);
}

TEST(ReferenceEvidence, ShortNumbersAreFoundWholeOnly) {
  const Row rows[] = {{"1232", kWhole, "1232"}, {"1233", kAbsent, ""}, {"123", kAbsent, ""}};
  expect_rows("fi_viite", "123", rows);
}

}  // namespace
}  // namespace domain::matching
