// XML that a bank wrote as UTF-16, as the UTF-8 that everything behind it reads.
//
// Known by its byte order mark, or by the first "<" with a zero beside it. Halves of pairs without
// the other half become U+FFFD and are told once (bad_encoding). All other bytes go through.
#pragma once

#include <string>
#include <string_view>

#include "formats/bank/reading.h"

namespace formats::bank::iso20022 {

class AsUtf8 final : public ByteSource {
 public:
  AsUtf8(ByteSource& source, Reading& reading) : source_(source), reading_(reading) {}

  [[nodiscard]] base::Result<std::string_view> next() override;
  // After the first piece. What the file says itself of its encoding is then not true any more.
  [[nodiscard]] bool was_utf16() const { return order_ != Order::kNone; }

 private:
  enum class Order { kUnknown, kNone, kLittle, kBig };

  void look(std::string_view head);
  void turn(std::string_view bytes);
  void take(unsigned unit);
  void put(char32_t letter);
  void spoiled();

  ByteSource& source_;
  Reading& reading_;
  Order order_ = Order::kUnknown;
  std::string held_, out_;  // Bytes that are no whole unit yet; what was turned.
  unsigned high_ = 0;       // The first half of a pair.
  bool told_ = false;
};

// A file's beginning, for whoever looks at its tags.
[[nodiscard]] std::string head_as_utf8(std::string_view head);

}  // namespace formats::bank::iso20022
