// The tables of banned words and the rules about form.
#include "tests/architecture/code_rules.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace architecture {
namespace {

constexpr std::size_t kColumnsMax = 100;
constexpr std::ptrdiff_t kFunctionLinesMax = 70;

// Where amounts, rates and quantities pass.
const std::vector<std::string_view> kMoneyFolders = {
    "src/base", "src/domain", "src/ports", "src/flows", "src/formats", "src/storage",
};

// Files that may use binary floating point there, and why they cannot harm.
struct Exception {
  std::string_view path;
  std::string_view reason;
};
const std::vector<Exception> kFloatingPointAllowed = {
    {"src/domain/matching/assignment.h", "probabilities of pairs; sees no amount"},
    {"src/domain/matching/assignment.cpp", "probabilities of pairs; sees no amount"},
    {"src/domain/matching/candidates.h",
     "logarithms of how common a likeness is; amounts stay whole"},
    {"src/domain/matching/candidates.cpp",
     "logarithms of how common a likeness is; amounts stay whole"},
    {"src/domain/matching/match.h", "the probability of a pair"},
    {"src/domain/matching/memo.cpp", "a threshold of likeness of names"},
    {"src/domain/matching/model.h", "probabilities of evidence; sees no amount"},
    {"src/domain/matching/model.cpp", "probabilities of evidence; sees no amount"},
    {"src/domain/matching/payer_model.h", "probabilities of evidence; amounts are only compared"},
    {"src/domain/matching/payer_model.cpp", "probabilities of evidence; sees no amount"},
    {"src/domain/matching/payer_name.cpp", "a threshold of likeness of names"},
    {"src/domain/matching/similarity.h", "likeness of names; sees no amount"},
    {"src/domain/matching/similarity.cpp", "likeness of names; sees no amount"},
};

struct BannedWord {
  std::string_view word;
  std::vector<std::string_view> allowed;  // Folders or files where it has its place.
  std::string_view instead;
};
const std::vector<BannedWord> kBannedWords = {
    {"rand", {}, "crypto::Random"},
    {"srand", {}, "crypto::Random"},
    {"random_device", {}, "crypto::Random"},
    {"mt19937", {"tests", "_test.cpp", "_bench.cpp"}, "crypto::Random"},
    {"mt19937_64", {"tests", "_test.cpp", "_bench.cpp"}, "crypto::Random"},
    {"system_clock", {"src/app"}, "base::Clock"},
    {"high_resolution_clock", {}, "base::Clock, or steady_clock to measure a duration"},
    {"time(nullptr)", {}, "base::Clock"},
    {"time(NULL)", {}, "base::Clock"},
    {"gettimeofday", {}, "base::Clock"},
    {"clock_gettime", {}, "base::Clock"},
    {"getenv", {"src/app", "tests", "_test.cpp"}, "config::Environment, handed in by app"},
    {"cout", {"src/app", "tests", "_test.cpp"}, "a returned value or observe::log"},
    {"printf", {"src/app", "tests", "_test.cpp"}, "a returned value or observe::log"},
    {"puts", {"src/app", "tests", "_test.cpp"}, "a returned value or observe::log"},
    {"cerr", {"src/app", "tests", "_test.cpp"}, "observe::log"},
    {"strtod", {}, "base::Decimal::parse"},
    {"stod", {}, "base::Decimal::parse"},
    {"stof", {}, "base::Decimal::parse"},
    {"atof", {}, "base::Decimal::parse"},
    {"const_cast", {}, "a const that is meant"},
};

// Written in two parts, so that this file does not find itself.
const std::string kUnfinished[] = {std::string("TO") + "DO", std::string("FIX") + "ME"};
const std::string kMachinePaths[] = {std::string("/wo") + "rk/", std::string("/ro") + "ot/"};
// Examples in documents and scripts may name these; the program never does.
const std::string kUsersPaths[] = {std::string("/t") + "mp/", std::string("/ho") + "me/"};

bool is_listed(const SourceFile& file, const std::vector<std::string_view>& list) {
  return std::ranges::any_of(list, [&](std::string_view entry) {
    return file.is_below(entry) || file.path.ends_with(entry);
  });
}

bool is_money_code(const SourceFile& file) {
  return file.is_cpp() && !file.is_test() &&
         std::ranges::any_of(kMoneyFolders, [&](auto folder) { return file.is_below(folder); });
}

// "1.5", "2.", "1e9": literals whose type is double. Version numbers stand within quotes.
bool is_floating_literal(std::string_view code, std::size_t at) {
  const auto digit = [&](std::size_t i) {
    return i < code.size() && std::isdigit(static_cast<unsigned char>(code[i])) != 0;
  };
  return code[at] == '.' && at > 0 && digit(at - 1) && digit(at + 1);
}

bool mentions(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

// The text between the end of the last statement or block and the brace at `open`.
std::string_view head_of_block(std::string_view code, std::size_t open) {
  const std::size_t before = code.find_last_of(";{}", open == 0 ? 0 : open - 1);
  const std::size_t from = open == 0 || before == code.npos ? 0 : before + 1;
  return code.substr(from, open - from);
}

// Whether a block that opens outside of any function is the body of one.
bool heads_function(std::string_view head) {
  if (!mentions(head, "(")) return false;
  for (const std::string_view word : {"namespace", "class", "struct", "enum", "union"}) {
    if (!find_words(head, word).empty()) return false;
  }
  // "const Row kRows[] = {...}" is data; "operator==(...)" and "int a = 1" within () are not.
  const std::string_view before = head.substr(0, head.find('('));
  return !mentions(before, "=") || mentions(before, "operator");
}

std::size_t first_word(std::string_view text, std::size_t at) {
  const std::size_t found = text.find_first_not_of(" \n\t", at);
  return found == text.npos ? text.size() : found;
}

void check_function(const SourceFile& file, std::size_t from, std::size_t end, Violations& out) {
  const auto lines = std::count(file.code.begin() + static_cast<std::ptrdiff_t>(from),
                                file.code.begin() + static_cast<std::ptrdiff_t>(end), '\n') +
                     1;
  if (lines <= kFunctionLinesMax) return;
  out.push_back(violation_at(file, from,
                             "a function of " + std::to_string(lines) + " lines; " +
                                 std::to_string(kFunctionLinesMax) + " are allowed"));
}

// Walks the blocks outside of functions: into namespaces and classes, over data, onto functions.
void find_long_functions(const SourceFile& file, Violations& out) {
  const std::string_view code = file.code;
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (code[at] != '{') continue;
    const std::string_view head = head_of_block(code, at);
    const bool function = heads_function(head);
    if (!function && !mentions(head, "=")) continue;  // A namespace or class: look inside.
    const std::size_t end = after_closing(code, at);
    if (function) check_function(file, first_word(code, at - head.size()), end, out);
    at = end - 1;
  }
}

// The names of the values of all our enums (enum class), from wherever they are declared.
std::set<std::string> enumerators_of(const SourceTree& tree) {
  std::set<std::string> names;
  for (const auto& [path, file] : tree) {
    if (!file.is_cpp()) continue;
    for (const std::size_t at : find_words(file.code, "enum class")) {
      const std::size_t open = file.code.find_first_of("{;", at);
      if (open == std::string::npos || file.code[open] == ';') continue;
      const std::size_t end = after_closing(file.code, open);
      for (std::size_t name = open; name < end; ++name) {
        if (file.code[name] != 'k' ||
            !std::isspace(static_cast<unsigned char>(file.code[name - 1]))) {
          continue;
        }
        const std::size_t stop = file.code.find_first_of(" ,=\n}", name);
        names.insert(file.code.substr(name, stop - name));
      }
    }
  }
  return names;
}

// Whether a case of the block is one of the names: "case State::kOpen:" or, where the file names
// the enum by "using enum", "case kOpen:".
bool has_enum_label(std::string_view block, const std::set<std::string>& enumerators,
                    bool unqualified) {
  for (const std::size_t at : find_words(block, "case")) {
    std::size_t end = block.find(':', at);
    while (end < block.size() && block.substr(end, 2) == "::") end = block.find(':', end + 2);
    const std::string_view label = block.substr(at, end - at);
    const std::string name(label.substr(label.find_last_of(" :") + 1));
    if (!unqualified && !mentions(label, "::")) continue;
    if (enumerators.contains(name)) return true;
  }
  return false;
}

}  // namespace

