// Who belongs to whom, one to one, when each pair by itself has its odds.
//
// All ways of pairing are weighed against each other: a pair is as likely as the pairings that
// hold it. The sums run over the sparse graph by messages between the two sides (belief
// propagation), so a pair that is second best everywhere else wins here.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace domain::matching {

struct Edge {
  std::uint32_t origin = 0;
  std::uint32_t destination = 0;
  double log_odds = 0;     // Of the pair against both staying alone, all else aside.
  double probability = 0;  // Filled by weigh_pairings().
};

struct Sides {
  std::size_t origins = 0;
  std::size_t destinations = 0;
};

void weigh_pairings(std::span<Edge> edges, Sides sides);

// When a pair is sure enough to be booked.
struct BookingRule {
  double probability_min = 0.9;
  double lead_min = 0.5;  // Over the next best of either side.
};

// Indexes of the edges to book, in the order of the edges; nobody stands in two of them.
[[nodiscard]] std::vector<std::size_t> edges_to_book(std::span<const Edge> edges, Sides sides,
                                                     const BookingRule& rule);

}  // namespace domain::matching
