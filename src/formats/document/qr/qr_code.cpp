#include "formats/document/qr/qr_code.h"

#include <qrcodegen/qrcodegen.hpp>

namespace formats::document {
namespace {

constexpr int kMask = 2;

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
                    "<rect width=\"" +
                    side + "\" height=\"" + side + "\" fill=\"#FFF\"/><path stroke=\"#000\" d=\"";
  // One stroke, a module wide, for each run of dark modules; moves are relative, to be short.
  for (int y = 0; y < size_; ++y) {
    svg += "M" + std::to_string(kQuietModules) + " " + std::to_string(y + kQuietModules) + ".5";
    int pen = 0;
    for (int x = 0; x < size_; ++x) {
      if (!is_dark(x, y)) continue;
      int end = x + 1;
      while (end < size_ && is_dark(end, y)) ++end;
      if (x > pen) svg += "m" + std::to_string(x - pen) + " 0";
      svg += "h" + std::to_string(end - x);
      pen = x = end;
    }
  }
  return svg + "\"/></svg>";
}

}  // namespace formats::document
