#include "web/language.h"

#include <algorithm>
#include <string>

namespace web {
namespace {

// "0.8" as 800; a weight that makes no sense counts as none (RFC 9110 12.4.2).
int read_weight(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const std::string_view text = parameters.substr(at + 2);
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  int weight = text[0] == '1' ? 1000 : 0;
  int place = 100;
  for (std::size_t digit = 2; digit < text.size() && place > 0; ++digit, place /= 10) {
    if (text[digit] < '0' || text[digit] > '9') break;
    weight += (text[digit] - '0') * place;
  }
  return std::min(weight, 1000);
}

// "sv" of " SV-se".
std::string primary_tag(std::string_view range) {
  std::string tag;
  for (const char c : range) {
    if (c == ' ' || c == '\t') continue;
    if (c == '-') break;
    tag.push_back('A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return tag;
}

}  // namespace

locale::Language pick_language(std::string_view accept_language, locale::Language otherwise) {
  locale::Language best = otherwise;
  int best_weight = 0;
  while (!accept_language.empty()) {
    const std::string_view range = accept_language.substr(0, accept_language.find(','));
    accept_language.remove_prefix(std::min(accept_language.size(), range.size() + 1));
    const std::size_t semicolon = std::min(range.find(';'), range.size());
    const auto language = locale::parse_language(primary_tag(range.substr(0, semicolon)));
    const int weight = read_weight(range.substr(semicolon));
    if (language && weight > best_weight) {
      best = *language;
      best_weight = weight;
    }
  }
  return best;
}

}  // namespace web
