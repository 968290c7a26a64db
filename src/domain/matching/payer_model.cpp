#include "domain/matching/payer_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace domain::matching {
namespace {

enum Comparison : std::size_t { kReference, kNumber, kAmount, kAccount, kName, kDay };

constexpr double kPriorWeight = 200;   // Confirmed matches that the prior counts for.
constexpr double kIsOurs = 0.9;        // Of payments without a reference that holds.
constexpr double kPaidAgain = 0.02;    // Of bills that are owed no more.
constexpr double kPaysSomethingElse = 0.1;
// However few we are, strangers share names, accounts and numbers with few, amounts with more.
constexpr std::int64_t kBillsMin = 10'000;
constexpr std::int64_t kBillsOfAmountsMin = 1'000;
// Where a coincidence cannot be counted.
constexpr double kSimilarByChance = 0.0005;
constexpr double kSurnameByChance = 0.01;
constexpr double kNearAmountByChance = 0.05;

using Shares = std::array<double, 8>;
constexpr std::array<Shares, kComparisons> kPrior = {{
    {0.52, 0.04, 0.02, 0.12, 0.08, 0.10, 0.06, 0.06},
    {0.88, 0.05, 0.07},
    {0.06, 0.03, 0.02, 0.02, 0.05, 0.82},
    {0.00, 0.55, 0.03, 0.42},
    {0.00, 0.06, 0.06, 0.04, 0.10, 0.74},
    {0.03, 0.15, 0.82},
}};
// Of payments that do not belong, as far as it does not depend on the payment.
constexpr Shares kReferenceByChance = {0.52, 0.40, 0.08};
constexpr Shares kDayByChance = {0.20, 0.25, 0.55};

// What makes no difference whose it is.
bool says_nothing(std::size_t comparison, std::uint8_t level) {
  return (comparison == kAccount || comparison == kName) && level == 0;
}

double power_of_ten(double exponent) { return std::pow(10.0, exponent); }

class Weighing {
 public:
  Weighing(const PayerField& field, const PayerModel& model,
           std::span<const PayerCandidate> candidates)
      : field_(field),
        model_(model),
        bills_(static_cast<double>(std::max(field.bills, kBillsMin))) {
    for (const PayerCandidate& candidate : candidates) {
      const auto level = candidate.levels.reference;
      if (candidate.bills.empty()) continue;
      if (level == ReferenceLevel::kWhole) ++whole_;
      if (level >= ReferenceLevel::kLostDigit && level < ReferenceLevel::kWhole) ++damaged_;
    }
  }

  // How much likelier the evidence is where this debtor pays, whatever for.
  [[nodiscard]] double of_person(const PayerCandidate& candidate) const {
    double weight = ratio(kAccount, candidate) * ratio(kName, candidate);
    if (candidate.levels.number != NumberLevel::kInvoice) weight *= ratio(kNumber, candidate);
    if (!names_the_bill(candidate)) weight *= ratio(kReference, candidate);
    return weight;
  }
  // And beyond that, where these bills are meant.
  [[nodiscard]] double of_bills(const PayerCandidate& candidate) const {
    double weight = ratio(kAmount, candidate) * ratio(kDay, candidate);
    if (candidate.levels.number == NumberLevel::kInvoice) weight *= ratio(kNumber, candidate);
    if (names_the_bill(candidate)) weight *= ratio(kReference, candidate);
    return weight;
  }
  [[nodiscard]] double bills() const { return bills_; }

 private:
  static bool names_the_bill(const PayerCandidate& candidate) {
    return candidate.levels.reference >= ReferenceLevel::kLostDigit;
  }

  [[nodiscard]] double ratio(std::size_t comparison, const PayerCandidate& candidate) const {
    const std::uint8_t level = to_vector(candidate.levels)[comparison];
    if (says_nothing(comparison, level)) return 1;
    return model_.shows(comparison, level) /
           std::clamp(by_chance(comparison, candidate), 1 / (bills_ * 10), 1.0);
  }

  [[nodiscard]] double share(std::int64_t count) const {
    return static_cast<double>(std::max<std::int64_t>(count, 1)) / bills_;
  }

  [[nodiscard]] double by_chance(std::size_t comparison, const PayerCandidate& candidate) const {
    const PayerLevels& levels = candidate.levels;
    switch (comparison) {
      case kReference: return reference_by_chance(candidate);
      case kNumber:
        if (levels.number == NumberLevel::kNone) return 0.99;
        // A year or a house number is a number too.
        return std::max(share(3), power_of_ten(2 - static_cast<double>(candidate.number_digits)));
      case kAmount: return amount_by_chance(candidate);
      case kAccount:
        if (levels.account == AccountLevel::kKnown) return share(field_.accounts_of_payer);
        return levels.account == AccountLevel::kUnknown ? 0.7 : 0.3;
      case kName: return name_by_chance(levels.name);
      default: return kDayByChance[static_cast<std::size_t>(levels.day)];
    }
  }

