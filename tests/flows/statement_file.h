// A bank's statement as camt.053, in words: what it opens with, its entries, and what it closes
// with.
#pragma once

#include <string>
#include <vector>

#include "formats/bank/writing/bank_writers.h"

namespace tests {

// An account of the operator's that is no bankgiro number.
inline constexpr std::string_view kOwnIban = "SE4550000000058398257466";

struct StatementEntry {
  std::int64_t kronor = 0;  // Below zero: spent.
  std::string day = "2026-11-20";
  std::string bank_reference = {};
  std::string end_to_end_id = {};
  std::string reference = {};
  std::string words = {};
  bool returned = false;  // Money of ours that came back.
};

struct StatementText {
  std::string id = "S1";
  std::int64_t opening = 0;
  std::vector<StatementEntry> entries = {};
  std::int64_t closing = 0;
  std::string day = "2026-11-20";  // Of the closing balance.
  std::string account = std::string(kOwnIban);
};

[[nodiscard]] std::string statement_file(const StatementText& text);

}  // namespace tests
