#include "formats/document/qr/qr_code.h"

#include <qrcodegen/qrcodegen.hpp>

namespace formats::document {
namespace {

constexpr int kMask = 2;

void append_number(std::string& out, int number) { out += std::to_string(number); }

}  // namespace

base::Result<QrCode> QrCode::encode(std::string_view text) {
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  try {
    const auto code = qrcodegen::QrCode::encodeSegments(
        {qrcodegen::QrSegment::makeBytes(bytes)}, qrcodegen::QrCode::Ecc::MEDIUM,
        qrcodegen::QrCode::MIN_VERSION, kVersionMax, kMask, false);
    const int size = code.getSize();
    std::vector<bool> dark;
    dark.reserve(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
    for (int y = 0; y < size; ++y) {
      for (int x = 0; x < size; ++x) dark.push_back(code.getModule(x, y));
    }
    return QrCode(size, std::move(dark));
  } catch (const std::length_error&) {
    return base::fail("qr_too_long", "a text of " + std::to_string(text.size()) +
                                         " bytes does not fit in a QR code of version " +
                                         std::to_string(kVersionMax));
  }
}

std::string QrCode::to_svg() const {
  const std::string side = std::to_string(size_ + 2 * kQuietModules);
  std::string svg = "<svg class=\"qr\" viewBox=\"0 0 " + side + " " + side +
                    "\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">"
                    "<rect width=\"" + side + "\" height=\"" + side +
                    "\" fill=\"#FFF\"/><path fill=\"#000\" d=\"";
  // One subpath for each run of dark modules in a row.
  for (int y = 0; y < size_; ++y) {
    for (int x = 0; x < size_; ++x) {
      if (!is_dark(x, y)) continue;
      int end = x + 1;
      while (end < size_ && is_dark(end, y)) ++end;
      svg += 'M';
      append_number(svg, x + kQuietModules);
      svg += ' ';
      append_number(svg, y + kQuietModules);
      svg += 'h';
      append_number(svg, end - x);
      svg += "v1h-";
      append_number(svg, end - x);
      svg += 'z';
      x = end;
    }
  }
  return svg + "\"/></svg>";
}

}  // namespace formats::document
