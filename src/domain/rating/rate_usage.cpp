// One record's price. The index answers, for a kind, a plan and a zone, which few items may fit;
// the destination and the time of day then decide among them.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "domain/rating/arithmetic.h"
#include "domain/rating/rating.h"

namespace domain {
namespace {

using base::Decimal;
using base::Int128;
using base::Result;

constexpr std::int64_t kSecondsMax = 31LL * 86'400;
constexpr std::int64_t kBytesMax = 10'000'000'000'000;
constexpr std::int64_t kPiecesMax = 1'000'000;
constexpr std::int64_t kGivenPriceMax = 1'000'000'000;
// Amounts have eight places, two fewer than a Decimal.
constexpr std::int64_t kAmountStep = 100;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};
// Text to the number it was given when it was first seen.
class Numbering {
 public:
  static constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);
  std::size_t add(std::string_view text) {
    return numbers_.try_emplace(std::string(text), numbers_.size()).first->second;
  }
  [[nodiscard]] std::size_t find(std::string_view text) const {
    const auto found = numbers_.find(text);
    return found == numbers_.end() ? kUnknown : found->second;
  }
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }

 private:
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> numbers_;
};

// A destination as prefixes are written: no spaces, dashes or brackets, 00 as +. What holds
// letters is a name and stays as it is.
class Destination {
 public:
  explicit Destination(std::string_view text) : text_(text) {
    if (text.size() > buffer_.size()) return;
    std::size_t size = 0;
    for (const char c : text) {
      if (c == ' ' || c == '-' || c == '(' || c == ')') continue;
      if ((c < '0' || c > '9') && c != '+') return;
      buffer_[size++] = c;
    }
    text_ = std::string_view(buffer_.data(), size);
    if (text_.starts_with("00")) {
      buffer_[1] = '+';
      text_.remove_prefix(1);
    }
  }
  Destination(const Destination&) = delete;
  Destination& operator=(const Destination&) = delete;
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  std::array<char, 32> buffer_;
  std::string_view text_;
};

// The classes of numbers: the longest beginning decides.
class NumberClasses {
 public:
  void add(const CatalogueItem& item) {
    for (const std::string& prefix : item.number_prefixes) {
      if (prefix.empty()) {
        of_nothing_ = &item;
      } else {
        const auto first = static_cast<unsigned char>(prefix.front());
        by_first_[first].emplace_back(prefix, &item);
      }
    }
  }
  void sort() {
    for (auto& [first, entries] : by_first_) {
      std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
        return a.first.size() != b.first.size() ? a.first.size() > b.first.size()
                                                : a.first < b.first;
      });
    }
  }
  // Whether the catalogue says what a record without a number is.
  [[nodiscard]] bool know_nothing() const { return of_nothing_ != nullptr; }
  // Null where no class knows the number.
  [[nodiscard]] const CatalogueItem* find(std::string_view number) const {
    if (number.empty()) return of_nothing_;
    const auto entries = by_first_.find(static_cast<unsigned char>(number.front()));
    if (entries == by_first_.end()) return nullptr;
    for (const Entry& entry : entries->second) {
      if (number.starts_with(entry.first)) return entry.second;
    }
    return nullptr;
  }

 private:
  using Entry = std::pair<std::string, const CatalogueItem*>;
  std::map<unsigned char, std::vector<Entry>> by_first_;  // The longest prefix first.
  const CatalogueItem* of_nothing_ = nullptr;
};

// Whether usage of an item has a price, or an allowance that may cover it.
bool gives(const CatalogueItem& plan, const std::vector<std::string>& pools) {
  return std::ranges::any_of(plan.plan.allowances, [&](const Allowance& allowance) {
    return std::ranges::count(pools, allowance.pool) > 0;
  });
}

struct Candidate {
  const CatalogueItem* item = nullptr;
  bool may_be_covered = false;  // By the plan, or by another service of the account.
};

bool allows(const std::vector<std::string>& names, std::string_view name) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

