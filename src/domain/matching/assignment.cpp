// Sum-product messages of the monomer-dimer model; each side speaks in turn.
#include "domain/matching/assignment.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace domain::matching {
namespace {

constexpr int kRounds = 25;
constexpr double kLogOddsMax = 60;  // Surer is not told apart, and stays finite.

// The best and the next best probability of everybody on a side.
struct Best {
  double first = 0;
  double second = 0;

  void see(double probability) {
    if (probability > first) {
      second = std::exchange(first, probability);
    } else {
      second = std::max(second, probability);
    }
  }
};

}  // namespace

// An edge's message says how free its end is for it: one over one plus what else pulls at that end.
void weigh_pairings(std::span<Edge> edges, Sides sides) {
  std::vector<double> odds;
  odds.reserve(edges.size());
  for (const Edge& edge : edges) odds.push_back(std::exp(std::min(edge.log_odds, kLogOddsMax)));
  std::vector<double> origin_free(edges.size(), 1);
  std::vector<double> destination_free(edges.size(), 1);
  std::vector<double> sum_of_origin(sides.origins);
  std::vector<double> sum_of_destination(sides.destinations);
  for (int round = 0; round < kRounds; ++round) {
    std::ranges::fill(sum_of_origin, 0);
    for (std::size_t at = 0; at < edges.size(); ++at) {
      sum_of_origin[edges[at].origin] += odds[at] * destination_free[at];
    }
    std::ranges::fill(sum_of_destination, 0);
    for (std::size_t at = 0; at < edges.size(); ++at) {
      const double others = sum_of_origin[edges[at].origin] - odds[at] * destination_free[at];
      origin_free[at] = 1 / (1 + std::max(others, 0.0));
      sum_of_destination[edges[at].destination] += odds[at] * origin_free[at];
    }
    for (std::size_t at = 0; at < edges.size(); ++at) {
      const double others = sum_of_destination[edges[at].destination] - odds[at] * origin_free[at];
      destination_free[at] = 1 / (1 + std::max(others, 0.0));
    }
  }
  for (std::size_t at = 0; at < edges.size(); ++at) {
    const double weight = odds[at] * origin_free[at] * destination_free[at];
    edges[at].probability = weight / (1 + weight);
  }
}

std::vector<std::size_t> edges_to_book(std::span<const Edge> edges, Sides sides,
                                       const BookingRule& rule) {
  std::vector<Best> origins(sides.origins);
  std::vector<Best> destinations(sides.destinations);
  for (const Edge& edge : edges) {
    origins[edge.origin].see(edge.probability);
    destinations[edge.destination].see(edge.probability);
  }
  std::vector<std::size_t> booked;
  for (std::size_t at = 0; at < edges.size(); ++at) {
    const Best& a = origins[edges[at].origin];
    const Best& b = destinations[edges[at].destination];
    const double probability = edges[at].probability;
    const bool best = probability >= a.first && probability >= b.first;
    const double lead = probability - std::max(a.second, b.second);
    if (best && probability >= rule.probability_min && lead > 0 && lead >= rule.lead_min) {
      booked.push_back(at);
    }
  }
  return booked;
}

}  // namespace domain::matching
