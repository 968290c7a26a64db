#include "formats/document/qr/qr_code.h"

#include <array>
#include <atomic>
#include <charconv>
#include <memory>

#include <qrcodegen/qrcodegen.hpp>

namespace formats::document {
namespace {

constexpr int kMask = 2;

// The modules of a symbol, row by row, 64 to a word.
struct Modules {
  int size = 0;
  std::vector<std::uint64_t> words;
};

// Throws std::length_error.
Modules draw(std::string_view text, int version_max = QrCode::kVersionMax) {
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  const auto code = qrcodegen::QrCode::encodeSegments(
      {qrcodegen::QrSegment::makeBytes(bytes)}, qrcodegen::QrCode::Ecc::MEDIUM,
      qrcodegen::QrCode::MIN_VERSION, version_max, kMask, false);
  Modules modules{code.getSize(), {}};
  const auto count =
      static_cast<std::size_t>(modules.size) * static_cast<std::size_t>(modules.size);
  modules.words.resize((count + 63) / 64);
  std::size_t at = 0;
  for (int y = 0; y < modules.size; ++y) {
    for (int x = 0; x < modules.size; ++x, ++at) {
      if (code.getModule(x, y)) modules.words[at / 64] |= std::uint64_t{1} << (at % 64);
    }
  }
  return modules;
}

void turn(std::vector<std::uint64_t>& words, const std::uint64_t* by) {
  for (std::size_t at = 0; at < words.size(); ++at) words[at] ^= by[at];
}

// What each bit of a text turns round, for texts of one length. With a fixed mask everything in a
// symbol is linear over bits: places, Reed-Solomon, padding. So a symbol is that of zero bits with
// the turns of those that are set, which is a small part of the work of making it.
class Turns {
 public:
  explicit Turns(std::size_t length) : zero_(draw(std::string(length, '\0'))) {
    for (std::size_t bit = 0; bit < length * 8; ++bit) {
      std::string text(length, '\0');
      text[bit / 8] = static_cast<char>(1U << (bit % 8));
      auto words = draw(text).words;
      turn(words, zero_.words.data());
      turns_.insert(turns_.end(), words.begin(), words.end());
    }
  }

  [[nodiscard]] Modules symbol_of(std::string_view text) const {
    Modules modules = zero_;
    const std::uint64_t* turns = turns_.data();
    for (const char c : text) {
      for (unsigned bit = 0; bit < 8; ++bit, turns += modules.words.size()) {
        if ((static_cast<unsigned char>(c) >> bit & 1U) != 0) turn(modules.words, turns);
      }
    }
    return modules;
  }

 private:
  Modules zero_;
  std::vector<std::uint64_t> turns_;
};

// Turns are made for a length that is asked for often: an address of bills has always the same.
// They take 0.1 s and half a megabyte at most.
constexpr std::size_t kTurnsLengthMax = 160;
constexpr int kOften = 200;
constexpr int kTurnsMax = 16;

Modules symbol_of(std::string_view text) {
  struct Length {
    std::atomic<int> asked = 0;
    std::atomic<const Turns*> ready = nullptr;
    std::unique_ptr<const Turns> turns;
  };
  static std::array<Length, kTurnsLengthMax + 1> lengths;
  static std::atomic<int> made = 0;
  if (text.size() > kTurnsLengthMax) return draw(text);
  Length& length = lengths[text.size()];
  if (const Turns* turns = length.ready) return turns->symbol_of(text);
  // One thread makes them; the others do without meanwhile.
  if (++length.asked == kOften && ++made <= kTurnsMax) {
    length.turns = std::make_unique<const Turns>(text.size());
    length.ready = length.turns.get();
  }
  return draw(text);
}

void append(std::string& out, int number) {
  char digits[16];
  out.append(digits, std::to_chars(std::begin(digits), std::end(digits), number).ptr);
}

}  // namespace

base::Result<QrCode> QrCode::encode(std::string_view text, int version_max) {
  try {
    const bool is_usual = version_max == kVersionMax;
    const Modules modules = is_usual ? symbol_of(text) : draw(text, version_max);
    const auto size = static_cast<std::size_t>(modules.size);
    std::vector<bool> dark(size * size);
    for (std::size_t at = 0; at < dark.size(); ++at) {
      dark[at] = (modules.words[at / 64] >> (at % 64) & 1U) != 0;
    }
    return QrCode(modules.size, std::move(dark));
  } catch (const std::length_error&) {
    return base::fail("qr_too_long", "a text of " + std::to_string(text.size()) +
                                         " bytes does not fit in a QR code of version " +
                                         std::to_string(version_max));
  }
}

std::string QrCode::to_svg() const {
  const std::string side = std::to_string(size_ + 2 * kQuietModules);
  std::string svg = "<svg class=\"qr\" viewBox=\"0 0 " + side + " " + side +
                    "\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">"
                    "<rect width=\"" +
                    side + "\" height=\"" + side + "\" fill=\"#FFF\"/><path stroke=\"#000\" d=\"";
  // One stroke, a module wide, for each run of dark modules; moves are relative, to be short.
  svg.reserve(svg.size() + static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_) * 3);
  for (int y = 0; y < size_; ++y) {
    svg += 'M';
    append(svg, kQuietModules);
    svg += ' ';
    append(svg, y + kQuietModules);
    svg += ".5";
    int pen = 0;
    for (int x = 0; x < size_; ++x) {
      if (!is_dark(x, y)) continue;
      int end = x + 1;
      while (end < size_ && is_dark(end, y)) ++end;
      if (x > pen) {
        svg += 'm';
        append(svg, x - pen);
        svg += " 0";
      }
      svg += 'h';
      append(svg, end - x);
      pen = x = end;
    }
  }
  return svg + "\"/></svg>";
}

}  // namespace formats::document
