// Deflater: bytes made smaller in the form that PDF calls FlateDecode (zlib, RFC 1950).
//
// The same bytes and level give the same result. One thread at a time; making one costs more
// than using it, so it is kept.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace formats::document::pdf {

enum class Effort { kFast, kSmall };  // For what is written once each, and once for all.

class Deflater {
 public:
  explicit Deflater(Effort effort);
  ~Deflater();
  Deflater(Deflater&&) noexcept;

  [[nodiscard]] std::string deflate(std::string_view bytes);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace formats::document::pdf
