// Sorted lists answer both questions: who is near, and how common is this.
#include "domain/matching/candidates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <string_view>

namespace domain::matching {
namespace {

constexpr double kAmountStep = 0.005;
constexpr double kAmountReach = kAmountStep * kAmountNear / 2;
constexpr std::size_t kRareName = 5;  // So many destinations with a name are looked at.
constexpr double kUsualWeight = 100;  // Rows that the usual shares count for.
constexpr double kUsualAmount = 0.002;
constexpr double kUsualName = 0.005;
constexpr double kUsualDay = 0.03;
constexpr double kUsualCode = 0.0001;
constexpr std::size_t kSampledPairs = 200'000;
constexpr std::size_t kSampleStride = 7'919;  // A prime: every origin meets many destinations.

struct ByAmount {
  std::int64_t amount;
  std::uint32_t row;
  auto operator<=>(const ByAmount&) const = default;
};

// How likely two rows that do not belong together agree so, by sampling such pairs.
struct PartChances {
  std::array<double, kPartAgreements> purpose = {};
  std::array<double, kPartAgreements> way = {};
  std::array<double, kPartAgreements> code = {};
  std::array<double, kNameAgreements> name = {};
};

template <std::size_t kLevels>
void to_logarithms(std::array<double, kLevels>& counts) {
  double all = 0;
  for (double& count : counts) all += count += 1;
  for (double& count : counts) count = std::log(count / all);
}

class Finder {
 public:
  Finder(std::span<const Remittance> origins, std::span<const Remittance> destinations)
      : origins_(origins), destinations_(destinations) {
    const Lexicon lexicon = Lexicon::learn(origins, destinations);
    for (const Remittance& row : origins) origin_memos_.push_back(lexicon.parse(row.memo));
    for (const Remittance& row : destinations) {
      destination_memos_.push_back(lexicon.parse(row.memo));
    }
    for (std::uint32_t row = 0; row < destinations.size(); ++row) {
      amounts_.push_back({destinations[row].amount, row});
      ++days_[destinations[row].day.days()];
      names_.push_back(destination_memos_[row].name);
      by_name_[destination_memos_[row].name].push_back(row);
      ++codes_[destination_memos_[row].code.word];
    }
    std::ranges::sort(amounts_);
    std::ranges::sort(names_);
    sample();
  }

  std::vector<Candidate> find() {
    std::vector<Candidate> candidates;
    for (std::uint32_t origin = 0; origin < origins_.size(); ++origin) {
      const std::size_t first = candidates.size();
      add_of(origin, candidates);
      std::ranges::sort(candidates.begin() + static_cast<std::ptrdiff_t>(first), candidates.end(),
                        {}, &Candidate::destination);
    }
    return candidates;
  }

 private:
  void sample() {
    if (origins_.empty() || destinations_.empty()) return;
    for (std::size_t pair = 0; pair < kSampledPairs; ++pair) {
      const Memo& a = origin_memos_[pair % origins_.size()];
      const Memo& b = destination_memos_[pair * kSampleStride % destinations_.size()];
      ++chances_.purpose[static_cast<std::size_t>(compare_parts(a.purpose, b.purpose))];
      ++chances_.way[static_cast<std::size_t>(compare_parts(a.way, b.way))];
      ++chances_.code[static_cast<std::size_t>(compare_parts(a.code, b.code))];
      ++chances_.name[static_cast<std::size_t>(compare_names(a, b))];
    }
    to_logarithms(chances_.purpose);
    to_logarithms(chances_.way);
    to_logarithms(chances_.code);
    to_logarithms(chances_.name);
  }

  // The share of destinations, drawn towards what is usual: a few rows say little.
  [[nodiscard]] double log_share(double count, double usual) const {
    const auto rows = static_cast<double>(destinations_.size());
    return std::log((count + kUsualWeight * usual) / (rows + kUsualWeight));
  }

  [[nodiscard]] std::ptrdiff_t first_from(double amount) const {
    const auto from = static_cast<std::int64_t>(std::ceil(amount));
    return std::ranges::lower_bound(amounts_, from, {}, &ByAmount::amount) - amounts_.begin();
  }

  void add_of(std::uint32_t origin, std::vector<Candidate>& candidates) {
    const std::int64_t amount = origins_[origin].amount;
    const auto exact = std::ranges::equal_range(amounts_, amount, {}, &ByAmount::amount);
    log_equal_ = log_share(static_cast<double>(exact.size()), kUsualAmount);
    std::ptrdiff_t from = exact.begin() - amounts_.begin();
    std::ptrdiff_t to = exact.end() - amounts_.begin();
    if (amount > 0) {
      const auto size = static_cast<double>(amount);
      from = first_from(size * std::exp(-kAmountReach));
      to = first_from(size * std::exp(kAmountReach));
    }
    log_near_ =
        log_share(static_cast<double>(to - from) / static_cast<double>(kAmountNear), kUsualAmount);
    for (std::ptrdiff_t at = from; at < to; ++at) {
      weigh(origin, amounts_[static_cast<std::size_t>(at)].row, candidates);
    }
    const auto same_name = by_name_.find(origin_memos_[origin].name);
    if (same_name == by_name_.end() || same_name->second.size() > kRareName) return;
    for (const std::uint32_t row : same_name->second) {
      if (amount_level(amount, destinations_[row].amount) == kAmountDiffers) {
        weigh(origin, row, candidates);
      }
    }
  }

