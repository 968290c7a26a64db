#include "domain/matching/payer_name.h"

#include <algorithm>
#include <cstddef>

#include "domain/matching/similarity.h"
#include "domain/party/search_words.h"

namespace domain::matching {
namespace {

constexpr double kSimilarMin = 0.92;
constexpr std::size_t kSharedWordMin = 3;  // Letters: shorter words are initials or particles.

// Not ASA: it is Åsa's name too.
constexpr std::string_view kLegalForms[] = {"ab", "aps", "as",  "bv",  "gmbh", "hb",
                                            "kb", "ltd", "nv",  "oy",  "oyj",  "sa",
                                            "sl", "spa", "srl", "ivs", "enk",  "handelsbolag"};
struct Digraph {
  std::string_view pair;
  char letter;
};
constexpr Digraph kDigraphs[] = {{"aa", 'a'}, {"ae", 'a'}, {"oe", 'o'}, {"ue", 'u'}};

std::string without_digraphs(const std::string& word) {
  std::string plain;
  for (std::size_t at = 0; at < word.size(); ++at) {
    const std::string_view pair = std::string_view(word).substr(at, 2);
    const auto found = std::ranges::find(kDigraphs, pair, &Digraph::pair);
    plain.push_back(found == std::end(kDigraphs) ? word[at] : found->letter);
    if (found != std::end(kDigraphs)) ++at;
  }
  return plain;
}

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> words;
  for (const std::string& word : fold_words(name)) {
    if (std::ranges::find(kLegalForms, word) == std::end(kLegalForms)) {
      words.push_back(without_digraphs(word));
    }
  }
  return words;
}

std::string joined(std::vector<std::string> words) {
  std::ranges::sort(words);
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// Each word of the shorter name is, or begins, a word of the longer; one at least is the same.
bool agree_as_far_as_said(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto& shorter = a.size() <= b.size() ? a : b;
  const auto& longer = a.size() <= b.size() ? b : a;
  if (shorter.size() < 2) return false;
  std::vector<bool> taken(longer.size(), false);
  bool one_whole = false;
  for (const std::string& word : shorter) {
    std::size_t best = longer.size();
    for (std::size_t at = 0; at < longer.size(); ++at) {
      if (taken[at]) continue;
      if (longer[at] == word) {
        best = at;
        break;
      }
      if (longer[at].starts_with(word) || word.starts_with(longer[at])) best = at;
    }
    if (best == longer.size()) return false;
    taken[best] = true;
    one_whole |= longer[best] == word && word.size() >= kSharedWordMin;
  }
  return one_whole;
}

bool share_a_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(a, [&](const std::string& word) {
    return word.size() >= kSharedWordMin && std::ranges::find(b, word) != b.end();
  });
}

std::string by_sound(const std::string& last, const std::string& first) {
  return "payer:" + sound_of(last) + " " + first.substr(0, 1);
}

}  // namespace

NameLevel compare_payer_names(std::string_view payer, std::string_view customer) {
  const auto a = name_words(payer), b = name_words(customer);
  if (a.empty() || b.empty()) return NameLevel::kNotSaid;
  const std::string one = joined(a), other = joined(b);
  if (one == other) return NameLevel::kEqual;
  if (agree_as_far_as_said(a, b)) return NameLevel::kInitials;
  // Relatives share most letters too: words are compared one by one.
  if (a.size() == b.size() && jaro_winkler(one, other) >= kSimilarMin) {
    auto sorted_a = a, sorted_b = b;
    std::ranges::sort(sorted_a);
    std::ranges::sort(sorted_b);
    bool each = true;
    for (std::size_t at = 0; at < a.size(); ++at) {
      each &= jaro_winkler(sorted_a[at], sorted_b[at]) >= kSimilarMin;
    }
    if (each) return NameLevel::kSimilar;
  }
  return share_a_word(a, b) ? NameLevel::kSurname : NameLevel::kDiffers;
}

std::vector<std::string> payer_index_words(std::string_view name) {
  const auto words = name_words(name);
  if (words.empty()) return {};
  std::vector<std::string> found = {"payer=" + joined(words)};
  if (words.size() > 1) found.push_back(by_sound(words.back(), words.front()));
  return found;
}

std::vector<std::string> payer_search_words(std::string_view name) {
  const auto words = name_words(name);
  std::vector<std::string> found = payer_index_words(name);
  if (words.size() > 1) found.push_back(by_sound(words.front(), words.back()));
  return found;
}

}  // namespace domain::matching
