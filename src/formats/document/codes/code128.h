// Code 128, subset C: pairs of digits as bars (ISO/IEC 15417).
//
// A symbol is a start, a character a pair, a check character (modulo 103) and a stop; each is
// three bars and three spaces, eleven modules wide, the stop four bars and thirteen modules. Light
// of ten modules stands before and behind it, which whoever draws it leaves.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result/result.h"

namespace formats::document::codes {

class Code128 {
 public:
  static constexpr int kQuietModules = 10;

  // Errors: barcode_not_pairs_of_digits.
  [[nodiscard]] static base::Result<Code128> encode(std::string_view digits);

  // Widths in modules, bars and spaces in turn; the first and the last are bars.
  [[nodiscard]] const std::vector<std::uint8_t>& widths() const { return widths_; }
  // In all, without the quiet zones.
  [[nodiscard]] int modules() const;

  friend bool operator==(const Code128&, const Code128&) = default;

 private:
  explicit Code128(std::vector<std::uint8_t> widths) : widths_(std::move(widths)) {}
  std::vector<std::uint8_t> widths_;
};

}  // namespace formats::document::codes
