#include "formats/bank/iso20022/utf16.h"

#include <algorithm>
#include <utility>

namespace formats::bank::iso20022 {
namespace {

constexpr std::size_t kMarkBytes = 2;
constexpr char32_t kReplacement = 0xFFFD;

unsigned byte_of(char c) { return static_cast<unsigned char>(c); }

bool is_high(unsigned unit) { return 0xD800 <= unit && unit <= 0xDBFF; }
bool is_low(unsigned unit) { return 0xDC00 <= unit && unit <= 0xDFFF; }

// Bytes that are held in memory.
class Held final : public ByteSource {
 public:
  explicit Held(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] base::Result<std::string_view> next() override {
    return std::exchange(bytes_, std::string_view());
  }

 private:
  std::string_view bytes_;
};

// Nobody listens.
class Deaf final : public BankFileSink {
 public:
  bool statement_begins(const domain::BankStatement&) override { return true; }
  bool statement_ends(const domain::BankStatement&) override { return true; }
  bool entry(domain::BankEntry&&) override { return true; }
  bool mandate(domain::BankMandate&&) override { return true; }
  bool status(domain::BankStatus&&) override { return true; }
  bool problem(domain::BankProblem&&) override { return true; }
};

}  // namespace

base::Result<std::string_view> AsUtf8::next() {
  while (order_ == Order::kUnknown) {
    const std::string_view piece = TRY(source_.next());
    held_ += piece;
    if (held_.size() < kMarkBytes && !piece.empty()) continue;
    look(held_);
    out_ = std::exchange(held_, {});
    if (order_ == Order::kNone) {
      if (!out_.empty()) return std::string_view(out_);
      break;
    }
    const std::string first = std::exchange(out_, {});
    turn(first);
    if (!out_.empty()) return std::string_view(out_);
  }
  if (order_ == Order::kNone) return source_.next();
  // A piece may hold less than a letter; an empty answer would be the end.
  while (true) {
    out_.clear();
    const std::string_view piece = TRY(source_.next());
    if (!piece.empty()) {
      turn(piece);
      if (!out_.empty()) return std::string_view(out_);
      continue;
    }
    if (!std::exchange(held_, {}).empty() || std::exchange(high_, 0U) != 0) spoiled();
    return std::string_view(out_);
  }
}

void AsUtf8::look(std::string_view head) {
  order_ = Order::kNone;
  if (head.size() < kMarkBytes) return;
  const unsigned first = byte_of(head[0]), second = byte_of(head[1]);
  if ((first == 0xFF && second == 0xFE) || (first == '<' && second == 0)) order_ = Order::kLittle;
  if ((first == 0xFE && second == 0xFF) || (first == 0 && second == '<')) order_ = Order::kBig;
}

void AsUtf8::turn(std::string_view bytes) {
  std::string joined;
  if (!held_.empty()) {
    joined = std::exchange(held_, {}).append(bytes);
    bytes = joined;
  }
  for (; bytes.size() >= kMarkBytes; bytes.remove_prefix(kMarkBytes)) {
    const unsigned first = byte_of(bytes[0]), second = byte_of(bytes[1]);
    take(order_ == Order::kBig ? first << 8 | second : second << 8 | first);
  }
  held_ = bytes;
}

void AsUtf8::take(unsigned unit) {
  constexpr unsigned kMark = 0xFEFF;
  const unsigned high = std::exchange(high_, 0U);
  if (high != 0 && is_low(unit)) {
    return put(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
  }
  if (high != 0) spoiled();
  if (is_high(unit)) {
    high_ = unit;
  } else if (is_low(unit)) {
    spoiled();
  } else if (unit != kMark) {
    put(unit);
  }
}

void AsUtf8::put(char32_t letter) {
  const auto add = [this](char32_t byte) { out_.push_back(static_cast<char>(byte)); };
  if (letter < 0x80) return add(letter);
  if (letter < 0x800) {
    add(0xC0 | letter >> 6);
  } else if (letter < 0x10000) {
    add(0xE0 | letter >> 12);
    add(0x80 | (letter >> 6 & 0x3F));
  } else {
    add(0xF0 | letter >> 18);
    add(0x80 | (letter >> 12 & 0x3F));
    add(0x80 | (letter >> 6 & 0x3F));
  }
  add(0x80 | (letter & 0x3F));
}

void AsUtf8::spoiled() {
  put(kReplacement);
  if (std::exchange(told_, true)) return;
  reading_.problem(0, "", "bad_encoding", "the file says that it is UTF-16, and is not throughout");
}

std::string head_as_utf8(std::string_view head) {
  Deaf sink;
  Reading reading(sink);
  Held held(head);
  AsUtf8 source(held, reading);
  std::string text;
  for (auto piece = source.next(); piece && !piece->empty(); piece = source.next()) text += *piece;
  return text;
}

}  // namespace formats::bank::iso20022
