#include "domain/matching/payer_model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace domain::matching {
namespace {

enum Comparison : std::size_t { kReference, kNumber, kAmount, kAccount, kName, kDay };

constexpr double kPriorWeight = 200;  // Confirmed matches that the prior counts for.
constexpr double kIsOurs = 0.9;       // Of payments without a reference that holds.
constexpr double kPaidAgain = 0.02;   // Of bills that are owed no more.
constexpr double kPaysSomethingElse = 0.1;
constexpr double kPaidByRelative = 0.05;     // Of bills, by one certain relative.
constexpr double kPaidByOneNamedToo = 0.01;  // By whom else the number in the text may mean.
constexpr double kCopiesAnothers = 0.0003;   // Of payments: the number of one certain other.
// However few we are, strangers share names, accounts and numbers with few, amounts with more.
constexpr std::int64_t kBillsMin = 10'000;
constexpr std::int64_t kBillsOfAmountsMin = 1'000;
// So many give a whole number of ours that is a stranger's, a neighbour's or an old one.
constexpr double kGivesAStrangers = 0.01;
// Of what names bills of ours by whole numbers: it is for another of the debtor's, for none of
// them; of what names several: it is for all of them, or not.
constexpr double kNamedInVain = 0.0001;
constexpr double kNamesAll = 0.5, kNamesTooMany = 0.005;
constexpr double kPaysForTwo = 0.02;    // Of payments that name bills of several debtors.
constexpr double kCopiesInVain = 0.05;  // Of what is copied: for nothing that is owed.
// Where a coincidence cannot be counted.
constexpr double kSimilarByChance = 0.0005;
constexpr double kSurnameByChance = 0.01;
constexpr double kNearAmountByChance = 0.05;

using Shares = std::array<double, kLevelsMax>;
constexpr std::array<Shares, kComparisons> kPrior = {{
    {0.5245, 0.04, 0.02, 0.09, 0.08, 0.10, 0.06, 0.06, 0.025, 0.0005},
    {0.8795, 0.05, 0.07, 0.0005},
    {0.06, 0.03, 0.02, 0.02, 0.05, 0.82},
    {0.00, 0.55, 0.03, 0.42},
    {0.00, 0.06, 0.06, 0.04, 0.10, 0.74},
    {0.03, 0.15, 0.82},
}};
// Of payments that do not belong, as far as it does not depend on the payment.
constexpr Shares kReferenceByChance = {0.52, 0.40, 0.08};
constexpr Shares kDayByChance = {0.20, 0.25, 0.55};

// What is sent and arrives less a charge that the bank tells of is as exact as what arrives whole.
std::uint8_t shown_as(std::size_t comparison, std::uint8_t level) {
  constexpr auto kCharged = static_cast<std::uint8_t>(AmountLevel::kCharged);
  const bool is_charged = comparison == kAmount && level == kCharged;
  return is_charged ? static_cast<std::uint8_t>(AmountLevel::kEqual) : level;
}

// What makes no difference whose it is.
bool says_nothing(std::size_t comparison, std::uint8_t level) {
  return (comparison == kAccount || comparison == kName) && level == 0;
}

double power_of_ten(double exponent) { return std::pow(10.0, exponent); }

class Weighing {
 public:
  Weighing(const PayerField& field, const PayerModel& model)
      : field_(field),
        model_(model),
        bills_(static_cast<double>(std::max(field.bills, kBillsMin))) {}

