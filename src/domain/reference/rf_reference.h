// ISO 11649 creditor reference: RF, two check digits, and up to 21 letters and digits.
//
// The check digits make the whole leave remainder 1 modulo 97. Its Finnish use (FinnishRfReference)
// carries a viitenumero as the body, so that either form of one reference finds the same bill:
// banks deliver whichever they like.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"
#include "domain/reference/finnish_reference.h"

namespace domain {

class RfReference {
 public:
  // Puts RF and the check digits before the body. Errors: those of parse().
  [[nodiscard]] static base::Result<RfReference> from_base(std::string_view body);
  // Spaces are dropped and small letters raised.
  // Errors: too_short, too_long, wrong_characters, wrong_prefix, wrong_check_digit.
  [[nodiscard]] static base::Result<RfReference> parse(std::string_view text);

  // "RF18539007547034", the one form to store, compare and put on the wire.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string_view body() const { return std::string_view(text_).substr(4); }

  friend auto operator<=>(const RfReference&, const RfReference&) = default;

 private:
  explicit RfReference(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

class FinnishRfReference {
 public:
  // From the free digits of a viitenumero. Errors: those of FinnishReference::from_base.
  [[nodiscard]] static base::Result<FinnishRfReference> from_base(std::string_view base);
  [[nodiscard]] static FinnishRfReference of(const FinnishReference& reference);
  // Errors: those of RfReference::parse and, of the body, of FinnishReference::parse.
  [[nodiscard]] static base::Result<FinnishRfReference> parse(std::string_view text);

  // Without the zeros that may stand before the viitenumero: they change no check digit.
  [[nodiscard]] const std::string& text() const { return rf_.text(); }
  // The same reference in its national form.
  [[nodiscard]] const FinnishReference& finnish() const { return finnish_; }

  friend auto operator<=>(const FinnishRfReference&, const FinnishRfReference&) = default;

 private:
  FinnishRfReference(RfReference rf, FinnishReference finnish)
      : rf_(std::move(rf)), finnish_(std::move(finnish)) {}
  RfReference rf_;
  FinnishReference finnish_;
};

}  // namespace domain
