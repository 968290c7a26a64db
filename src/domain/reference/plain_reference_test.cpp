// References that nothing but their characters and length can be held to.
#include "domain/reference/plain_reference.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain {
namespace {

TEST(PlainReference, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"2026-000123", "2026-000123"},  {"  Rechnung   4711 ", "Rechnung 4711"},
      {"2026/000123", "2026/000123"},  {"", "!too_short"},
      {"   ", "!too_short"},           {"1234567890123456789012345678901234567", "!too_long"},
      {"/2026", "!wrong_characters"},  {"2026/", "!wrong_characters"},
      {"20//26", "!wrong_characters"}, {"Räkning 1", "!wrong_characters"},
      {"a\nb", "!wrong_characters"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(tests::outcome(PlainReference::parse(row.text)), row.outcome) << row.text;
  }
}

// Property: the canonical text is read back as itself.
TEST(PlainReference, CanonicalTextIsStable) {
  for (int number = 0; number < 5000; ++number) {
    const auto made = PlainReference::from_base(" INV  " + std::to_string(number));
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(*PlainReference::parse(made->text()), *made);
  }
}

}  // namespace
}  // namespace domain