  // How much likelier the payer's account and name are where this debtor pays. They come together:
  // both say no more than who it is.
  [[nodiscard]] double of_payer(const PayerCandidate& candidate) const {
    return std::min(ratio(kAccount, candidate) * ratio(kName, candidate), bills_);
  }
  // What the text says where it is for this debtor, whatever of theirs.
  [[nodiscard]] double of_debtor(const PayerCandidate& candidate) const {
    double weight = 1;
    if (candidate.levels.number != NumberLevel::kInvoice) weight *= ratio(kNumber, candidate);
    if (!names_the_bill(candidate.levels.reference)) weight *= ratio(kReference, candidate);
    return weight;
  }
  // And where it names these bills, but was copied from somebody else's.
  [[nodiscard]] double of_copy(const PayerCandidate& named) const {
    const std::size_t by = names_the_bill(named.levels.reference) ? kReference : kNumber;
    return kCopiesAnothers / by_chance(by, named);
  }
  // And beyond that, where these bills are meant.
  [[nodiscard]] double of_bills(const PayerCandidate& candidate) const {
    double weight = ratio(kAmount, candidate) * ratio(kDay, candidate);
    if (candidate.levels.number == NumberLevel::kInvoice) weight *= ratio(kNumber, candidate);
    if (names_the_bill(candidate.levels.reference)) weight *= ratio(kReference, candidate);
    if (candidate.named > 1) {
      const bool is_all = candidate.named == candidate.named_own;
      weight *= (is_all ? kNamesAll : kNamesTooMany) / (kGivesAStrangers * share(1));
    }
    return weight;
  }
  // How much likelier it is for the bills of several debtors than for one of them, which the text
  // names too: another sum than the one's is exactly that of all.
  [[nodiscard]] double of_several(const PayerCandidate& all, const PayerCandidate& one) const {
    return kPaysForTwo * kNamesAll / kNamesTooMany * ratio(kAmount, all) / ratio(kAmount, one);
  }
  [[nodiscard]] double bills() const { return bills_; }