Violations floating_point(const SourceTree& tree) {
  Violations violations;
  for (const auto& [path, file] : tree) {
    if (!is_money_code(file)) continue;
    if (std::ranges::find(kFloatingPointAllowed, path, &Exception::path) !=
        kFloatingPointAllowed.end()) {
      continue;
    }
    for (const std::string_view word : {"double", "float"}) {
      for (const std::size_t at : find_words(file.code, word)) {
        violations.push_back(violation_at(file, at, std::string(word) + " in money code"));
      }
    }
    for (std::size_t at = 0; at < file.code.size(); ++at) {
      if (is_floating_literal(file.code, at)) {
        violations.push_back(violation_at(file, at, "a floating-point literal in money code"));
      }
    }
  }
  return violations;
}

Violations banned_words(const SourceTree& tree) {
  Violations violations;
  for (const auto& [path, file] : tree) {
    if (!file.is_cpp()) continue;
    for (const BannedWord& banned : kBannedWords) {
      if (is_listed(file, banned.allowed)) continue;
      for (const std::size_t at : find_words(file.code, banned.word)) {
        violations.push_back(violation_at(
            file, at,
            std::string(banned.word) + " is banned here; use " + std::string(banned.instead)));
      }
    }
    if (!file.is_header()) continue;
    for (const std::size_t at : find_words(file.code, "using namespace")) {
      violations.push_back(violation_at(file, at, "using namespace in a header"));
    }
  }
  return violations;
}

