// What a memo says, in parts: the name, a purpose ("payment"), a way ("BGC"), a code.
//
// Which words are purposes and ways, and at how many letters a bank cuts memos off, is not known
// beforehand: a Lexicon learns it from the memos. Words are folded (small letters, no accents).
// A part that was cut off is no contradiction to a longer one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/matching/remittance.h"

namespace domain::matching {

// One part of a memo beside the name.
struct MemoPart {
  std::string word;
  bool cut = false;     // The word, if any, may go on.
  bool unseen = false;  // The memo ended before this part could stand there.
};

struct Memo {
  std::string name;  // The words with one space between.
  std::vector<std::string> words;
  std::uint64_t letters = 0;  // Which bytes the name has, folded to 64 bits: a quick first look.
  bool name_cut = false;
  MemoPart purpose;
  MemoPart way;
  MemoPart code;
};

enum class PartAgreement { kBothNone, kUnseen, kEqual, kOneNone, kDiffers };
inline constexpr std::size_t kPartAgreements = 5;
[[nodiscard]] PartAgreement compare_parts(const MemoPart& a, const MemoPart& b);

enum class NameAgreement {
  kEqual,
  kCut,       // One was cut off and is the beginning of the other.
  kWords,     // One is the first words of the other.
  kInitials,  // Word for word the same or its initial, one word at least in full.
  kSimilar,   // Jaro-Winkler.
  kPartly,    // They share a word of two letters, or the first initial.
  kDiffers,
};
inline constexpr std::size_t kNameAgreements = 7;
[[nodiscard]] NameAgreement compare_names(const Memo& a, const Memo& b);

class Lexicon {
 public:
  [[nodiscard]] static Lexicon learn(std::span<const Remittance> one,
                                     std::span<const Remittance> other);

  [[nodiscard]] Memo parse(std::string_view memo) const;

  // Zero where memos are not cut off.
  [[nodiscard]] std::size_t cut_at() const { return cut_at_; }
  [[nodiscard]] const std::vector<std::string>& purposes() const { return purposes_; }
  [[nodiscard]] const std::vector<std::string>& ways() const { return ways_; }

 private:
  [[nodiscard]] bool is_cut(std::string_view memo) const;
  [[nodiscard]] bool take_last(std::vector<std::string>& words, bool cut, Memo& memo) const;

  std::size_t cut_at_ = 0;
  std::vector<std::string> purposes_;
  std::vector<std::string> ways_;
};

}  // namespace domain::matching
