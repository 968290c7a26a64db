// Escaping for the three places where the compiler lets a value stand: text and quoted
// attributes, a component of an address, a whole address.
#include <array>

#include "web/template/template.h"

namespace web {
namespace {

[[nodiscard]] std::string_view entity(char character) {
  switch (character) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
  }
}

[[nodiscard]] constexpr bool is_letter_or_digit(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9');
}

[[nodiscard]] constexpr char lower(char c) {
  return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] bool is_harmless_scheme(std::string_view scheme) {
  // The last three open the apps that people pay with.
  constexpr std::array<std::string_view, 7> kHarmless = {"http",  "https", "mailto",   "tel",
                                                         "swish", "vipps", "mobilepay"};
  for (const auto harmless : kHarmless) {
    if (scheme.size() != harmless.size()) continue;
    bool equal = true;
    for (std::size_t at = 0; at < scheme.size(); ++at) equal &= lower(scheme[at]) == harmless[at];
    if (equal) return true;
  }
  return false;
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  std::size_t start = 0;
  for (std::size_t at = text.find_first_of("&<>\"'"); at != std::string_view::npos;
       at = text.find_first_of("&<>\"'", start)) {
    out.append(text, start, at - start);
    out.append(entity(text[at]));
    start = at + 1;
  }
  out.append(text, start);
}

void append_percent_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    if (is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(kHex[byte >> 4]);
    out.push_back(kHex[byte & 15]);
  }
}

std::string_view harmless_url(std::string_view url) {
  // Browsers drop control characters and leading spaces before they look for the scheme, and
  // take a backslash for a slash: an address with either is not one that we make.
  for (const char c : url) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '\\') return "#";
  }
  const std::size_t end = url.find_first_of(":/?#");
  if (end == std::string_view::npos || url[end] != ':') return url;
  return is_harmless_scheme(url.substr(0, end)) ? url : std::string_view("#");
}

}  // namespace web
