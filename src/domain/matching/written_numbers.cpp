#include "domain/matching/written_numbers.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "domain/check/characters.h"

namespace domain::matching {
namespace {

constexpr std::size_t kNumbersMax = 40;
constexpr std::size_t kDigitsMax = 30;
constexpr std::size_t kPhoneDigitsMin = 8, kPhoneDigitsMax = 12;
constexpr std::size_t kSumDigitsMax = 7;
constexpr std::string_view kSigns = " -./\t";

struct Group {
  std::string_view digits;
  std::size_t at = 0;
  char sign = 0;  // Between it and the next; zero where they are not neighbours.
  bool touches_letters = false;
  bool is_other = false;
};

bool is_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return check::is_upper(c) || (c >= 'a' && c <= 'z') || byte >= 0x80;
}

std::string without_zeros(std::string_view digits) {
  return std::string(digits.substr(std::min(digits.find_first_not_of('0'), digits.size())));
}

int value_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + check::value_of(c);
  return value;
}

bool is_year(std::string_view digits) {
  return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}
bool is_part(std::string_view digits, int max) {
  return digits.size() <= 2 && value_of(digits) >= 1 && value_of(digits) <= max;
}
bool is_month(std::string_view digits) { return is_part(digits, 12); }
bool is_day(std::string_view digits) { return is_part(digits, 31); }

// How many of the first groups are a day or a month.
std::size_t day_length(std::span<const Group> groups) {
  const auto at = [&](std::size_t place) { return groups[place].digits; };
  const auto joined = [&](std::size_t count) {
    return groups.size() >= count && groups[0].sign != 0 &&
           (count == 2 || groups[1].sign == groups[0].sign);
  };
  if (joined(3)) {
    if (is_year(at(0)) && is_month(at(1)) && is_day(at(2))) return 3;
    const bool is_short = at(2).size() == 2 && groups[0].sign != ' ';
    if (is_day(at(0)) && is_month(at(1)) && (is_year(at(2)) || is_short)) return 3;
  }
  if (joined(2)) {
    if (is_year(at(0)) && is_month(at(1)) && at(1).size() == 2) return 2;
    if (is_month(at(0)) && is_year(at(1))) return 2;
    if (is_day(at(0)) && is_month(at(1)) && groups[0].sign == '/') return 2;
  }
  const std::string_view digits = at(0);
  const bool is_compact = digits.size() == 8 && is_year(digits.substr(0, 4)) &&
                          is_month(digits.substr(4, 2)) && is_day(digits.substr(6, 2));
  return is_compact ? 1 : 0;
}

// Neighbours that may be one number or several.
class Stretch {
 public:
  Stretch(std::string_view text, std::span<Group> groups) : text_(text), groups_(groups) { tell(); }

  void add_to(std::vector<WrittenNumber>& numbers) const {
    for (std::size_t first = 0; first < groups_.size();) {
      const std::size_t last = end_of_groups(first);
      if (reads_as_one(groups_.subspan(first, last - first))) add(first, last, numbers);
      first = last;
    }
    for (std::size_t at = 0; at < groups_.size(); ++at) add(at, at + 1, numbers);
  }

 private:
  void tell() {
    if (is_phone()) {
      for (Group& group : groups_) group.is_other = true;
    }
    for (std::size_t at = 0; at < groups_.size();) {
      const std::size_t length = day_length(groups_.subspan(at));
      for (std::size_t day = at; day < at + length; ++day) groups_[day].is_other = true;
      at += std::max<std::size_t>(length, 1);
    }
    // "613.00": two digits at the end, after a point.
    for (std::size_t at = 0; at + 1 < groups_.size(); ++at) {
      const bool is_sum = groups_[at].sign == '.' && groups_[at + 1].digits.size() == 2 &&
                          groups_[at + 1].sign != '.' && (at == 0 || groups_[at - 1].sign != '.') &&
                          groups_[at].digits.size() <= kSumDigitsMax;
      if (is_sum) groups_[at].is_other = groups_[at + 1].is_other = true;
    }
    // "613,00", where the comma is no sign between digits.
    Group& last = groups_.back();
    const std::size_t after = last.at + last.digits.size();
    const auto is_digit_at = [&](std::size_t at) {
      return at < text_.size() && check::is_digit(text_[at]);
    };
    const bool has_comma = after < text_.size() && text_[after] == ',' && is_digit_at(after + 1) &&
                           is_digit_at(after + 2) && !is_digit_at(after + 3);
    if (has_comma && last.digits.size() <= kSumDigitsMax) last.is_other = true;
  }

