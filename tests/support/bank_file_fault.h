// What must hold of a bank file whatever its bytes are: reading ends, problems are bounded, no
// amount is below zero, every statement that begins ends, what is told is UTF-8, and the pieces the
// bytes come in make no difference. Tests with random changes and tests/fuzz ask for it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "formats/bank/reading.h"
#include "tests/support/read_bank_file.h"

namespace tests {

[[nodiscard]] inline bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t more = byte < 0x80 ? 0 : byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
    if ((byte >= 0x80 && byte < 0xC2) || byte > 0xF4 || at + more >= text.size()) return false;
    for (std::size_t next = 1; next <= more; ++next) {
      if ((static_cast<unsigned char>(text[at + next]) & 0xC0) != 0x80) return false;
    }
    at += more + 1;
  }
  return true;
}

[[nodiscard]] inline std::string text_of(const domain::BankParty& party) {
  std::string text = party.name + "|" + party.account + "|" + party.identity;
  for (const std::string& line : party.address) text += "|" + line;
  return text;
}

[[nodiscard]] inline std::string text_of(const domain::BankEntry& entry) {
  std::string text = std::to_string(entry.line) + "|" + entry.amount.to_decimal_string() +
                     (entry.direction == domain::MoneyDirection::kDebit ? "-" : "+") +
                     entry.statement + "|" + entry.account + "|" + entry.reference + "|" +
                     entry.end_to_end_id + "|" + entry.bank_reference + "|" + entry.code + "|" +
                     (entry.booking_date ? entry.booking_date->to_string() : "") + "|" +
                     text_of(entry.payer);
  for (const std::string& line : entry.remittance) text += "|" + line;
  if (entry.returned) text += "|" + entry.returned->code + "|" + entry.returned->text;
  for (const auto& detail : entry.details) {
    text += "|" + detail.reference + "|" + detail.mandate_id + "|" + detail.end_to_end_id + "|" +
            text_of(detail.payer);
    if (detail.amount) text += detail.amount->to_decimal_string();
  }
  return text + "\n";
}

// All that was told, as one text.
[[nodiscard]] inline std::string text_of(const BankFileKept& file) {
  std::string text;
  for (const auto& statement : file.statements) {
    text +=
        statement.id + "|" + statement.account + "|" + statement.currency + "|" + statement.created;
    if (statement.opening) text += "|" + statement.opening->amount.to_decimal_string();
    if (statement.closing) text += "|" + statement.closing->amount.to_decimal_string();
    text += "\n";
  }
  for (const auto& entry : file.entries) text += text_of(entry);
  for (const auto& mandate : file.mandates) {
    text += mandate.id + "|" + mandate.state + "|" + mandate.code + "|" + mandate.text + "|" +
            mandate.identity + "|" + text_of(mandate.payer) + "\n";
  }
  for (const auto& status : file.statuses) {
    text += status.message_id + "|" + status.batch_id + "|" + status.end_to_end_id + "|" +
            status.state + "|" + status.code + "|" + status.text + "|" + status.mandate_id + "\n";
  }
  for (const auto& problem : file.problems) {
    text += std::to_string(problem.line) + "|" + problem.field + "|" + problem.code + "|" +
            problem.text + "\n";
  }
  return text + (file.control.agrees ? "agrees" : "disagrees") +
         std::to_string(file.control.entries_read);
}

[[nodiscard]] inline BankFileKept read_as(const formats::bank::BankFormat& format,
                                          std::string_view bytes, std::size_t step) {
  BankFileKept kept;
  BytesInPieces source(bytes, step);
  kept.control = format.read(source, kept).value();
  return kept;
}

// What holds of any bytes. Empty where it does.
[[nodiscard]] inline std::string fault_of(const formats::bank::BankFormat& format,
                                          std::string_view bytes, std::size_t step) {
  const BankFileKept file = read_as(format, bytes, 65'536);
  const std::string text = text_of(file);
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const std::string_view line = std::string_view(text).substr(at, text.find('\n', at) - at);
    if (!is_utf8(line)) return "no UTF-8: " + std::string(line);
    if (text.find('\n', at) == std::string::npos) break;
  }
  if (file.problems.size() > formats::bank::kProblemsMax + 1U) return "too many problems";
  if (file.begun != file.statements.size()) return "a statement begins and does not end";
  const auto below_zero = [](const auto& entry) { return entry.amount.is_negative(); };
  if (std::ranges::any_of(file.entries, below_zero)) return "an amount is below zero";
  if (static_cast<std::size_t>(file.control.entries_read) != file.entries.size()) {
    return "entries are miscounted";
  }
  const std::string again = text_of(read_as(format, bytes, step));
  const auto [here, there] = std::ranges::mismatch(text, again);
  if (here == text.end() && there == again.end()) return {};
  const auto around = [](const std::string& all, std::ptrdiff_t at) {
    const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(at - 60, 0));
    return all.substr(from, 160);
  };
  return "whole: ..." + around(text, here - text.begin()) + "\nin pieces of " +
         std::to_string(step) + ": ..." + around(again, there - again.begin());
}

}  // namespace tests
