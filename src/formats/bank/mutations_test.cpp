// Bank files that went wrong in any way: each of our own small files is changed at random, always
// in the same way, and read.
//
// What must hold of any bytes is tests/support/bank_file_fault.h. With the asan preset this is what
// looks for harm; ./dev soak takes a hundred times as many, and tests/fuzz looks further.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/support/bank_file_fault.h"

namespace formats::bank {
namespace {

namespace fs = std::filesystem;

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
      const std::string fault = tests::fault_of(format, bytes, 1 + chance.below(90));
      ASSERT_EQ(fault, "") << format.name << ", mutant " << mutant << ":\n" << bytes;
    }
  }
}

}  // namespace
}  // namespace formats::bank
