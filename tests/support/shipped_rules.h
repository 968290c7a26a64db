// For tests: the shipped files countries/<cc>/rules.csv, read and made into one book.
#pragma once

#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "domain/law/rule_book.h"
#include "formats/law/rules_csv.h"

namespace formats::law {

inline constexpr std::array<std::string_view, 8> kShippedCountries = {"se", "fi", "no", "dk",
                                                                      "it", "es", "de", "eu"};

// The whole file, or nothing where it cannot be opened.
inline std::string read_test_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline RulesRead shipped_rules(std::string_view country) {
  const std::string path = "countries/" + std::string(country) + "/rules.csv";
  return read_rules(read_test_file(TELGIRO_SOURCE_DIR "/" + path), path,
                    domain::RuleOrigin::kShipped);
}

inline const domain::RuleBook& shipped_book() {
  static const domain::RuleBook kBook = [] {
    std::vector<domain::CountryRule> rules;
    for (const std::string_view country : kShippedCountries) {
      for (domain::CountryRule& rule : shipped_rules(country).rules) {
        rules.push_back(std::move(rule));
      }
    }
    auto book = domain::RuleBook::make(std::move(rules));
    if (!book) {
      std::cerr << base::describe(book.error()) << '\n';
      std::abort();  // Nothing that needs the rules can be tested.
    }
    return *std::move(book);
  }();
  return kBook;
}

}  // namespace formats::law
