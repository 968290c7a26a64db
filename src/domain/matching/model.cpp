// Counting levels, with a few made-up observations so that nothing unseen is impossible.
#include "domain/matching/model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace domain::matching {
namespace {

constexpr int kRoundsMax = 20;
constexpr double kStandsStill = 0.0005;
constexpr double kPriorWeight = 50;  // Observations that the prior counts for.
constexpr double kSharePairedMin = 0.01;
constexpr double kSharePairedMax = 0.995;

constexpr std::array<double, kNameAgreements> kNamePrior = {0.6, 0.2, 0.06, 0.04, 0.06, 0.03, 0.01};
constexpr std::array<double, kPartAgreements> kPartPrior = {0.2, 0.2, 0.4, 0.15, 0.05};

template <std::size_t kLevels>
void to_shares(std::array<double, kLevels>& counts) {
  double all = 0;
  for (const double count : counts) all += count;
  for (double& count : counts) count /= all;
}

template <std::size_t kLevels>
void add_scaled(std::array<double, kLevels>& counts, const std::array<double, kLevels>& prior) {
  for (std::size_t at = 0; at < kLevels; ++at) counts[at] += kPriorWeight * prior[at];
}

std::size_t index(NameAgreement level) { return static_cast<std::size_t>(level); }
std::size_t index(PartAgreement level) { return static_cast<std::size_t>(level); }

}  // namespace

Model Model::prior() {
  Model model;
  constexpr double kMiddle = kAmountNear / 2.0;
  for (std::size_t at = 0; at < kAmountNear; ++at) {
    const double steps = std::abs(static_cast<double>(at) + 0.5 - kMiddle);
    model.amount_[at] = 0.05 * std::exp(-steps / 8);
  }
  model.amount_[kAmountEqual] = 0.3;
  model.amount_[kAmountDiffers] = 0.005;
  for (std::size_t at = 0; at < kLagLevels; ++at) {
    const auto days = static_cast<double>(at) + kLagMin;
    model.lag_[at] = std::exp(-std::abs(days) / (days < 0 ? 1.0 : 10.0));
  }
  model.name_ = kNamePrior;
  model.purpose_ = model.way_ = model.code_ = kPartPrior;
  model.share_paired_ = 0.8;
  model.normalise();
  return model;
}

void Model::normalise() {
  to_shares(amount_);
  to_shares(lag_);
  to_shares(name_);
  to_shares(purpose_);
  to_shares(way_);
  to_shares(code_);
}

// With n on the smaller side, N on the other and p paired, n*p pairs stand against (1-p)*n alone
// here and N - n*p alone there.
double Model::log_odds(const Candidate& candidate, Sides sides) const {
  const auto less = static_cast<double>(std::min(sides.origins, sides.destinations));
  const auto more = static_cast<double>(std::max(sides.origins, sides.destinations));
  const double alone = (1 - share_paired_) * (more - less * share_paired_);
  const Levels& levels = candidate.levels;
  const double agreement = amount_[levels.amount] * lag_[levels.lag] * name_[index(levels.name)] *
                           purpose_[index(levels.purpose)] * way_[index(levels.way)] *
                           code_[index(levels.code)];
  return std::log(agreement) - candidate.log_chance + std::log(share_paired_ / alone);
}

Model Model::learned_from(std::span<const Candidate> candidates,
                          std::span<const double> probabilities) const {
  Model model;
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    const double probability = probabilities[at];
    const Levels& levels = candidates[at].levels;
    model.amount_[levels.amount] += probability;
    model.lag_[levels.lag] += probability;
    model.name_[index(levels.name)] += probability;
    model.purpose_[index(levels.purpose)] += probability;
    model.way_[index(levels.way)] += probability;
    model.code_[index(levels.code)] += probability;
  }
  const Model before = prior();
  add_scaled(model.amount_, before.amount_);
  add_scaled(model.lag_, before.lag_);
  add_scaled(model.name_, before.name_);
  add_scaled(model.purpose_, before.purpose_);
  add_scaled(model.way_, before.way_);
  add_scaled(model.code_, before.code_);
  model.normalise();
  return model.with_share_paired(share_paired_);
}

Model Model::with_share_paired(double share) const {
  Model model = *this;
  model.share_paired_ = std::clamp(share, kSharePairedMin, kSharePairedMax);
  return model;
}

std::vector<Edge> weigh(std::span<const Candidate> candidates, Sides sides, const Model& model) {
  std::vector<Edge> edges;
  edges.reserve(candidates.size());
  for (const Candidate& candidate : candidates) {
    edges.push_back({candidate.origin, candidate.destination, model.log_odds(candidate, sides)});
  }
  weigh_pairings(edges, sides);
  return edges;
}

namespace {

std::vector<double> probabilities_of(std::span<const Candidate> candidates, Sides sides,
                                     const Model& model) {
  std::vector<double> probabilities;
  probabilities.reserve(candidates.size());
  for (const Edge& edge : weigh(candidates, sides, model))
    probabilities.push_back(edge.probability);
  return probabilities;
}

double share_of(const std::vector<double>& probabilities, Sides sides) {
  const double found = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
  return found /
         static_cast<double>(std::max<std::size_t>(std::min(sides.origins, sides.destinations), 1));
}

}  // namespace

Model fit(std::span<const Candidate> candidates, Sides sides) {
  Model model = Model::prior();
  for (int round = 0; round < kRoundsMax; ++round) {
    const std::vector<double> probabilities = probabilities_of(candidates, sides, model);
    const Model next = model.learned_from(candidates, probabilities)
                           .with_share_paired(share_of(probabilities, sides));
    double moved = std::abs(next.share_paired() - model.share_paired());
    for (std::size_t at = 0; at < kAmountLevels; ++at) {
      moved = std::max(moved, std::abs(next.amount(at) - model.amount(at)));
    }
    model = next;
    if (moved < kStandsStill) break;
  }
  return model;
}

Model fit_known(std::span<const Candidate> candidates, Sides sides,
                std::span<const KnownPair> known) {
  std::vector<KnownPair> sorted(known.begin(), known.end());
  std::ranges::sort(sorted);
  std::vector<double> confirmed;
  confirmed.reserve(candidates.size());
  for (const Candidate& candidate : candidates) {
    const KnownPair pair = {candidate.origin, candidate.destination};
    confirmed.push_back(std::ranges::binary_search(sorted, pair) ? 1 : 0);
  }
  Model model = Model::prior().learned_from(candidates, confirmed);
  for (int round = 0; round < kRoundsMax; ++round) {
    const double share = share_of(probabilities_of(candidates, sides, model), sides);
    const double moved = std::abs(share - model.share_paired());
    model = model.with_share_paired(share);
    if (moved < kStandsStill) break;
  }
  return model;
}

}  // namespace domain::matching
