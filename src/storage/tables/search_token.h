// The keyed hashes by which words and accounts are looked up without being stored. A token says
// only whose it may be: half a hash is enough, and an index half as large.
#pragma once

#include <string_view>

#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

inline constexpr std::size_t kTokenBytes = 16;

[[nodiscard]] inline sql::Value keyed_token(const Vault& vault, std::string_view kind,
                                            std::string_view value) {
  return sql::Bytes{vault.index_hash(kind, value).value.substr(0, kTokenBytes)};
}
// A word of the search index.
[[nodiscard]] inline sql::Value search_token(const Vault& vault, std::string_view word) {
  return keyed_token(vault, "search", word);
}

}  // namespace storage
