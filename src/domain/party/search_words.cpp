#include "domain/party/search_words.h"

#include <algorithm>
#include <cstdint>

namespace domain {
namespace {

constexpr std::size_t kPrefixMin = 2;
constexpr std::size_t kPrefixMax = 12;  // Letters; whoever types more has found them.
constexpr std::size_t kSoundMin = 4;    // Shorter words are too alike.
constexpr std::size_t kPhoneDigits = 8;
constexpr std::size_t kPhoneDigitsMin = 7;
constexpr std::size_t kWordsMax = 8;

// U+00C0 to U+017F without their marks; a dot for what is no letter.
constexpr std::string_view kPlain =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
constexpr char32_t kPlainFrom = 0xC0;
static_assert(kPlain.size() == 0x180 - 0xC0);

// One code point and how many bytes it takes; a byte that is no UTF-8 stands for itself.
struct CodePoint {
  char32_t value;
  std::size_t bytes;
};
CodePoint next_code_point(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t bytes = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (bytes == 1 || first < 0xC0 || text.size() < bytes) return {first, 1};
  char32_t value = first & (0xFFU >> (bytes + 1));
  for (std::size_t at = 1; at < bytes; ++at) {
    value = value << 6 | (static_cast<unsigned char>(text[at]) & 0x3FU);
  }
  return {value, bytes};
}

// The folded letter appended; false where it is none.
bool append_folded(std::string_view letter, char32_t value, std::string& word) {
  if (value < 0x80) {
    const char c = static_cast<char>(value);
    if (c >= 'A' && c <= 'Z') {
      word.push_back(static_cast<char>(c - 'A' + 'a'));
      return true;
    }
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word.push_back(c);
      return true;
    }
    return false;
  }
  if (value >= kPlainFrom && value < kPlainFrom + kPlain.size()) {
    const char plain = kPlain[value - kPlainFrom];
    if (plain != '.') word.push_back(plain);
    return plain != '.';
  }
  if (value < kPlainFrom || (value >= 0x2000 && value < 0x2070)) return false;
  // Another script: as written, capitals of Greek and Cyrillic as small letters.
  if (value >= 0x391 && value <= 0x3A9) value += 0x20;
  if (value >= 0x410 && value <= 0x42F) value += 0x20;
  if (value < 0x800) {
    word.push_back(static_cast<char>(0xC0 | value >> 6));
    word.push_back(static_cast<char>(0x80 | (value & 0x3F)));
  } else {
    word += letter;
  }
  return true;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits),
                       [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

// Whether the text is a telephone number and nothing else.
bool is_phone(std::string_view text) {
  return digits_of(text).size() >= kPhoneDigitsMin &&
         text.find_first_not_of("0123456789 +-()/") == std::string_view::npos;
}

// The end of a number is the same with and without its country and trunk prefix.
std::string phone_word(std::string_view text) {
  const std::string digits = digits_of(text);
  return "t:" + digits.substr(digits.size() - std::min(digits.size(), kPhoneDigits));
}

// Cuts between letters, never in one.
std::size_t end_of_letter(std::string_view word, std::size_t at) {
  do {
    ++at;
  } while (at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0) == 0x80);
  return at;
}

void add_prefixes(std::string_view word, std::vector<std::string>& words) {
  std::size_t letters = 0;
  for (std::size_t end = 0; end < word.size() && letters < kPrefixMax;) {
    end = end_of_letter(word, end);
    if (++letters >= kPrefixMin) words.push_back("w:" + std::string(word.substr(0, end)));
  }
}

std::string longest_prefix(std::string_view word) {
  std::size_t end = 0;
  for (std::size_t letters = 0; end < word.size() && letters < kPrefixMax; ++letters) {
    end = end_of_letter(word, end);
  }
  return std::string(word.substr(0, end));
}

// The sound itself, and it with each letter left out.
std::vector<std::string> sound_words(std::string_view word) {
  const std::string sound = sound_of(word);
  if (sound.size() < kSoundMin) return {};
  std::vector<std::string> words = {"s:" + sound};
  for (std::size_t at = 0; at < sound.size(); ++at) {
    words.push_back("s:" + sound.substr(0, at) + sound.substr(at + 1));
  }
  return words;
}

struct Sound {
  std::string_view letters;
  std::string_view sounds;
};
// The longer first.
constexpr Sound kSounds[] = {{"sch", "s"}, {"ae", "a"}, {"oe", "o"}, {"ue", "u"},
                             {"ck", "k"},  {"ch", "k"}, {"ph", "f"}, {"th", "t"},
                             {"dt", "t"},  {"ks", "s"}, {"x", "s"},  {"c", "k"},
                             {"q", "k"},   {"w", "v"},  {"z", "s"},  {"y", "i"}};

}  // namespace

