// How strongly each level of evidence speaks for a pair (Fellegi-Sunter): learned, not chosen.
//
// For every comparison the model holds how often pairs that belong together show each level. How
// often others show it is counted while candidates are found (candidates.h). A model is fitted
// from confirmed pairs, or by expectation-maximisation from the two sides alone.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "domain/matching/assignment.h"
#include "domain/matching/candidates.h"

namespace domain::matching {

class Model {
 public:
  // What is believed before anything is seen: small differences and short delays are likelier.
  [[nodiscard]] static Model prior();

  // The log odds that the candidate's two belong together, all others aside.
  [[nodiscard]] double log_odds(const Candidate& candidate, Sides sides) const;

  // The model that the candidates show when each counts by its probability; how many have a
  // partner stays as it was.
  [[nodiscard]] Model learned_from(std::span<const Candidate> candidates,
                                   std::span<const double> probabilities) const;
  [[nodiscard]] Model with_share_paired(double share) const;

  // How many of the smaller side have a partner.
  [[nodiscard]] double share_paired() const { return share_paired_; }
  [[nodiscard]] double amount(std::size_t level) const { return amount_[level]; }
  [[nodiscard]] double lag(std::size_t level) const { return lag_[level]; }
  [[nodiscard]] double name(NameAgreement level) const {
    return name_[static_cast<std::size_t>(level)];
  }

 private:
  Model() = default;
  void normalise();

  std::array<double, kAmountLevels> amount_ = {};
  std::array<double, kLagLevels> lag_ = {};
  std::array<double, kNameAgreements> name_ = {};
  std::array<double, kPartAgreements> purpose_ = {};
  std::array<double, kPartAgreements> way_ = {};
  std::array<double, kPartAgreements> code_ = {};
  double share_paired_ = 0;
};

// The candidates as edges, each with its probability among all pairings.
[[nodiscard]] std::vector<Edge> weigh(std::span<const Candidate> candidates, Sides sides,
                                      const Model& model);

// Fits by rounds of weighing and counting until the model stands still.
[[nodiscard]] Model fit(std::span<const Candidate> candidates, Sides sides);

// Pairs of rows that are known to belong together: origin, destination.
struct KnownPair {
  std::uint32_t origin = 0;
  std::uint32_t destination = 0;
  auto operator<=>(const KnownPair&) const = default;
};
// How many have a partner is fitted to the two sides: of confirmed pairs, all have.
[[nodiscard]] Model fit_known(std::span<const Candidate> candidates, Sides sides,
                              std::span<const KnownPair> known);

}  // namespace domain::matching
