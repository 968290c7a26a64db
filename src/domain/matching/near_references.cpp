#include "domain/matching/near_references.h"

#include <algorithm>

#include "domain/check/characters.h"
#include "domain/matching/written_numbers.h"
#include "domain/reference/registry.h"

namespace domain::matching {
namespace {

constexpr std::size_t kNumbersMax = 20;
constexpr std::size_t kDigitsMax = 30;
constexpr std::size_t kDamagedDigitsMin = 5;
constexpr std::string_view kSigns = " -./\t";

std::string without_zeros(std::string_view digits) {
  return std::string(digits.substr(std::min(digits.find_first_not_of('0'), digits.size())));
}

class Nearby {
 public:
  Nearby(const ReferenceScheme& scheme, const ReferenceOptions& options)
      : scheme_(scheme), options_(options), is_rf_(scheme.name.find("rf") != scheme.name.npos) {}

  void add(const std::string& digits) {
    if (found_.size() >= kNearReferencesMax) return;
    auto whole = scheme_.check(digits, options_);
    if (!whole && is_rf_) whole = scheme_.check("RF" + digits, options_);
    if (whole && std::ranges::find(found_, *whole) == found_.end()) {
      found_.push_back(*std::move(whole));
    }
  }

  void add_slips(const std::string& digits) {
    for (std::size_t at = 0; at + 1 < digits.size(); ++at) {
      std::string other = digits;
      std::swap(other[at], other[at + 1]);
      if (other != digits) add(other);
    }
    for (std::size_t at = 0; at < digits.size(); ++at) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string other = digits;
        other[at] = digit;
        if (digit != digits[at]) add(other);
      }
    }
    for (std::size_t at = 0; at <= digits.size(); ++at) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        add(digits.substr(0, at) + digit + digits.substr(at));
      }
    }
  }

  [[nodiscard]] std::vector<std::string> take() { return std::move(found_); }

 private:
  const ReferenceScheme& scheme_;
  const ReferenceOptions& options_;
  bool is_rf_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> numbers_in(std::string_view text) {
  std::vector<std::string> runs;
  std::vector<bool> joins_next;
  for (std::size_t at = 0; at < text.size() && runs.size() < kNumbersMax;) {
    if (!check::is_digit(text[at])) {
      ++at;
      continue;
    }
    std::string run;
    while (at < text.size() && check::is_digit(text[at])) run.push_back(text[at++]);
    const std::size_t next = text.find_first_not_of(kSigns, at);
    runs.push_back(std::move(run));
    joins_next.push_back(next != text.npos && check::is_digit(text[next]));
  }
  std::vector<std::string> numbers;
  for (std::size_t first = 0; first < runs.size(); ++first) {
    std::string digits;
    for (std::size_t last = first; last < runs.size(); ++last) {
      digits += runs[last];
      if (digits.size() > kDigitsMax) break;
      std::string number = without_zeros(digits);
      if (!number.empty() && numbers.size() < kNumbersMax &&
          std::ranges::find(numbers, number) == numbers.end()) {
        numbers.push_back(std::move(number));
      }
      if (!joins_next[last]) break;
    }
  }
  return numbers;
}

std::vector<std::string> near_references(std::string_view text, std::string_view scheme,
                                         const ReferenceOptions& options) {
  const ReferenceScheme* found = find_reference_scheme(scheme);
  if (found == nullptr) return {};
  Nearby nearby(*found, options);
  const std::vector<std::string> numbers = numbers_in(text);
  for (const std::string& number : numbers) nearby.add(number);
  for (const WrittenNumber& number : written_numbers(text)) {
    if (number.digits.size() >= kDamagedDigitsMin && !number.is_other) {
      nearby.add_slips(number.digits);
    }
  }
  return nearby.take();
}

}  // namespace domain::matching
