// Bank files that went wrong in any way: each of our own small files is changed at random, always
// in the same way, and read.
//
// Whatever the bytes are: reading ends, problems are bounded, no amount is below zero, every
// statement that begins ends, what is told is UTF-8, and the pieces the bytes come in make no
// difference. With the asan preset this is what looks for harm; ./dev soak takes a hundred times as
// many.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "formats/bank/reading.h"
#include "tests/support/read_bank_file.h"

namespace formats::bank {
namespace {

namespace fs = std::filesystem;

using tests::BankFileKept;

constexpr int kMutants = 20'000;  // Of each reader.
constexpr int kMutantsOfSoak = 2'000'000;
constexpr int kChangesMost = 4;

struct Seed {
  std::string name, bytes;
};

// Our own files, by the reader that they are for.
std::vector<Seed> seeds_of(const BankFormat& wanted) {
  std::vector<Seed> seeds;
  const fs::path root = TELGIRO_SOURCE_DIR "/tests/data/bank";
  for (const auto& file : fs::recursive_directory_iterator(root)) {
    const std::string path = file.path().string();
    if (!file.is_regular_file() || path.ends_with(".expected") || path.ends_with(".md")) continue;
    std::ifstream in(path, std::ios::binary);
    Seed seed{.name = path, .bytes = {std::istreambuf_iterator<char>(in), {}}};
    const auto format = recognise(std::string_view(seed.bytes).substr(0, kHeadBytes));
    if (format && (*format)->read == wanted.read) seeds.push_back(std::move(seed));
  }
  std::ranges::sort(seeds, {}, &Seed::name);
  return seeds;
}

// The same numbers on every machine: the engine's are fixed, those of distributions are not.
class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t end) { return end == 0 ? 0 : engine_() % end; }

 private:
  std::mt19937 engine_;
};

// Bytes that mean something to one format or another.
constexpr std::string_view kTelling("0123456789 -+,.:/<>&;\"'\n\r\t\0\xFF\xC3\xA4RCDT", 35);

void change(std::string& bytes, const std::vector<Seed>& seeds, Chance& chance) {
  const std::size_t at = chance.below(bytes.size() + 1);
  const std::size_t length = 1 + chance.below(chance.below(4) == 0 ? 200 : 8);
  const char telling = kTelling[chance.below(kTelling.size())];
  switch (chance.below(9)) {
    case 0:
      if (at < bytes.size()) bytes[at] = telling;
      break;
    case 1:
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << chance.below(8)));
      break;
    case 2: bytes.erase(at, length); break;
    case 3: bytes.insert(at, length, telling); break;
    case 4: bytes.insert(chance.below(bytes.size() + 1), bytes.substr(at, length)); break;
    case 5: bytes.resize(at); break;
    case 6:
      for (std::size_t digit = at; digit < std::min(at + length, bytes.size()); ++digit) {
        if (bytes[digit] >= '0' && bytes[digit] <= '9') bytes[digit] = '9';
      }
      break;
    case 7: {
      // A line of any of the files, put anywhere where a line ends.
      const std::string& other = seeds[chance.below(seeds.size())].bytes;
      const std::size_t from = other.find('\n', chance.below(other.size()));
      const std::size_t to = bytes.find('\n', at);
      if (from == std::string::npos || to == std::string::npos) break;
      bytes.insert(to, other.substr(from, other.find('\n', from + 1) - from));
      break;
    }
    default: {
      // A line is lost.
      const std::size_t from = bytes.find('\n', at);
      if (from == std::string::npos) break;
      bytes.erase(from, std::min(bytes.find('\n', from + 1), bytes.size()) - from);
      break;
    }
  }
}

bool is_utf8(std::string_view text) {
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

std::string text_of(const domain::BankParty& party) {
  std::string text = party.name + "|" + party.account + "|" + party.identity;
  for (const std::string& line : party.address) text += "|" + line;
  return text;
}

std::string text_of(const domain::BankEntry& entry) {
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
std::string text_of(const BankFileKept& file) {
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

BankFileKept read_as(const BankFormat& format, std::string_view bytes, std::size_t step) {
  BankFileKept kept;
  tests::BytesInPieces source(bytes, step);
  kept.control = format.read(source, kept).value();
  return kept;
}

// What holds of any bytes. Empty where it does.
std::string fault_of(const BankFormat& format, std::string_view bytes, std::size_t step) {
  const BankFileKept file = read_as(format, bytes, 65'536);
  const std::string text = text_of(file);
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const std::string_view line = std::string_view(text).substr(at, text.find('\n', at) - at);
    if (!is_utf8(line)) return "no UTF-8: " + std::string(line);
    if (text.find('\n', at) == std::string::npos) break;
  }
  if (file.problems.size() > kProblemsMax + 1U) return "too many problems";
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

TEST(BankFiles, SpoiledInAnyWayAreReadWithoutHarm) {
  const int mutants = std::getenv("TELGIRO_SOAK") == nullptr ? kMutants : kMutantsOfSoak;
  std::vector<decltype(BankFormat::read)> done;
  for (const BankFormat& format : bank_formats()) {
    if (format.read == nullptr || std::ranges::find(done, format.read) != done.end()) continue;
    done.push_back(format.read);
    const std::vector<Seed> seeds = seeds_of(format);
    ASSERT_FALSE(seeds.empty()) << format.name << " has no file in tests/data/bank";
    Chance chance(20'261'122);
    for (int mutant = 0; mutant < mutants; ++mutant) {
      std::string bytes = seeds[chance.below(seeds.size())].bytes;
      const std::size_t changes = 1 + chance.below(kChangesMost);
      for (std::size_t each = 0; each < changes; ++each) change(bytes, seeds, chance);
      const std::string fault = fault_of(format, bytes, 1 + chance.below(90));
      ASSERT_EQ(fault, "") << format.name << ", mutant " << mutant << ":\n" << bytes;
    }
  }
}

}  // namespace
}  // namespace formats::bank