Result<> check_possible(const UsageEvent& event) {
  const auto within = [](std::int64_t value, std::int64_t max) {
    return 0 <= value && value <= max;
  };
  const bool price_fits =
      !event.given_price || (!event.given_price->amount.is_negative() &&
                             event.given_price->amount <= Decimal::from_integer(kGivenPriceMax));
  if (within(event.duration_s, kSecondsMax) && within(event.volume_bytes, kBytesMax) &&
      within(event.pieces, kPiecesMax) && price_fits &&
      within(event.second_of_day, TimeWindow::kDay - 1)) {
    return {};
  }
  return base::fail("impossible_usage",
                    "a record must be from zero to 31 days, 10 TB, a million pieces and a price "
                    "of 1,000 million",
                    event.kind);
}

// Half up to eight places.
Decimal to_amount(Int128 numerator, Int128 denominator) {
  return Decimal::from_scaled(
      base::divide_rounded(numerator, denominator * kAmountStep, base::RoundingMode::kHalfUp) *
      kAmountStep);
}

std::int64_t counted(const UsageEvent& event, const CatalogueItem& item,
                     const CatalogueItem* plan) {
  const UsageMeasure measure = measure_of(item.usage.unit);
  const bool own_steps = measure == UsageMeasure::kTime && plan != nullptr && plan->plan.increments;
  const auto& increments = own_steps ? plan->plan.increments : item.usage.increments;
  std::int64_t quantity = event.pieces;
  if (measure == UsageMeasure::kTime) quantity = event.duration_s;
  if (measure == UsageMeasure::kVolume) quantity = event.volume_bytes;
  return increments ? increments->count(quantity) : quantity;
}

}  // namespace