  [[nodiscard]] double reference_by_chance(const PayerCandidate& candidate) const {
    const auto level = candidate.levels.reference;
    const auto digits = static_cast<double>(candidate.reference_digits);
    switch (level) {
      case ReferenceLevel::kNone:
      case ReferenceLevel::kOther:
      case ReferenceLevel::kAnother: return kReferenceByChance[static_cast<std::size_t>(level)];
      case ReferenceLevel::kOfTheirs:
      case ReferenceLevel::kWhole:
        return std::max(share(whole_), power_of_ten(2 - digits));
      case ReferenceLevel::kLostDigit:
      case ReferenceLevel::kWrongDigit:
      case ReferenceLevel::kSwapped:
        return std::max(share(damaged_), power_of_ten(3 - digits));
    }
    return 1;
  }

  [[nodiscard]] double amount_by_chance(const PayerCandidate& candidate) const {
    switch (candidate.levels.amount) {
      case AmountLevel::kOther: return 0.9;
      case AmountLevel::kLast:
      case AmountLevel::kLess:
      case AmountLevel::kMore: return kNearAmountByChance;
      // So many sums of so many bills may hit an amount.
      case AmountLevel::kSeveral:
        return std::min(1.0, std::pow(2.0, static_cast<double>(candidate.bills.size())) *
                                 std::max(share(1), 0.0005));
      case AmountLevel::kEqual: return same_amount_by_chance();
    }
    return 1;
  }

  // The other bills of the amount, or one that nobody has seen.
  [[nodiscard]] double same_amount_by_chance() const {
    const auto bills = static_cast<double>(std::max<std::int64_t>(field_.bills, 1));
    const auto others = static_cast<double>(std::max<std::int64_t>(field_.same_amount - 1, 0));
    return std::max(others / bills,
                    1 / std::max(bills, static_cast<double>(kBillsOfAmountsMin)));
  }

  [[nodiscard]] double name_by_chance(NameLevel level) const {
    switch (level) {
      case NameLevel::kNotSaid: return 1;
      case NameLevel::kDiffers: return 0.99;
      case NameLevel::kSurname: return kSurnameByChance;
      case NameLevel::kSimilar: return std::max(kSimilarByChance, share(field_.like_named));
      case NameLevel::kInitials: return share(std::max(field_.like_named, field_.namesakes));
      case NameLevel::kEqual: return share(field_.namesakes);
    }
    return 1;
  }

  const PayerField& field_;
  const PayerModel& model_;
  double bills_;
  std::int64_t whole_ = 0, damaged_ = 0;
};

}  // namespace

PayerModel PayerModel::learned_from(std::span<const LevelCount> confirmed) {
  PayerModel model;
  for (std::size_t at = 0; at < kComparisons; ++at) {
    auto& shares = model.shows_[at];
    for (std::size_t level = 0; level < shares.size(); ++level) {
      shares[level] = kPrior[at][level] * kPriorWeight;
    }
    for (const LevelCount& each : confirmed) {
      if (!says_nothing(at, each.levels[at])) {
        shares[each.levels[at]] += static_cast<double>(each.count);
      }
    }
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (double& share : shares) share /= all;
  }
  for (const LevelCount& each : confirmed) model.confirmed_ += each.count;
  return model;
}

PayerRanking rank(std::vector<PayerCandidate> candidates, const PayerField& field,
                  const PayerModel& model) {
  const Weighing weighing(field, model, candidates);
  // Whose name the payer has may pay for somebody else, as those do whose names differ.
  const double for_others =
      kPaysSomethingElse +
      model.shows(kName, static_cast<std::uint8_t>(NameLevel::kDiffers)) +
      model.shows(kName, static_cast<std::uint8_t>(NameLevel::kSurname));
  std::vector<double> weights;
  double all = 1 - kIsOurs;
  for (const PayerCandidate& candidate : candidates) {
    double weight = kIsOurs / weighing.bills() * weighing.of_person(candidate);
    if (candidate.bills.empty()) {
      weight *= for_others;
    } else {
      weight *= weighing.of_bills(candidate);
      if (!candidate.is_owed) weight *= kPaidAgain;
    }
    weights.push_back(weight);
    all += weight;
  }
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    if (weights[a] != weights[b]) return weights[a] > weights[b];
    return candidates[a].bills.size() > candidates[b].bills.size();
  });
  PayerRanking ranking;
  for (const std::size_t at : order) {
    ranking.candidates.push_back(std::move(candidates[at]));
    ranking.probabilities.push_back(weights[at] / all);
  }
  return ranking;
}

std::int64_t millionths(const PayerRanking& ranking, std::size_t place) {
  constexpr std::int64_t kAll = 1'000'000;
  return std::min(static_cast<std::int64_t>(ranking.probabilities[place] * kAll), kAll - 1);
}

std::string probability_text(std::int64_t millionths) {
  return "0." + std::to_string(1'000'000 + millionths).substr(1);
}

bool is_sure(const PayerRanking& ranking, std::int64_t one_wrong_in) {
  if (ranking.candidates.empty()) return false;
  const PayerCandidate& first = ranking.candidates.front();
  const PayerLevels& levels = first.levels;
  const bool says_who = levels.reference >= ReferenceLevel::kOfTheirs ||
                        levels.number != NumberLevel::kNone ||
                        levels.account == AccountLevel::kKnown ||
                        levels.name >= NameLevel::kInitials;
  const double wrong = 1 - ranking.probabilities.front();
  return says_who && first.is_owed &&
         wrong * static_cast<double>(std::max<std::int64_t>(one_wrong_in, 1)) <= 1;
}

}  // namespace domain::matching
