// What a bank or a payer may hand us, and what we make of it. One row, one fact.
#include "domain/reference/NAME.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace domain {
namespace {

TEST(TYPE, Parse) {
  struct Row {
    std::string_view text, outcome;
  };
  const Row rows[] = {
      {"", "!too_short"},
      {"12a2", "!not_digits"},
      {"an example of the specification", "and its canonical form"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(tests::outcome(TYPE::parse(row.text)), row.outcome) << row.text;
  }
}

}  // namespace
}  // namespace domain
