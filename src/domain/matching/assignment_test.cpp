// Pairings weighed against each other, checked by hand on small graphs.
#include "domain/matching/assignment.h"

#include <gtest/gtest.h>

#include <cmath>

namespace domain::matching {
namespace {

double log_of(double odds) { return std::log(odds); }

TEST(WeighPairings, IsExactWithoutCircles) {
  // Origin 0 could be either destination, origin 1 only the second. The pairings and their weights:
  // none 1, 0-0 4, 0-1 2, 1-1 3, 0-0 with 1-1 12; together 22.
  std::vector<Edge> edges = {{0, 0, log_of(4)}, {0, 1, log_of(2)}, {1, 1, log_of(3)}};
  weigh_pairings(edges, {2, 2});
  EXPECT_NEAR(edges[0].probability, 16.0 / 22, 1e-9);
  EXPECT_NEAR(edges[1].probability, 2.0 / 22, 1e-9);
  EXPECT_NEAR(edges[2].probability, 15.0 / 22, 1e-9);
}

TEST(WeighPairings, GivesTheSecondBestWhatTheFirstCannotHave) {
  // Destination 0 suits both, but origin 1 has nothing else.
  std::vector<Edge> edges = {{0, 0, log_of(1e9)}, {0, 1, log_of(1e8)}, {1, 0, log_of(1e9)}};
  weigh_pairings(edges, {2, 2});
  EXPECT_LT(edges[0].probability, 0.01);
  EXPECT_GT(edges[1].probability, 0.99);
  EXPECT_GT(edges[2].probability, 0.99);
}

TEST(WeighPairings, LeavesTwinsUndecided) {
  std::vector<Edge> edges;
  for (std::uint32_t a = 0; a < 2; ++a) {
    for (std::uint32_t b = 0; b < 2; ++b) edges.push_back({a, b, 50});
  }
  weigh_pairings(edges, {2, 2});
  for (const Edge& edge : edges) EXPECT_NEAR(edge.probability, 0.5, 0.01);
  EXPECT_TRUE(edges_to_book(edges, {2, 2}, {0.4, 0.0}).empty());
}

TEST(EdgesToBook, WantProbabilityAndLead) {
  struct Row {
    const char* what;
    std::vector<Edge> edges;
    std::vector<std::size_t> booked;
  };
  const Row rows[] = {
      {"sure", {{0, 0, 0, 0.95}}, {0}},
      {"just enough", {{0, 0, 0, 0.9}}, {0}},
      {"not sure", {{0, 0, 0, 0.89}}, {}},
      {"another origin is near", {{0, 0, 0, 0.95}, {1, 0, 0, 0.5}}, {}},
      {"another destination is near", {{0, 0, 0, 0.95}, {0, 1, 0, 0.5}}, {}},
      {"another is far", {{0, 0, 0, 0.95}, {0, 1, 0, 0.04}}, {0}},
      {"two pairs", {{0, 1, 0, 0.99}, {1, 0, 0, 0.98}, {1, 1, 0, 0.01}}, {0, 1}},
      {"equal", {{0, 0, 0, 0.95}, {0, 1, 0, 0.95}}, {}},
      {"nobody", {}, {}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(edges_to_book(row.edges, {2, 2}, {}), row.booked) << row.what;
  }
}

}  // namespace
}  // namespace domain::matching