namespace {

using Items = std::vector<const CatalogueItem*>;

Items of_kind(const Catalogue& catalogue, ItemKind kind) {
  Items items;
  for (const CatalogueItem& item : catalogue.items()) {
    if (item.kind == kind) items.push_back(&item);
  }
  return items;
}

// How exactly an item names a record; the larger wins, from left to right.
using Exactness = std::array<std::size_t, 4>;
Exactness exactness(const UsageMatch& match, std::size_t destination) {
  return {destination, std::size_t{!match.plans.empty()}, std::size_t{!match.zones.empty()},
          std::size_t{!match.windows.empty()}};
}

// 0: not meant. 1: any destination, 2: its class, 2 + n: a prefix of n characters.
std::size_t destination_fits(const UsageMatch& match, std::string_view number,
                             const CatalogueItem* number_class) {
  if (!match.classes.empty()) {
    return number_class != nullptr && allows(match.classes, number_class->code) ? 2 : 0;
  }
  if (match.prefixes.empty()) return 1;
  std::size_t longest = 0;
  for (const std::string& prefix : match.prefixes) {
    if (number.starts_with(prefix)) longest = std::max(longest, prefix.size() + 2);
  }
  return longest;
}

bool time_fits(const UsageMatch& match, const UsageEvent& event) {
  if (match.windows.empty()) return true;
  return std::ranges::any_of(match.windows, [&](const TimeWindow& window) {
    return window.contains(event.second_of_day, event.day_kind);
  });
}

// Digits, after a plus where it names its country.
bool is_number(std::string_view text) {
  constexpr std::size_t kDigitsMax = 20;
  if (text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && text.size() <= kDigitsMax &&
         std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

// What is no telephone number would be taken for one far away, and priced as such.
Result<> check_destination(const std::vector<Candidate>& candidates, const UsageEvent& event,
                           std::string_view number, const NumberClasses& classes) {
  const bool is_said = event.destination.empty() ? classes.know_nothing() : is_number(number);
  if (is_said) return {};
  const bool matters = std::ranges::any_of(candidates, [](const Candidate& candidate) {
    const UsageMatch& match = candidate.item->usage.match;
    return !match.classes.empty() || !match.prefixes.empty();
  });
  if (!matters) return {};
  return base::fail("bad_destination",
                    event.destination.empty()
                        ? "the record does not say which number was called"
                        : "what was called is no telephone number, and the price depends on it",
                    event.kind);
}

const Candidate* choose(const std::vector<Candidate>& candidates, const UsageEvent& event,
                        std::string_view number, const CatalogueItem* number_class) {
  const Candidate* best = nullptr;
  Exactness best_exactness{};
  for (const Candidate& candidate : candidates) {
    const UsageMatch& match = candidate.item->usage.match;
    const std::size_t destination = destination_fits(match, number, number_class);
    if (destination == 0 || !time_fits(match, event)) continue;
    const Exactness found = exactness(match, destination);
    if (best != nullptr && found <= best_exactness) continue;
    best = &candidate;
    best_exactness = found;
  }
  return best;
}

// What is known of a record when its item has been found.
struct Case {
  const UsageEvent& event;
  const UsageTerms& terms;
  const CatalogueItem* plan;          // Null where the service has none.
  const CatalogueItem* number_class;  // Null where none knows the destination.
};

std::unexpected<base::Error> no_price(const Case& of, const std::string& why) {
  const std::string to = of.number_class == nullptr ? "other" : of.number_class->code;
  return base::fail("no_price", why + "; it is not billed until the catalogue says what it costs",
                    of.event.kind + "/" + of.event.zone + "/" + to);
}

// Of one record by a row: exact, then half up to eight places.
Result<Decimal> amount_of(const PriceRow& row, const UsageDefinition& usage, Decimal quantity,
                          std::int64_t count) {
  if (usage.scope == PriceScope::kMonth) return Decimal();
  if (row.model) {
    const Decimal exact = TRY(row.model->amount(quantity));
    return to_amount(exact.scaled(), 1);
  }
  if (usage.unit == UsageUnit::kMoney) {
    const Decimal exact = TRY(checked_product(quantity, row.price.amount));
    return to_amount(exact.scaled(), 1);
  }
  return to_amount(row.price.amount.scaled() * count, size_of(usage.unit));
}

bool add_ons_give(const Catalogue& catalogue, const UsageTerms& terms,
                  const std::vector<std::string>& pools) {
  return std::ranges::any_of(terms.add_ons, [&](const std::string& code) {
    const CatalogueItem* add_on = catalogue.find(code, ItemKind::kAddOn);
    return add_on != nullptr && gives(*add_on, pools);
  });
}

Result<RatedUsage> rate_as(const Candidate& chosen, const Case& of, const Catalogue& catalogue) {
  const CatalogueItem& item = *chosen.item;
  const UsageDefinition& usage = item.usage;
  const auto& given = of.event.given_price;
  RatedUsage rated;
  rated.item = item.code;
  if (!given && (usage.price_from_record || usage.unit == UsageUnit::kMoney)) {
    return no_price(of, "the record brings no price, and " + item.code + " has none");
  }
  const std::int64_t count = counted(of.event, item, of.plan);
  rated.quantity = usage.unit == UsageUnit::kMoney
                       ? given->amount
                       : Decimal::from_scaled(base::divide_rounded(
                             static_cast<Int128>(count) * Decimal::kOne, size_of(usage.unit),
                             base::RoundingMode::kHalfUp));
  if (usage.price_from_record) {
    rated.amount = to_amount(given->amount.scaled(), 1);
    rated.includes_vat = usage.includes_vat;
    return rated;
  }
  if (item.prices.empty()) {
    if (chosen.may_be_covered || add_ons_give(catalogue, of.terms, usage.pools)) return rated;
    return no_price(of, item.code + " has no price, and no allowance covers it");
  }
  const PriceRow* row = Catalogue::find_price(item, of.event.day, of.terms.brand);
  if (row == nullptr) {
    return no_price(of, item.code + " has no price on " + of.event.day.to_string());
  }
  rated.includes_vat = row->includes_vat;
  rated.amount = TRY(amount_of(*row, usage, rated.quantity, count));
  if (count > 0) rated.amount = rated.amount + to_amount(usage.connect_fee.amount.scaled(), 1);
  return rated;
}

}  // namespace

struct RatingBook::Index {
  explicit Index(const Catalogue& of) : catalogue(of) {
    number_all();
    const Items usages = of_kind(catalogue, ItemKind::kUsage);
    candidates.resize(kinds.size() * rows() * (zones.size() + 1));
    for (const CatalogueItem* item : usages) {
      std::size_t row = 0;
      for (const CatalogueItem* plan : plan_items) place(*item, row++, plan->division, plan);
      for (const std::string& division : divisions) place(*item, row++, division, nullptr);
    }
  }

  // Every plan has a row, and so has every division for services without a plan.
  [[nodiscard]] std::size_t rows() const { return plan_items.size() + divisions.size(); }

  // Zones that no item names share the last column.
  [[nodiscard]] std::size_t slot(std::size_t kind, std::size_t row, std::size_t zone) const {
    return (kind * rows() + row) * (zones.size() + 1) + std::min(zone, zones.size());
  }

  const Catalogue& catalogue;
  Numbering kinds, plans, zones;
  NumberClasses classes;
  Items plan_items;
  std::vector<std::string> divisions;
  std::vector<std::string> shared_pools;
  std::vector<std::vector<Candidate>> candidates;  // By slot.

 private:
  void number_all() {
    for (const CatalogueItem& item : catalogue.items()) {
      for (const Allowance& allowance : item.plan.allowances) {
        if (allowance.shared) shared_pools.push_back(allowance.pool);
      }
      if (item.kind == ItemKind::kNumberClass) classes.add(item);
      if (item.kind != ItemKind::kUsage) continue;
      for (const std::string& kind : item.usage.match.kinds) kinds.add(kind);
      for (const std::string& zone : item.usage.match.zones) zones.add(zone);
      if (std::ranges::count(divisions, item.division) == 0) divisions.push_back(item.division);
    }
    classes.sort();
    plan_items = of_kind(catalogue, ItemKind::kPlan);
    for (const CatalogueItem* plan : plan_items) plans.add(plan->code);
  }

  void place(const CatalogueItem& item, std::size_t row, std::string_view division,
             const CatalogueItem* plan) {
    const UsageMatch& match = item.usage.match;
    if (item.division != division) return;
    if (plan == nullptr ? !match.plans.empty() : !allows(match.plans, plan->code)) return;
    const bool shared = std::ranges::any_of(item.usage.pools, [&](const std::string& pool) {
      return std::ranges::count(shared_pools, pool) > 0;
    });
    const bool covered = shared || (plan != nullptr && gives(*plan, item.usage.pools));
    std::vector<bool> meant(zones.size() + 1, match.zones.empty());
    for (const std::string& zone : match.zones) meant[zones.find(zone)] = true;
    for (const std::string& kind : match.kinds) {
      for (std::size_t zone = 0; zone <= zones.size(); ++zone) {
        if (!meant[zone]) continue;
        candidates[slot(kinds.find(kind), row, zone)].push_back({&item, covered});
      }
    }
  }
};

RatingBook::RatingBook(const Catalogue& catalogue)
    : index_(std::make_unique<const Index>(catalogue)) {}
RatingBook::~RatingBook() = default;
RatingBook::RatingBook(RatingBook&&) noexcept = default;
RatingBook& RatingBook::operator=(RatingBook&&) noexcept = default;

Result<RatedUsage> RatingBook::rate(const UsageEvent& event, const UsageTerms& terms) const {
  TRY(check_possible(event));
  const CatalogueItem* plan = nullptr;
  std::size_t row = 0;
  if (terms.plan.empty()) {
    const auto division = std::ranges::find(index_->divisions, terms.division);
    row =
        index_->plan_items.size() + static_cast<std::size_t>(division - index_->divisions.begin());
  } else {
    row = index_->plans.find(terms.plan);
    if (row == Numbering::kUnknown) {
      return base::fail("unknown_plan", "the catalogue has no plan " + terms.plan, terms.plan);
    }
    plan = index_->plan_items[row];
  }
  const Destination destination(event.destination);
  const Case of{event, terms, plan, index_->classes.find(destination.text())};
  const std::size_t kind = index_->kinds.find(event.kind);
  const Candidate* chosen = nullptr;
  if (kind != Numbering::kUnknown && row < index_->rows()) {
    const std::size_t slot = index_->slot(kind, row, index_->zones.find(event.zone));
    TRY(check_destination(index_->candidates[slot], event, destination.text(), index_->classes));
    chosen = choose(index_->candidates[slot], event, destination.text(), of.number_class);
  }
  if (chosen == nullptr) return no_price(of, "no item of the catalogue is for such a record");
  return rate_as(*chosen, of, index_->catalogue);
}

Result<RatedUsage> rate_usage(const UsageEvent& event, const UsageTerms& terms,
                              const Catalogue& catalogue) {
  return RatingBook(catalogue).rate(event, terms);
}

}  // namespace domain
