// The matching of two sides as one call: candidates, a model, pairings, and what is sure enough.
//
// Nothing is kept between calls. Without confirmed pairs the model is fitted to the two sides by
// themselves. The same rows in the same order give the same answer; another order moves the
// probabilities a little, because how often strangers agree is sampled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/matching/assignment.h"
#include "domain/matching/model.h"
#include "domain/matching/remittance.h"

namespace domain::matching {

struct Match {
  std::uint32_t origin = 0;
  std::uint32_t destination = 0;
  double probability = 0;
};

struct Matching {
  std::vector<Match> booked;  // By origin; one to one.
  std::size_t candidates = 0;
};

[[nodiscard]] Matching match(std::span<const Remittance> origins,
                             std::span<const Remittance> destinations,
                             std::span<const KnownPair> confirmed = {},
                             const BookingRule& rule = {});

}  // namespace domain::matching