  void weigh(std::uint32_t origin, std::uint32_t destination, std::vector<Candidate>& candidates) {
    const Remittance& a = origins_[origin];
    const Remittance& b = destinations_[destination];
    const std::int32_t lag = b.day - a.day;
    if (lag < kLagMin || lag > kLagMax) return;
    const Memo& memo_a = origin_memos_[origin];
    const Memo& memo_b = destination_memos_[destination];
    Levels levels;
    levels.amount = static_cast<std::uint8_t>(amount_level(a.amount, b.amount));
    levels.lag = static_cast<std::uint8_t>(lag - kLagMin);
    levels.name = compare_names(memo_a, memo_b);
    if (levels.name == NameAgreement::kDiffers && levels.amount != kAmountEqual) return;
    levels.purpose = compare_parts(memo_a.purpose, memo_b.purpose);
    levels.way = compare_parts(memo_a.way, memo_b.way);
    levels.code = compare_parts(memo_a.code, memo_b.code);
    const double log_chance = amount_chance(levels) + log_share(days_[b.day.days()], kUsualDay) +
                              name_chance(memo_a, memo_b, levels.name) +
                              chances_.purpose[static_cast<std::size_t>(levels.purpose)] +
                              chances_.way[static_cast<std::size_t>(levels.way)] +
                              code_chance(memo_a, memo_b, levels.code);
    candidates.push_back({origin, destination, levels, log_chance});
  }

  [[nodiscard]] double amount_chance(const Levels& levels) const {
    if (levels.amount == kAmountEqual) return log_equal_;
    return levels.amount == kAmountDiffers ? 0 : log_near_;
  }

  [[nodiscard]] double name_chance(const Memo& a, const Memo& b, NameAgreement level) const {
    switch (level) {
      case NameAgreement::kEqual:
        return log_share(static_cast<double>(by_name_.at(b.name).size()), kUsualName);
      case NameAgreement::kCut:
      case NameAgreement::kWords:
        return log_share(beginning_with(a.name.size() < b.name.size() ? a.name : b.name),
                         kUsualName);
      case NameAgreement::kInitials:
      case NameAgreement::kSimilar:
      case NameAgreement::kPartly:
      case NameAgreement::kDiffers: break;
    }
    return chances_.name[static_cast<std::size_t>(level)];
  }

  [[nodiscard]] double beginning_with(const std::string& beginning) const {
    const auto from = std::ranges::lower_bound(names_, beginning);
    const auto to = std::ranges::lower_bound(names_, beginning + '\x7f');
    return static_cast<double>(to - from);
  }

  [[nodiscard]] double code_chance(const Memo& a, const Memo& b, PartAgreement level) const {
    if (level != PartAgreement::kEqual) return chances_.code[static_cast<std::size_t>(level)];
    const std::string& code = a.code.word.size() > b.code.word.size() ? a.code.word : b.code.word;
    const auto known = codes_.find(code);
    return log_share(known == codes_.end() ? 1 : static_cast<double>(known->second), kUsualCode);
  }

  std::span<const Remittance> origins_;
  std::span<const Remittance> destinations_;
  std::vector<Memo> origin_memos_;
  std::vector<Memo> destination_memos_;
  std::vector<ByAmount> amounts_;
  std::map<std::int32_t, std::int32_t> days_;
  std::vector<std::string> names_;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_name_;
  std::map<std::string, std::size_t, std::less<>> codes_;
  PartChances chances_;
  double log_equal_ = 0;  // Of the origin whose candidates are being found.
  double log_near_ = 0;
};

}  // namespace

std::size_t amount_level(std::int64_t origin, std::int64_t destination) {
  if (origin == destination) return kAmountEqual;
  if (origin <= 0 || destination <= 0) return kAmountDiffers;
  const double away = std::log(static_cast<double>(destination) / static_cast<double>(origin));
  const double step = std::floor((away + kAmountReach) / kAmountStep);
  if (step < 0 || step >= static_cast<double>(kAmountNear)) return kAmountDiffers;
  return static_cast<std::size_t>(step);
}

std::vector<Candidate> find_candidates(std::span<const Remittance> origins,
                                       std::span<const Remittance> destinations) {
  if (origins.empty() || destinations.empty()) return {};
  return Finder(origins, destinations).find();
}

}  // namespace domain::matching