Violations leftovers(const SourceTree& tree) {
  Violations violations;
  for (const auto& [path, file] : tree) {
    for (const std::string& word : kUnfinished) {
      for (const std::size_t at : find_words(file.text, word)) {
        violations.push_back(violation_at(file, at, word + ": finish it or open an issue"));
      }
    }
    const auto ban_path = [&](const std::string& part) {
      const std::size_t at = file.text.find(part);
      if (at == file.text.npos) return;
      violations.push_back(violation_at(file, at, "'" + part + "' is a path of one machine"));
    };
    std::ranges::for_each(kMachinePaths, ban_path);
    if (file.is_below("src") && !file.is_test()) std::ranges::for_each(kUsersPaths, ban_path);
  }
  return violations;
}

Violations defaults_in_enum_switches(const SourceTree& tree) {
  Violations violations;
  const std::set<std::string> enumerators = enumerators_of(tree);
  for (const auto& [path, file] : tree) {
    if (!file.is_cpp() || file.is_test()) continue;
    const bool unqualified = !find_words(file.code, "using enum").empty();
    for (const std::size_t at : find_words(file.code, "switch")) {
      const std::size_t open = file.code.find('{', at);
      if (open == file.code.npos) continue;
      const std::string_view block =
          std::string_view(file.code).substr(open, after_closing(file.code, open) - open);
      const auto defaults = find_words(block, "default:");
      if (defaults.empty() || !has_enum_label(block, enumerators, unqualified)) continue;
      violations.push_back(violation_at(file, open + defaults.front(),
                                        "default: in a switch over an enum hides a new value"));
    }
  }
  return violations;
}

Violations long_lines(const SourceTree& tree) {
  Violations violations;
  for (const auto& [path, file] : tree) {
    if (!file.is_cpp()) continue;
    for (const Line& line : lines_of(file.text)) {
      const auto columns = static_cast<std::size_t>(std::ranges::count_if(
          line.text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
      if (columns <= kColumnsMax) continue;
      violations.push_back(violation_at(file, line.offset, std::to_string(columns) + " columns"));
    }
  }
  return violations;
}

Violations long_functions(const SourceTree& tree) {
  Violations violations;
  for (const auto& [path, file] : tree) {
    if (file.is_cpp() && !file.is_test()) find_long_functions(file, violations);
  }
  return violations;
}

Violations missing_openings(const SourceTree& tree) {
  Violations violations;
  for (const auto& [path, file] : tree) {
    if (!file.is_cpp()) continue;
    // A .cpp beside its header is opened by the header.
    const std::string header = path.substr(0, path.rfind('.')) + ".h";
    if (!file.text.starts_with("// ") && (file.is_header() || !tree.contains(header))) {
      violations.push_back(
          violation_at(file, 0, "does not open with a comment that says what it is"));
    }
    if (file.is_header() && find_words(file.code, "#pragma once").size() != 1) {
      violations.push_back(violation_at(file, 0, "a header without #pragma once"));
    }
  }
  return violations;
}

Violations droppable_results(const SourceTree& tree) {
  Violations violations;
  for (const auto& [path, file] : tree) {
    if (!file.is_header() || file.is_test()) continue;
    for (const Line& line : lines_of(file.code)) {
      std::string_view text = line.text;
      text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
      for (const std::string_view word : {"static ", "virtual ", "inline ", "constexpr "}) {
        if (text.starts_with(word)) text.remove_prefix(word.size());
      }
      if (!text.starts_with("base::Result<") && !text.starts_with("Result<")) continue;
      // Up to the end of the declaration. Without brackets it is a member; an override is called
      // through the declaration that it overrides.
      const std::size_t end =
          std::min(file.code.find_first_of(";{", line.offset), file.code.size());
      const std::string_view declaration =
          std::string_view(file.code).substr(line.offset, end - line.offset);
      if (!mentions(declaration, "(") || mentions(declaration, "override")) continue;
      const std::size_t before = file.code.find_last_not_of(" \n", line.offset - 1);
      if (before != std::string::npos && file.code[before] == ']') continue;
      violations.push_back(violation_at(file, line.offset, "a Result without [[nodiscard]]"));
    }
  }
  return violations;
}

}  // namespace architecture