  // "+46 70 123 45 67", "070-123 45 67".
  [[nodiscard]] bool is_phone() const {
    std::size_t digits = 0;
    for (const Group& group : groups_) digits += group.digits.size();
    const Group& first = groups_.front();
    if (first.at > 0 && text_[first.at - 1] == '+') return digits >= kPhoneDigitsMin;
    const bool has_prefix = groups_.size() > 1 && first.digits.size() >= 2 &&
                            first.digits.size() <= 4 && first.digits[0] == '0' &&
                            first.digits[1] != '0';
    return has_prefix && digits >= kPhoneDigitsMin && digits <= kPhoneDigitsMax;
  }

  // Past the groups that one sign joins and that stand alone.
  [[nodiscard]] std::size_t end_of_groups(std::size_t first) const {
    std::size_t last = first + 1;
    const auto stands_alone = [&](std::size_t at) {
      return !groups_[at].is_other && !groups_[at].touches_letters;
    };
    if (!stands_alone(first)) return last;
    const char sign = groups_[first].sign;
    while (last < groups_.size() && groups_[last - 1].sign == sign && stands_alone(last)) ++last;
    return last;
  }

  [[nodiscard]] static bool reads_as_one(std::span<const Group> groups) {
    if (groups.size() < 2) return false;
    const std::size_t front = groups.front().digits.size(), back = groups.back().digits.size();
    const auto all_are = [](std::span<const Group> part, std::size_t size) {
      return std::ranges::all_of(part,
                                 [&](const Group& each) { return each.digits.size() == size; });
    };
    return (all_are(groups.first(groups.size() - 1), front) && back <= front) ||
           (all_are(groups.subspan(1), back) && front <= back);
  }

  void add(std::size_t first, std::size_t last, std::vector<WrittenNumber>& numbers) const {
    std::string digits;
    for (std::size_t at = first; at < last; ++at) digits += groups_[at].digits;
    WrittenNumber number;
    number.digits = without_zeros(digits);
    number.is_other = groups_[first].is_other;
    if (number.digits.empty() || digits.size() > kDigitsMax || numbers.size() >= kNumbersMax) {
      return;
    }
    std::size_t before = groups_[first].at;
    number.touches_word = before > 0 && is_letter(text_[before - 1]);
    if (before > 0 && (text_[before - 1] == ' ' || text_[before - 1] == '-')) --before;
    const std::size_t end = before;
    while (before > 0 && is_letter(text_[before - 1])) --before;
    number.word = check::upper(std::string(text_.substr(before, end - before)));
    numbers.push_back(std::move(number));
  }

  std::string_view text_;
  std::span<Group> groups_;
};

}  // namespace

std::vector<WrittenNumber> written_numbers(std::string_view text) {
  std::vector<Group> groups;
  for (std::size_t at = 0; at < text.size();) {
    if (!check::is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && check::is_digit(text[end])) ++end;
    Group group{.digits = text.substr(at, end - at), .at = at};
    group.touches_letters =
        (at > 0 && is_letter(text[at - 1])) || (end < text.size() && is_letter(text[end]));
    const std::size_t next = std::min(text.find_first_not_of(kSigns, end), text.size());
    const bool is_neighbour = next == end + 1 && next < text.size() && check::is_digit(text[next]);
    if (is_neighbour) group.sign = text[end];
    groups.push_back(group);
    at = end;
  }
  std::vector<WrittenNumber> numbers;
  for (std::size_t first = 0; first < groups.size();) {
    std::size_t last = first;
    while (groups[last].sign != 0) ++last;
    Stretch(text, std::span(groups).subspan(first, last + 1 - first)).add_to(numbers);
    first = last + 1;
  }
  return numbers;
}

}  // namespace domain::matching
