// The steps in their order; each has its own file.
#include "domain/matching/match.h"

#include "domain/matching/candidates.h"

namespace domain::matching {

Matching match(std::span<const Remittance> origins, std::span<const Remittance> destinations,
               std::span<const KnownPair> confirmed, const BookingRule& rule) {
  const Sides sides = {origins.size(), destinations.size()};
  const std::vector<Candidate> candidates = find_candidates(origins, destinations);
  const Model model =
      confirmed.empty() ? fit(candidates, sides) : fit_known(candidates, sides, confirmed);
  const std::vector<Edge> edges = weigh(candidates, sides, model);
  Matching matching;
  matching.candidates = candidates.size();
  for (const std::size_t at : edges_to_book(edges, sides, rule)) {
    matching.booked.push_back({edges[at].origin, edges[at].destination, edges[at].probability});
  }
  return matching;
}

}  // namespace domain::matching
