// The mistakes that people make when they type a number, each as the number it turns into.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tests {

// Every text that differs in one digit.
[[nodiscard]] inline std::vector<std::string> wrong_digits(std::string_view text) {
  std::vector<std::string> typed;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] < '0' || text[at] > '9') continue;
    for (char wrong = '0'; wrong <= '9'; ++wrong) {
      std::string one(text);
      if (std::exchange(one[at], wrong) != wrong) typed.push_back(std::move(one));
    }
  }
  return typed;
}

// Every text in which two neighbours that differ have changed places.
[[nodiscard]] inline std::vector<std::string> swapped_neighbours(std::string_view text) {
  std::vector<std::string> typed;
  for (std::size_t at = 1; at < text.size(); ++at) {
    std::string one(text);
    std::swap(one[at - 1], one[at]);
    if (one != text) typed.push_back(std::move(one));
  }
  return typed;
}

}  // namespace tests
