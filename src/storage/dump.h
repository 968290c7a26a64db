// The whole state as text, in one order: what tests compare, and what an auditor can read (D9).
//
// One line of JSON a row: tables by name, rows by primary key, columns in their order. Ids are
// printed with their prefix, other bytes as hex; sealed columns as the text in them, or "erased"
// where the key is destroyed. Keys, password hashes, token hashes and the like are "set" or null.
// The same state gives the same bytes on SQLite and PostgreSQL. Left out are the migrator's own
// table (when a program was installed is no part of the state) and projections.
#pragma once

#include <functional>
#include <string_view>

#include "base/result/result.h"
#include "storage/store.h"

namespace storage {

// `sink` gets each line, ended by a newline. Errors: wrong_master_key, cannot_unseal (place: the
// column and row), and what the sink answers.
[[nodiscard]] base::Result<> dump_canonical(
    SqlStore& store, const std::function<base::Result<>(std::string_view line)>& sink);

}  // namespace storage