 private:
  [[nodiscard]] double ratio(std::size_t comparison, const PayerCandidate& candidate) const {
    const std::uint8_t level = to_vector(candidate.levels)[comparison];
    if (says_nothing(comparison, level)) return 1;
    const double ratio = model_.shows(comparison, shown_as(comparison, level)) /
                         std::clamp(by_chance(comparison, candidate), 1 / (bills_ * 1'000), 1.0);
    // A short number that may be anything is no evidence, not evidence against.
    const bool is_number = comparison == kNumber && candidate.levels.number != NumberLevel::kNone;
    return is_number ? std::max(ratio, 1.0) : ratio;
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
        return std::max(kGivesAStrangers * share(1),
                        power_of_ten(2 - static_cast<double>(candidate.number_digits)));
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
      case ReferenceLevel::kLostDigit:
      case ReferenceLevel::kWrongDigit:
      case ReferenceLevel::kSwapped:
      case ReferenceLevel::kWhole:
      case ReferenceLevel::kOfTheirsNearly:
      case ReferenceLevel::kOfTheirsLater: {
        const double slips = candidate.reference_is_damaged ? 1 : 0;
        return std::max(kGivesAStrangers * share(1), power_of_ten(2 + slips - digits));
      }
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
      case AmountLevel::kSeveral: {
        const bool is_told =
            !candidate.beside.empty() || candidate.named_own == candidate.bills.size();
        const double sums =
            is_told ? 1 : std::pow(2.0, static_cast<double>(candidate.bills.size()));
        return std::min(1.0, sums * std::max(share(1), 0.0005));
      }
      case AmountLevel::kEqual: return same_amount_by_chance(field_.same_amount);
      case AmountLevel::kCharged: return same_amount_by_chance(field_.same_sent);
    }
    return 1;
  }

  // The other bills of the amount, or one that nobody has seen.
  [[nodiscard]] double same_amount_by_chance(std::int64_t same) const {
    const auto bills = static_cast<double>(std::max<std::int64_t>(field_.bills, 1));
    const auto others = static_cast<double>(std::max<std::int64_t>(same - 1, 0));
    return std::max(others / bills, 1 / std::max(bills, static_cast<double>(kBillsOfAmountsMin)));
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
};

bool says_payer(const PayerCandidate& candidate) {
  return candidate.levels.account == AccountLevel::kKnown ||
         candidate.levels.name >= NameLevel::kInitials;
}

bool is_named(const PayerCandidate& candidate) {
  return names_the_bill(candidate.levels.reference) ||
         candidate.levels.number == NumberLevel::kInvoice;
}

// How much likelier what is seen is where it is for each candidate's debtor. Beside their paying
// themselves stands that who is known to pay does it for a relative, or, where no name is said, for
// whom else the text names; and that the text was copied from somebody else's bill.
std::vector<double> weigh_debtors(const std::vector<PayerCandidate>& candidates,
                                  const Weighing& weighing) {
  constexpr std::size_t kNobody = SIZE_MAX;
  std::size_t payer = kNobody;
  double payer_weight = 0;
  for (const PayerCandidate& each : candidates) {
    const double weight = says_payer(each) ? weighing.of_payer(each) : 0;
    if (weight > payer_weight) std::tie(payer, payer_weight) = std::tie(each.debtor, weight);
  }
  std::set<std::size_t> named;
  double copied = 0;
  for (const PayerCandidate& each : candidates) {
    if (!is_named(each)) continue;
    named.insert(each.debtor);
    const bool may_be_near = each.levels.name != NameLevel::kDiffers;
    if (may_be_near) copied = std::max(copied, weighing.of_copy(each));
  }
  std::vector<double> weights;
  for (const PayerCandidate& each : candidates) {
    double by_payer = weighing.of_payer(each);
    double by_text = weighing.of_debtor(each);
    if (payer != kNobody && each.debtor != payer && !each.bills.empty()) {
      const bool may_be_related = is_named(each) && each.levels.name == NameLevel::kNotSaid;
      const double paid_for = each.levels.name == NameLevel::kSurname ? kPaidByRelative
                              : may_be_related                        ? kPaidByOneNamedToo
                                                                      : 0;
      by_payer = std::max(by_payer, paid_for * payer_weight);
    }
    if (says_payer(each) && !named.contains(each.debtor)) {
      by_text = std::max(by_text, each.bills.empty() ? copied * kCopiesInVain : copied);
    }
    weights.push_back(by_payer * by_text);
  }
  return weights;
}

// So little that nothing is decided by it, and that it is still listed.
constexpr double kSetAside = 1e-9;

bool is_one_bill(const PayerCandidate& candidate) {
  return candidate.bills.size() == 1 && candidate.beside.empty();
}
bool is_owed_exactly(const PayerCandidate& candidate) {
  return is_one_bill(candidate) && candidate.is_owed &&
         (candidate.levels.amount == AmountLevel::kEqual ||
          candidate.levels.amount == AmountLevel::kCharged);
}

// Money of the amount of a bill that is owed is for that, and not for one of the same debtor that
// is paid already: there it would become a credit that pays the other. But where the payer gives
// the paid invoice's number it is said what is meant.
void set_aside_what_is_paid(const std::vector<PayerCandidate>& candidates,
                            std::vector<double>& weights) {
  std::set<std::size_t> owing;
  for (const PayerCandidate& each : candidates) {
    if (is_owed_exactly(each)) owing.insert(each.debtor);
  }
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    const PayerCandidate& each = candidates[at];
    const bool is_paid = is_one_bill(each) && !each.is_owed;
    if (!is_paid || each.levels.number == NumberLevel::kInvoice) continue;
    if (owing.contains(each.debtor)) weights[at] *= kSetAside;
  }
}

// Of bills of one debtor that only their days tell apart the first, which is the oldest, is paid.
void pay_the_oldest_first(std::vector<PayerCandidate>& candidates, std::vector<double>& weights) {
  std::map<std::pair<std::size_t, LevelVector>, std::size_t> oldest;
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    if (!is_owed_exactly(candidates[at])) continue;
    LevelVector levels = to_vector(candidates[at].levels);
    levels[kDay] = 0;
    const auto [first, is_first] = oldest.emplace(std::pair(candidates[at].debtor, levels), at);
    if (is_first) continue;
    weights[first->second] += weights[at];
    weights[at] *= kSetAside;
    ++candidates[first->second].alike;
  }
}

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
        shares[shown_as(at, each.levels[at])] += static_cast<double>(each.count);
      }
    }
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (double& share : shares) share /= all;
  }
  for (const LevelCount& each : confirmed) model.confirmed_ += each.count;
  return model;
}