std::vector<std::string> fold_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  while (!text.empty()) {
    const CodePoint point = next_code_point(text);
    if (!append_folded(text.substr(0, point.bytes), point.value, word)) end_word();
    text.remove_prefix(point.bytes);
  }
  end_word();
  return words;
}

std::string fold_number(std::string_view text) {
  std::string number;
  for (const std::string& word : fold_words(text)) number += word;
  return number;
}

std::string sound_of(std::string_view word) {
  std::string sound;
  while (!word.empty()) {
    const auto known = std::ranges::find_if(
        kSounds, [&](const Sound& row) { return word.starts_with(row.letters); });
    std::string_view next = word.substr(0, 1);
    std::size_t taken = 1;
    if (known != std::end(kSounds)) {
      next = known->sounds;
      taken = known->letters.size();
    } else if (next == "h" && !sound.empty()) {
      next = "";
    }
    // Double letters sound once.
    if (!next.empty() && (sound.empty() || sound.back() != next.front())) sound += next;
    word.remove_prefix(taken);
  }
  return sound;
}

std::vector<std::string> index_words(const SearchFacts& facts) {
  std::vector<std::string> words;
  for (const std::string& name : facts.names) {
    for (const std::string& word : fold_words(name)) {
      add_prefixes(word, words);
      std::ranges::move(sound_words(word), std::back_inserter(words));
    }
  }
  for (const std::string& line : facts.addresses) {
    for (const std::string& word : fold_words(line)) add_prefixes(word, words);
  }
  for (const std::string& number : facts.numbers) {
    if (const std::string folded = fold_number(number); !folded.empty()) {
      words.push_back("n:" + folded);
    }
    if (is_phone(number)) words.push_back(phone_word(number));
  }
  for (const std::string& phone : facts.phones) {
    if (is_phone(phone)) words.push_back(phone_word(phone));
  }
  if (!facts.email.empty()) words.push_back("m:" + fold_number(facts.email));
  std::ranges::sort(words);
  const auto repeated = std::ranges::unique(words);
  words.erase(repeated.begin(), repeated.end());
  return words;
}

WordGroups exact_groups(std::string_view text) {
  if (text.contains('@')) return {{"m:" + fold_number(text)}};
  if (is_phone(text)) return {{phone_word(text), "n:" + fold_number(text)}};
  WordGroups groups;
  for (const std::string& word : fold_words(text)) {
    if (word.size() < kPrefixMin || groups.size() == kWordsMax) continue;
    groups.push_back({"w:" + longest_prefix(word), "n:" + word});
  }
  // A number that was written with signs in it.
  if (groups.size() > 1 && !digits_of(text).empty() && text.find(' ') == text.npos) {
    return {{"n:" + fold_number(text)}};
  }
  return groups;
}

WordGroups tolerant_groups(std::string_view text) {
  WordGroups groups;
  for (const std::string& word : fold_words(text)) {
    if (word.size() < kPrefixMin || groups.size() == kWordsMax) continue;
    std::vector<std::string> group = sound_words(word);
    // A short word has to be there as it is.
    if (group.empty()) group.push_back("w:" + longest_prefix(word));
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace domain
