// Text as people and search see it: without case, and in plain letters.
#pragma once

#include <string>
#include <string_view>

namespace locale {

// For comparing: case, width and composition no longer count (Unicode NFKC case folding), letters
// do: "ÖHRSTRÖM" and "öhrström" are the same, "ohrstrom" is another. Broken UTF-8 becomes U+FFFD.
[[nodiscard]] std::string fold_case(std::string_view text);

// For systems that know only ASCII, and for search that forgives: Öhrström is Ohrstrom, Ærø is
// AEro, Straße is Strasse, Жанна is Zanna. What has no Latin form becomes '?': the answer is
// always ASCII.
[[nodiscard]] std::string to_ascii(std::string_view text);

// Both: the form in which a search index keeps names and compares queries with them.
[[nodiscard]] std::string search_form(std::string_view text);

}  // namespace locale
