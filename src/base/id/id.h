// Typed ids: 128 bits, printed as prefix_ and 26 letters (Crockford base 32, lower case).
//
// Two kinds by origin, one by form: random ids start with the time, so that they sort by it;
// ids of a run are hashes of what they stand for, so that any number of workers makes the same
// ones (D9). Neither is made here: see support/crypto/ids.h.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace base {

using IdBytes = std::array<std::uint8_t, 16>;

[[nodiscard]] std::string print_id(std::string_view prefix, const IdBytes& bytes);
// Errors: not_an_id.
[[nodiscard]] Result<IdBytes> parse_id(std::string_view prefix, std::string_view text);

// Tag has `static constexpr std::string_view kPrefix`.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;  // All zero: no thing has this id.
  explicit constexpr Id(const IdBytes& bytes) : bytes_(bytes) {}

  [[nodiscard]] static Result<Id> parse(std::string_view text) {
    auto bytes = parse_id(Tag::kPrefix, text);
    if (!bytes) return std::unexpected(std::move(bytes).error());
    return Id(*bytes);
  }
  [[nodiscard]] std::string to_string() const { return print_id(Tag::kPrefix, bytes_); }
  [[nodiscard]] constexpr const IdBytes& bytes() const { return bytes_; }
  [[nodiscard]] constexpr bool is_nil() const { return bytes_ == IdBytes{}; }

  friend constexpr auto operator<=>(const Id&, const Id&) = default;

 private:
  IdBytes bytes_{};
};

}  // namespace base

template <class Tag>
struct std::hash<base::Id<Tag>> {
  std::size_t operator()(const base::Id<Tag>& id) const noexcept {
    // Ids are hashes or random at the end: the last eight bytes spread well.
    std::size_t value = 0;
    for (std::size_t at = 8; at < 16; ++at) value = value << 8 | id.bytes()[at];
    return value;
  }
};
