// Tables of what one change makes of a bank file: each row edits our own small file of the format
// and says what is then read of the line, and what is told to be wrong.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/read_bank_file.h"

namespace tests {

enum class Edit { kNone, kWrite, kTrim, kDrop, kDouble, kCut };

struct EditedRow {
  std::string_view what = {};
  Edit edit = Edit::kNone;
  std::size_t line = 1;         // From 1.
  std::size_t column = 1;       // From 1: where text is written, or the line is trimmed.
  std::string_view text = {};   // Of kWrite.
  std::int64_t looks_at = 0;    // The line whose entry is compared.
  std::string_view entry = {};  // "+49.90 2026-11-20 1009"; empty: there is none.
  std::vector<std::string> problems = {};
  bool agrees = false;
};

inline std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream in(std::string(TELGIRO_SOURCE_DIR) + "/tests/data/bank/" + path, std::ios::binary);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  return lines;
}

inline std::string edited(const std::string& path, const EditedRow& row) {
  std::vector<std::string> lines = lines_of(path);
  const auto at = lines.begin() + static_cast<std::ptrdiff_t>(row.line) - 1;
  std::string& line = lines.at(row.line - 1);
  switch (row.edit) {
    case Edit::kNone: break;
    case Edit::kWrite: line.replace(row.column - 1, row.text.size(), row.text); break;
    case Edit::kTrim: line = line.substr(0, row.column - 1) + "\n"; break;
    case Edit::kDrop: lines.erase(at); break;
    case Edit::kDouble: lines.insert(at, std::string(line)); break;
    case Edit::kCut: lines.erase(at, lines.end()); break;
  }
  std::string all;
  for (const std::string& each : lines) all += each;
  return all;
}

// "-49.90 2026-11-20 1009 reversal": sign by the direction, booking day, reference.
inline std::string entry_text(const domain::BankEntry& entry) {
  std::string text = entry.direction == domain::MoneyDirection::kCredit ? "+" : "-";
  text += entry.amount.to_decimal_string();
  text += " " + (entry.booking_date ? entry.booking_date->to_string() : std::string("no day"));
  if (!entry.reference.empty()) text += " " + entry.reference;
  if (entry.reversal) text += " reversal";
  if (!entry.booked) text += " announced";
  if (entry.returned) text += " returned " + entry.returned->code;
  return text;
}

inline void expect_edited(std::string_view format, const std::string& path,
                          std::span<const EditedRow> rows) {
  for (const EditedRow& row : rows) {
    SCOPED_TRACE(row.what);
    const BankFileKept file = read_bank_file(edited(path, row));
    EXPECT_EQ(file.format, format);
    EXPECT_EQ(file.problem_lines(), row.problems);
    EXPECT_EQ(file.control.agrees, row.agrees);
    if (row.looks_at == 0) continue;
    const auto found = std::ranges::find(file.entries, row.looks_at, &domain::BankEntry::line);
    EXPECT_EQ(found == file.entries.end() ? std::string() : entry_text(*found), row.entry);
  }
}

}  // namespace tests
