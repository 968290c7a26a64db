// Learning the words that are no names, and comparing what is left.
#include "domain/matching/memo.h"

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <utility>

#include "domain/check/characters.h"
#include "domain/matching/similarity.h"
#include "domain/party/search_words.h"

namespace domain::matching {
namespace {

constexpr std::size_t kCutShare = 5;           // One memo in so many ends at the same letter.
constexpr std::size_t kFillerShare = 200;      // One memo in so many has the word.
constexpr std::size_t kFillerNeighbours = 50;  // After so many different words.
constexpr std::size_t kCodeLetters = 3;
constexpr double kSimilarFrom = 0.88;

std::size_t letters_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Digits mixed with letters a to f, or many digits: what a machine made.
bool is_code(std::string_view word) {
  if (word.size() < kCodeLetters) return false;
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(word, check::is_digit));
  if (digits == word.size()) return digits > kCodeLetters;
  return digits > 0 && std::ranges::all_of(word, [](char c) {
           return check::is_digit(c) || ('a' <= c && c <= 'f');
         });
}

std::size_t common_cut(std::span<const Remittance> one, std::span<const Remittance> other) {
  std::map<std::size_t, std::size_t> lengths;
  for (const auto side : {one, other}) {
    for (const Remittance& row : side) ++lengths[letters_of(row.memo)];
  }
  if (lengths.empty()) return 0;
  const auto most = std::ranges::max_element(lengths, {}, [](const auto& at) { return at.second; });
  return most->second * kCutShare >= one.size() + other.size() ? most->first : 0;
}

// Where a word stands, over all memos.
struct Standing {
  std::size_t rows = 0;
  std::size_t last = 0;
  std::size_t followed_by_code = 0;
  std::set<std::string> before;
  std::map<std::string, std::size_t> after;
};

bool starts(std::string_view text, std::string_view beginning) {
  return text.starts_with(beginning);
}

// The same word, or the beginning of the other where it was cut.
bool same_word(const MemoPart& a, const MemoPart& b) {
  return a.word == b.word || (a.cut && starts(b.word, a.word)) || (b.cut && starts(a.word, b.word));
}

bool is_first_words(std::string_view beginning, std::string_view name) {
  return name.size() > beginning.size() && name[beginning.size()] == ' ' &&
         name.starts_with(beginning);
}

// Names of which one has a letter in two that the other has not are never that similar.
bool may_be_similar(const Memo& a, const Memo& b) {
  return 2 * std::popcount(a.letters & b.letters) >= std::popcount(a.letters | b.letters);
}

bool initials_agree(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.size() != b.size()) return false;
  bool full = false;
  for (std::size_t at = 0; at < a.size(); ++at) {
    const bool initial = (a[at].size() == 1 && b[at].starts_with(a[at])) ||
                         (b[at].size() == 1 && a[at].starts_with(b[at]));
    if (a[at] != b[at] && !initial) return false;
    full = full || (a[at] == b[at] && a[at].size() > 1);
  }
  return full;
}

bool share_a_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(a, [&](const std::string& word) {
    return word.size() > 1 && std::ranges::find(b, word) != b.end();
  });
}

}  // namespace

PartAgreement compare_parts(const MemoPart& a, const MemoPart& b) {
  if (a.unseen || b.unseen) return PartAgreement::kUnseen;
  if (a.word.empty() && b.word.empty()) return PartAgreement::kBothNone;
  if (a.word.empty() || b.word.empty()) return PartAgreement::kOneNone;
  return same_word(a, b) ? PartAgreement::kEqual : PartAgreement::kDiffers;
}

NameAgreement compare_names(const Memo& a, const Memo& b) {
  if (a.name == b.name) return NameAgreement::kEqual;
  if (a.name.empty() || b.name.empty()) return NameAgreement::kDiffers;
  if ((a.name_cut && b.name.starts_with(a.name)) || (b.name_cut && a.name.starts_with(b.name))) {
    return NameAgreement::kCut;
  }
  if (is_first_words(a.name, b.name) || is_first_words(b.name, a.name)) {
    return NameAgreement::kWords;
  }
  if (initials_agree(a.words, b.words)) return NameAgreement::kInitials;
  if (may_be_similar(a, b) && jaro_winkler(a.name, b.name) >= kSimilarFrom) {
    return NameAgreement::kSimilar;
  }
  const bool partly = a.name.front() == b.name.front() || share_a_word(a.words, b.words);
  return partly ? NameAgreement::kPartly : NameAgreement::kDiffers;
}

