// The table of everything that the configuration file may say: one row a key.
//
// The rows are the whole truth: settings.cpp takes types, limits and defaults from them, and a
// test holds docs/reference/config.md to them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace config {

enum class KeyType { kText, kInteger };

struct Key {
  std::string_view name;  // Table and key, with a dot.
  KeyType type;
  std::string_view otherwise;  // What holds where the file is silent.
  std::int64_t least = 0;      // Limits of an integer, both allowed.
  std::int64_t most = 0;
  std::string_view meaning;
};

[[nodiscard]] std::span<const Key> keys();

}  // namespace config
