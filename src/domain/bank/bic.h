// BIC (ISO 9362): the bank behind an account. Four letters or digits, country, two of location,
// and three of branch where it matters.
//
// Only the form can be judged: which of them exist stands in a directory that is not ours. XXX
// as the branch says "the whole bank" and is dropped, so that equal banks compare equal.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "base/result/result.h"

namespace domain {

class Bic {
 public:
  // Spaces are dropped and small letters raised. Errors: wrong_length, wrong_characters.
  [[nodiscard]] static base::Result<Bic> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string_view country() const { return std::string_view(text_).substr(4, 2); }

  friend auto operator<=>(const Bic&, const Bic&) = default;

 private:
  explicit Bic(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace domain