Lexicon Lexicon::learn(std::span<const Remittance> one, std::span<const Remittance> other) {
  Lexicon lexicon;
  lexicon.cut_at_ = common_cut(one, other);
  std::map<std::string, Standing> words;
  for (const auto side : {one, other}) {
    for (const Remittance& row : side) {
      std::vector<std::string> memo = fold_words(row.memo);
      const bool cut = lexicon.is_cut(row.memo);
      if (cut && !memo.empty()) memo.pop_back();
      for (std::size_t at = 1; at < memo.size(); ++at) {
        Standing& word = words[memo[at]];
        ++word.rows;
        const bool last = at + 1 == memo.size();
        if (last) ++word.last;
        if (!last && is_code(memo[at + 1])) ++word.followed_by_code;
        if (!last) ++word.after[memo[at + 1]];
        if (word.before.size() < kFillerNeighbours) word.before.insert(memo[at - 1]);
      }
    }
  }
  const std::size_t rows = one.size() + other.size();
  const auto is_filler = [&](const std::string& word, const Standing& standing) {
    return word.size() > 1 && !is_code(word) && standing.rows * kFillerShare >= rows &&
           standing.before.size() >= kFillerNeighbours;
  };
  for (const auto& [word, standing] : words) {
    if (is_filler(word, standing) && standing.last * 10 >= standing.rows * 9) {
      lexicon.ways_.push_back(word);
    }
  }
  for (const auto& [word, standing] : words) {
    if (!is_filler(word, standing) || std::ranges::binary_search(lexicon.ways_, word)) continue;
    std::size_t ends = standing.last + standing.followed_by_code;
    for (const std::string& way : lexicon.ways_) {
      const auto after = standing.after.find(way);
      if (after != standing.after.end()) ends += after->second;
    }
    if (ends * 10 >= standing.rows * 8) lexicon.purposes_.push_back(word);
  }
  return lexicon;
}

bool Lexicon::is_cut(std::string_view memo) const {
  return cut_at_ != 0 && letters_of(memo) == cut_at_;
}

// The last word, if it is none of the name, goes into its part.
bool Lexicon::take_last(std::vector<std::string>& words, bool cut, Memo& memo) const {
  if (words.size() < 2) return false;
  const std::string& word = words.back();
  const auto fits = [&](const std::vector<std::string>& known) {
    return std::ranges::any_of(
        known, [&](const std::string& k) { return cut ? k.starts_with(word) : k == word; });
  };
  const auto take = [&](MemoPart& part) {
    part = {word, cut && !std::ranges::binary_search(ways_, word), false};
    if (cut && word.size() < 3) memo.name_cut = true;  // It could be of the name as well.
    words.pop_back();
    return true;
  };
  const bool way_free = memo.way.word.empty();
  const bool code_free = memo.code.word.empty();
  if (way_free && memo.purpose.word.empty() && code_free && fits(ways_)) return take(memo.way);
  if (code_free && memo.purpose.word.empty() && is_code(word)) {
    if (way_free && cut) memo.way.unseen = true;
    return take(memo.code);
  }
  if (memo.purpose.word.empty() && fits(purposes_)) {
    if (way_free && cut) memo.way.unseen = memo.code.unseen = true;
    return take(memo.purpose);
  }
  return false;
}

Memo Lexicon::parse(std::string_view text) const {
  Memo memo;
  std::vector<std::string> words = fold_words(text);
  bool cut = is_cut(text);
  bool taken = false;
  while (take_last(words, cut, memo)) {
    cut = false;
    taken = true;
  }
  if (cut && !taken)
    memo.name_cut = memo.purpose.unseen = memo.way.unseen = memo.code.unseen = true;
  for (const std::string& word : words) {
    if (!memo.name.empty()) memo.name.push_back(' ');
    memo.name += word;
  }
  for (const char c : memo.name)
    memo.letters |= std::uint64_t{1} << (static_cast<unsigned>(c) & 63U);
  memo.words = std::move(words);
  return memo;
}

}  // namespace domain::matching
