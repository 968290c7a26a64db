#include "domain/check/characters.h"

#include <algorithm>
#include <iterator>

#include "base/result/check.h"

namespace domain::check {

bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

bool all_digits_or_upper(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return is_digit(c) || is_upper(c); });
}

std::string without(std::string_view text, std::string_view dropped) {
  std::string kept;
  std::ranges::copy_if(text, std::back_inserter(kept),
                       [&](char c) { return dropped.find(c) == std::string_view::npos; });
  return kept;
}

std::string upper(std::string text) {
  for (char& c : text) {
    if ('a' <= c && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

int number_of(std::string_view digits) {
  CHECK(digits.size() <= 9 && all_digits(digits));
  int value = 0;
  for (const char c : digits) value = value * 10 + value_of(c);
  return value;
}

std::string grouped_from_left(std::string_view text, std::size_t size) {
  std::string groups;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (size > 0 && at > 0 && at % size == 0) groups.push_back(' ');
    groups.push_back(text[at]);
  }
  return groups;
}

std::string grouped_from_right(std::string_view text, std::size_t size) {
  std::string groups;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (size > 0 && at > 0 && (text.size() - at) % size == 0) groups.push_back(' ');
    groups.push_back(text[at]);
  }
  return groups;
}

}  // namespace domain::check
