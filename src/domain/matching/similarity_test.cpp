// Jaro-Winkler against the values its authors print.
#include "domain/matching/similarity.h"

#include <gtest/gtest.h>

#include <string_view>

namespace domain::matching {
namespace {

TEST(JaroWinkler, IsWhatWasPublished) {
  struct Row {
    std::string_view a;
    std::string_view b;
    double similarity;
  };
  const Row rows[] = {
      {"martha", "marhta", 0.961},
      {"dwayne", "duane", 0.840},
      {"dixon", "dicksonx", 0.813},
      {"same", "same", 1},
      {"", "", 1},
      {"abc", "xyz", 0},
      {"abc", "", 0},
  };
  for (const Row& row : rows) {
    EXPECT_NEAR(jaro_winkler(row.a, row.b), row.similarity, 0.001) << row.a << " " << row.b;
    EXPECT_NEAR(jaro_winkler(row.b, row.a), row.similarity, 0.001) << row.b << " " << row.a;
  }
}

}  // namespace
}  // namespace domain::matching
