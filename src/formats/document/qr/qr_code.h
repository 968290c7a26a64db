// QrCode: a text as a QR symbol (ISO/IEC 18004): a square of dark and light modules.
//
// Error correction is level M (about 15 %), the level that EPC069-12 asks for and enough for
// paper. The mask is fixed: choosing the best of eight costs several times the encoding, and any
// mask can be read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"

namespace formats::document {

class QrCode {
 public:
  // Light modules around the symbol, without which readers do not find it.
  static constexpr int kQuietModules = 4;
  // The largest symbol that we draw (69 x 69 modules: version 13, up to 331 bytes): the limit of
  // EPC069-12, and about what a telephone reads from a hand's width of paper.
  static constexpr int kVersionMax = 13;

  // Errors: qr_too_long. Another limit is for codes whose rules name one.
  [[nodiscard]] static base::Result<QrCode> encode(std::string_view text,
                                                   int version_max = kVersionMax);

  // Modules on a side, without the quiet zone.
  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] bool is_dark(int x, int y) const {
    return dark_[static_cast<std::size_t>(y) * static_cast<std::size_t>(size_) +
                 static_cast<std::size_t>(x)];
  }
  // An <svg> of its own colours (a dark page must not turn them round) with the quiet zone.
  // It is hidden from screen readers: what holds it says in words what it is for.
  [[nodiscard]] std::string to_svg() const;

 private:
  QrCode(int size, std::vector<bool> dark) : size_(size), dark_(std::move(dark)) {}
  int size_;
  std::vector<bool> dark_;  // Row by row.
};

}  // namespace formats::document
