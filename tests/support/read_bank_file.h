// Bank files in tests: bytes in pieces of any size, and all that a reader finds in them.
//
// The format is the one that recognises the bytes.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bank/bank_format.h"

namespace tests {

// Bytes that are held in memory, handed out `step` at a time.
class BytesInPieces final : public formats::bank::ByteSource {
 public:
  explicit BytesInPieces(std::string_view bytes, std::size_t step = 65'536)
      : rest_(bytes), step_(step) {}

  [[nodiscard]] base::Result<std::string_view> next() override {
    const std::string_view piece = rest_.substr(0, std::min(step_, rest_.size()));
    rest_.remove_prefix(piece.size());
    return piece;
  }

 private:
  std::string_view rest_;
  std::size_t step_;
};

// Keeps what it is told.
class BankFileKept final : public formats::bank::BankFileSink {
 public:
  bool statement_begins(const domain::BankStatement&) override {
    ++begun;
    return true;
  }
  bool statement_ends(const domain::BankStatement& statement) override {
    statements.push_back(statement);
    return true;
  }
  bool entry(domain::BankEntry&& entry) override {
    entries.push_back(std::move(entry));
    return entries.size() != entries_max;
  }
  bool mandate(domain::BankMandate&& mandate) override {
    mandates.push_back(std::move(mandate));
    return true;
  }
  bool status(domain::BankStatus&& status) override {
    statuses.push_back(std::move(status));
    return true;
  }
  bool problem(domain::BankProblem&& problem) override {
    problems.push_back(std::move(problem));
    return true;
  }

  // "12 15.amount wrong_sum", one each.
  [[nodiscard]] std::vector<std::string> problem_lines() const {
    std::vector<std::string> lines;
    for (const auto& problem : problems) {
      lines.push_back(std::to_string(problem.line) + " " + problem.field + " " + problem.code);
    }
    return lines;
  }

  std::size_t entries_max = 0;  // Then it wants no more; zero: all.
  std::size_t begun = 0;
  std::string format;
  std::vector<domain::BankStatement> statements;
  std::vector<domain::BankEntry> entries;
  std::vector<domain::BankMandate> mandates;
  std::vector<domain::BankStatus> statuses;
  std::vector<domain::BankProblem> problems;
  domain::BankControl control;
};

// Codes instead of values where nothing recognises the bytes: then `format` is the error's code.
[[nodiscard]] inline BankFileKept read_bank_file(std::string_view bytes,
                                                 std::size_t step = 65'536) {
  BankFileKept kept;
  const auto format =
      formats::bank::recognise(bytes.substr(0, std::min(bytes.size(), formats::bank::kHeadBytes)));
  if (!format) {
    kept.format = format.error().code;
    return kept;
  }
  kept.format = (*format)->name;
  BytesInPieces source(bytes, step);
  const auto control = (*format)->read(source, kept);
  kept.control = control.value();
  return kept;
}

}  // namespace tests
