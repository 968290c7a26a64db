// Which pairs are worth weighing, and what is seen of each: blocking and evidence.
//
// A pair is a candidate when its days are near and its amounts within 15 %, or its days are near
// and its name is rare. What agrees is judged by how common it is: how many destinations have that
// day, that amount or one near it, that beginning of a name, that code.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "domain/matching/memo.h"
#include "domain/matching/remittance.h"

namespace domain::matching {

// Levels of the amounts: the same, by half percents, not near.
inline constexpr std::size_t kAmountNear = 60;
inline constexpr std::size_t kAmountEqual = kAmountNear;
inline constexpr std::size_t kAmountDiffers = kAmountNear + 1;
inline constexpr std::size_t kAmountLevels = kAmountNear + 2;
// Levels of the days: how many days the destination comes after the origin.
inline constexpr std::int32_t kLagMin = -5;
inline constexpr std::int32_t kLagMax = 45;
inline constexpr std::size_t kLagLevels = kLagMax - kLagMin + 1;

// The level of each comparison, for one pair.
struct Levels {
  std::uint8_t amount = 0;
  std::uint8_t lag = 0;
  NameAgreement name = NameAgreement::kDiffers;
  PartAgreement purpose = PartAgreement::kUnseen;
  PartAgreement way = PartAgreement::kUnseen;
  PartAgreement code = PartAgreement::kUnseen;
};

struct Candidate {
  std::uint32_t origin = 0;
  std::uint32_t destination = 0;
  Levels levels;
  // Logarithm of how likely another destination agrees in what this one agrees in.
  double log_chance = 0;
};

// Which level of the amounts two amounts are in; for amounts that are not positive only equality
// counts.
[[nodiscard]] std::size_t amount_level(std::int64_t origin, std::int64_t destination);

// By origin, then destination.
[[nodiscard]] std::vector<Candidate> find_candidates(std::span<const Remittance> origins,
                                                     std::span<const Remittance> destinations);

}  // namespace domain::matching