namespace {

// Of bills of several debtors: as much as the likeliest of these alone, and more by what the sum of
// all says.
void weigh_several(const std::vector<PayerCandidate>& candidates, const Weighing& weighing,
                   std::vector<double>& weights) {
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    if (candidates[at].beside.empty()) continue;
    weights[at] = 0;
    for (std::size_t one = 0; one < candidates.size(); ++one) {
      const PayerCandidate& each = candidates[one];
      if (!is_one_bill(each) || each.named_own != 1 || !each.is_owed) continue;
      weights[at] = std::max(weights[at], weights[one] * weighing.of_several(candidates[at], each));
    }
  }
}

}  // namespace

PayerRanking rank(std::vector<PayerCandidate> candidates, const PayerField& field,
                  const PayerModel& model) {
  const Weighing weighing(field, model);
  // Whose name the payer has may pay for somebody else, as those do whose names differ.
  const double for_others = kPaysSomethingElse +
                            model.shows(kName, static_cast<std::uint8_t>(NameLevel::kDiffers)) +
                            model.shows(kName, static_cast<std::uint8_t>(NameLevel::kSurname));
  const std::vector<double> debtors = weigh_debtors(candidates, weighing);
  std::vector<double> weights;
  double all = 1 - kIsOurs;
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    const PayerCandidate& candidate = candidates[at];
    double weight = kIsOurs / weighing.bills() * debtors[at];
    if (candidate.bills.empty()) {
      weight *= for_others;
      if (candidate.named > 0) weight *= kNamedInVain;
    } else {
      weight *= weighing.of_bills(candidate);
      if (!candidate.is_owed) weight *= kPaidAgain;
    }
    weights.push_back(weight);
  }
  weigh_several(candidates, weighing, weights);
  set_aside_what_is_paid(candidates, weights);
  pay_the_oldest_first(candidates, weights);
  for (const double weight : weights) all += weight;
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

namespace {

// The text names an owed bill of another debtor as well, and the amount is not just the first's.
bool names_another_too(const PayerRanking& ranking) {
  const PayerCandidate& first = ranking.candidates.front();
  return !is_owed_exactly(first) && std::ranges::any_of(ranking.candidates, [&](const auto& each) {
    return each.debtor != first.debtor && is_one_bill(each) && each.is_owed &&
           each.named_own == 1 && first.named_own > 0;
  });
}

}  // namespace

bool is_sure(const PayerRanking& ranking, std::int64_t one_wrong_in) {
  if (ranking.candidates.empty()) return false;
  const PayerCandidate& first = ranking.candidates.front();
  const bool says_who = first.levels.reference >= ReferenceLevel::kOfTheirs ||
                        first.levels.number != NumberLevel::kNone || says_payer(first);
  const double wrong = 1 - ranking.probabilities.front();
  // Who pays for several customers at once is seldom enough for a person to look at it.
  return says_who && first.is_owed && first.beside.empty() && !names_another_too(ranking) &&
         wrong * static_cast<double>(std::max<std::int64_t>(one_wrong_in, 1)) <= 1;
}

bool points_elsewhere(const PayerRanking& ranking, std::size_t named_debtor) {
  for (const PayerCandidate& each : ranking.candidates) {
    if (each.debtor == named_debtor) return false;
    const bool is_exact = each.levels.amount == AmountLevel::kEqual ||
                          each.levels.amount == AmountLevel::kCharged ||
                          each.levels.amount == AmountLevel::kSeveral;
    if (each.is_owed && is_exact && says_payer(each)) return true;
  }
  return false;
}

}  // namespace domain::matching
