// Chance for made-up data: the same seed and label give the same throws, always.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "support/crypto/crypto.h"

namespace app::demo {

class Dice {
 public:
  // `label` says for what: throws for one thing do not depend on those for another.
  Dice(std::uint64_t seed, std::string label) : random_(seed), label_(std::move(label)) {}

  // 0 to sides - 1.
  std::uint32_t below(std::uint32_t sides);
  bool percent(std::uint32_t chance) { return below(100) < chance; }
  template <class T>
  const T& pick(std::span<const T> choices) {
    return choices[below(static_cast<std::uint32_t>(choices.size()))];
  }

 private:
  crypto::SeededRandom random_;
  std::string label_;
  std::array<std::uint8_t, 128> bytes_{};
  std::size_t used_ = sizeof(bytes_);
  std::uint32_t filled_ = 0;  // How many times.
};

}  // namespace app::demo
