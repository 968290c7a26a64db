// Reads names out of registries and out of the tables of docs/reference/, and compares.
#include "tests/architecture/documentation_rules.h"

#include <algorithm>
#include <filesystem>
#include <regex>

namespace architecture {
namespace {

constexpr std::string_view kErrorPages = "docs/reference/errors";

// A table of names in the code, and the page that documents them.
struct Registry {
  std::string_view what;
  std::string_view file;
  std::string_view page;
  std::regex row;  // Its groups, joined by a space, are the name.
};

const std::vector<Registry>& registries() {
  static const std::vector<Registry> kRegistries = {
      {"event kind", "src/domain/events/registry.cpp", "docs/reference/events.md",
       std::regex(R"re(\{\s*(?:\.kind\s*=\s*)?"([a-z0-9_.]+)")re")},
      {"reject code", "src/domain/intake/problem_codes.cpp", "docs/reference/rejects.md",
       std::regex(R"re(\{"([a-z0-9_]+)"\})re")},
      {"bank problem", "src/formats/bank/problem_codes.cpp", "docs/reference/bank-problems.md",
       std::regex(R"re(\{"([a-z0-9_]+)", Severity::)re")},
      {"problem of orders", "src/domain/bank/order_problem_codes.cpp",
       "docs/reference/bank-order-problems.md", std::regex(R"re(\{"([a-z0-9_]+)"\})re")},
      {"metric", "src/support/observe/metrics.h", "docs/reference/metrics.md",
       std::regex(R"re("(telgiro_[a-z0-9_]+)")re")},
      {"configuration key", "src/support/config/keys.cpp", "docs/reference/config.md",
       std::regex(R"re(\{\s*"([a-z0-9_.]+)",\s*KeyType)re")},
      {"route", "src/web/routes.cpp", "docs/reference/routes.md",
       std::regex(R"re(\bk(get|post|put|patch|delete),\s*(?:\.path = )?"(/[^"]*)")re",
                  std::regex::icase)},
  };
  return kRegistries;
}

using Names = std::map<std::string, Violation>;  // Each with a place, and what to say of it.

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

Names names_in_code(const SourceFile& file, const Registry& registry) {
  Names names;
  const std::string& text = file.uncommented;
  for (auto row = std::sregex_iterator(text.begin(), text.end(), registry.row);
       row != std::sregex_iterator(); ++row) {
    std::string name = (*row)[1].str();
    if (row->size() > 2) name = upper(name) + " " + (*row)[2].str();
    const auto offset = static_cast<std::size_t>(row->position());
    const std::string said =
        std::string(registry.what) + " '" + name + "' is not in " + std::string(registry.page);
    names.emplace(name, violation_at(file, offset, said));
  }
  return names;
}

// The first cells of the tables of a page, as far as they are `names`.
Names names_on_page(const SourceFile& page, std::string_view what) {
  Names names;
  for (const Line& line : lines_of(page.text)) {
    if (!line.text.starts_with("| `")) continue;
    const std::size_t close = line.text.find('`', 3);
    if (close == line.text.npos) continue;
    const std::string name(line.text.substr(3, close - 3));
    names.emplace(name, violation_at(page, line.offset,
                                     std::string(what) + " '" + name + "' is documented but gone"));
  }
  return names;
}

void report_missing(const Names& present, const Names& wanted, Violations& violations) {
  for (const auto& [name, violation] : present) {
    if (!wanted.contains(name)) violations.push_back(violation);
  }
}

// Where base::fail( is called, with its name in full or by a using-declaration. Functions of the
// same name elsewhere are none of ours.
std::vector<std::size_t> calls_of_fail(const SourceFile& file) {
  const bool named =
      file.is_below("src/base") || !find_words(file.code, "using base::fail").empty();
  std::vector<std::size_t> calls = find_words(file.code, "fail(");
  std::erase_if(calls, [&](std::size_t at) {
    const std::string_view before = std::string_view(file.code).substr(0, at);
    if (before.ends_with("base::")) return false;
    return !named || before.ends_with(".") || before.ends_with("->") || before.ends_with("::");
  });
  return calls;
}

struct Code {
  std::string code;
  std::size_t offset = 0;
};

// The error codes of a file: the literals that base::fail() is called with and, where some
// function of the file hands it a code that it was given, those that stand before a text.
struct Codes {
  std::vector<Code> codes;
  bool hands_on = false;
};

Codes codes_in(const SourceFile& file) {
  static const std::regex kBeforeText(R"re("([a-z0-9]+(?:_[a-z0-9]+)+)",\s*")re");
  Codes found;
  const std::string& text = file.uncommented;
  for (const std::size_t at : calls_of_fail(file)) {
    const std::size_t begin = text.find_first_not_of(" \n", text.find('(', at) + 1);
    if (begin == text.npos || text[begin] != '"') {
      found.hands_on = true;
    } else {
      found.codes.push_back({text.substr(begin + 1, text.find('"', begin + 1) - begin - 1), begin});
    }
  }
  if (!found.hands_on) return found;
  for (auto literal = std::sregex_iterator(text.begin(), text.end(), kBeforeText);
       literal != std::sregex_iterator(); ++literal) {
    found.codes.push_back({(*literal)[1].str(), static_cast<std::size_t>(literal->position())});
  }
  return found;
}

bool makes_errors(const SourceFile& file) {
  return file.is_cpp() && file.is_below("src") && !file.is_test() &&
         !file.is_below("src/base/result");  // Where they are declared.
}

const SourceFile* find_file(const SourceTree& tree, std::string_view path) {
  const auto found = tree.find(std::string(path));
  return found == tree.end() ? nullptr : &found->second;
}

}  // namespace

Violations undocumented_errors(const SourceTree& tree) {
  Names in_code, on_pages;
  for (const auto& [path, file] : tree) {
    if (!makes_errors(file)) continue;
    for (const auto& [code, offset] : codes_in(file).codes) {
      in_code.emplace(
          code, violation_at(file, offset,
                             "error '" + code + "' is in no page of " + std::string(kErrorPages)));
    }
  }
  Violations violations;
  for (const auto& [path, page] : tree) {
    if (!page.is_below(kErrorPages)) continue;
    for (const auto& [code, violation] : names_on_page(page, "error")) {
      const auto [first, is_new] = on_pages.emplace(code, violation);
      if (!is_new) {
        violations.push_back(
            {violation.place,
             "error '" + code + "' is documented twice, also at " + first->second.place});
      }
    }
  }
  report_missing(in_code, on_pages, violations);
  report_missing(on_pages, in_code, violations);
  return violations;
}

Violations hidden_error_codes(const SourceTree& tree) {
  Violations violations;
  for (const auto& [path, file] : tree) {
    if (!makes_errors(file)) continue;
    for (const std::string_view made : {"Error{\"", "Error(\""}) {
      for (const std::size_t at : find_words(file.code, made)) {
        violations.push_back(violation_at(file, at, "errors are made by base::fail()"));
      }
    }
    const Codes codes = codes_in(file);
    if (!codes.hands_on || !codes.codes.empty()) continue;
    violations.push_back(violation_at(file, calls_of_fail(file).front(),
                                      "base::fail() gets a code that no literal here names"));
  }
  return violations;
}

Violations undocumented_names(const SourceTree& tree) {
  Violations violations;
  for (const Registry& registry : registries()) {
    const SourceFile* code = find_file(tree, registry.file);
    const SourceFile* page = find_file(tree, registry.page);
    if (!code || !page) {
      violations.push_back({std::string(code ? registry.page : registry.file), "is missing"});
      continue;
    }
    const Names in_code = names_in_code(*code, registry);
    const Names on_page = names_on_page(*page, registry.what);
    if (in_code.empty())
      violations.push_back(violation_at(*code, 0, "has no row that we can read"));
    report_missing(in_code, on_page, violations);
    report_missing(on_page, in_code, violations);
  }
  return violations;
}

Violations broken_links(const SourceTree& tree) {
  static const std::regex kLink(R"re(\]\(([^)#:\s]+)(?:#[^)]*)?\))re");
  Violations violations;
  for (const auto& [path, page] : tree) {
    if (!path.ends_with(".md")) continue;
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    for (auto link = std::sregex_iterator(page.text.begin(), page.text.end(), kLink);
         link != std::sregex_iterator(); ++link) {
      const std::string target = (folder / (*link)[1].str()).lexically_normal().generic_string();
      // Pictures and data files are not in the tree of texts; folders are there by their files.
      if (std::filesystem::path(target).extension() != ".md") continue;
      if (tree.contains(target)) continue;
      violations.push_back(violation_at(page, static_cast<std::size_t>(link->position()),
                                        "the link leads nowhere: " + target));
    }
  }
  return violations;
}

Violations missing_pages(const SourceTree& tree) {
  constexpr std::string_view kPathLetters = "abcdefghijklmnopqrstuvwxyz0123456789_-/.";
  Violations violations;
  for (const auto& [path, file] : tree) {
    if (file.is_below("tests/architecture")) continue;  // Which makes pages up.
    for (const std::size_t at : find_words(file.text, "docs/")) {
      const std::size_t end =
          std::min(file.text.find_first_not_of(kPathLetters, at), file.text.size());
      std::string page = file.text.substr(at, end - at);
      if (page.ends_with('.')) page.pop_back();  // The end of a sentence.
      if (!page.ends_with(".md") || tree.contains(page)) continue;
      violations.push_back(violation_at(file, at, "there is no " + page));
    }
  }
  return violations;
}

}  // namespace architecture
