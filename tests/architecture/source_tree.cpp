// Reading the tree and taking C++ apart far enough for the rules: code, comments, quotes.
#include "tests/architecture/source_tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace architecture {
namespace {

namespace fs = std::filesystem;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void blank(std::string& text, std::size_t from, std::size_t to) {
  for (std::size_t at = from; at < std::min(to, text.size()); ++at) {
    if (text[at] != '\n') text[at] = ' ';
  }
}

// Behind the quote that ends the literal which begins at `at`, without regard to escapes of line
// ends: our code has none.
std::size_t after_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != quote && text[at] != '\n'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

// Behind R"name(...)name" whose quote is at `at`.
std::size_t after_raw(std::string_view text, std::size_t at) {
  const std::size_t open = text.find('(', at);
  if (open == text.npos) return text.size();
  const std::string end = ")" + std::string(text.substr(at + 1, open - at - 1)) + "\"";
  const std::size_t close = text.find(end, open);
  return close == text.npos ? text.size() : close + end.size();
}

bool begins_include(std::string_view text, std::size_t quote) {
  const std::size_t line = text.rfind('\n', quote) + 1;  // npos + 1 is the start.
  return text.substr(line, quote - line).starts_with("#include");
}

void take_apart(SourceFile& file) {
  const std::string& text = file.text;
  file.uncommented = file.code = text;
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, 2, "//") == 0) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      blank(file.uncommented, at, end);
      blank(file.code, at, end);
      at = end;
    } else if (text.compare(at, 2, "/*") == 0) {
      const std::size_t close = text.find("*/", at + 2);
      const std::size_t end = close == text.npos ? text.size() : close + 2;
      blank(file.uncommented, at, end);
      blank(file.code, at, end);
      at = end;
    } else if (text[at] == '"') {
      const bool raw = at > 0 && text[at - 1] == 'R';
      const std::size_t end = raw ? after_raw(text, at) : after_quoted(text, at);
      if (!begins_include(text, at)) blank(file.code, at + 1, end - 1);
      at = end;
    } else if (text[at] == '\'' && (at == 0 || !is_word(text[at - 1]))) {
      const std::size_t end = after_quoted(text, at);
      blank(file.code, at + 1, end - 1);
      at = end;
    } else {
      ++at;
    }
  }
}

SourceFile make_file(std::string path, std::string text) {
  SourceFile file{.path = std::move(path), .text = std::move(text), .uncommented = {}, .code = {}};
  if (file.is_cpp()) take_apart(file);
  return file;
}

bool is_text(const fs::path& path) {
  constexpr std::array<std::string_view, 13> kKinds = {".h",  ".cpp",   ".md",   ".sh",  ".mjs",
                                                       ".js", ".css",   ".html", ".txt", ".toml",
                                                       "",    ".cmake", ".sql"};
  return std::ranges::find(kKinds, path.extension().string()) != kKinds.end();
}

bool is_left_out(const fs::path& path) {
  const std::string name = path.filename().string();
  return name == "build" || name == "node_modules" || name.starts_with('.');
}

}  // namespace

bool SourceFile::is_cpp() const {
  return (is_below("src") || is_below("tests")) && (path.ends_with(".cpp") || path.ends_with(".h"));
}
bool SourceFile::is_header() const { return is_cpp() && path.ends_with(".h"); }
bool SourceFile::is_test() const {
  return is_below("tests") || path.ends_with("_test.cpp") || path.ends_with("_test.h") ||
         path.ends_with("_bench.cpp");
}
bool SourceFile::is_below(std::string_view folder) const {
  return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

SourceTree read_tree(const fs::path& root) {
  SourceTree tree;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
    if (is_left_out(entry->path())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && is_text(entry->path())) {
      std::ostringstream text;
      text << std::ifstream(entry->path(), std::ios::binary).rdbuf();
      const std::string path = fs::relative(entry->path(), root).generic_string();
      tree.emplace(path, make_file(path, std::move(text).str()));
    }
  }
  return tree;
}

SourceTree made_up_tree(std::vector<std::pair<std::string, std::string>> files) {
  SourceTree tree;
  for (auto& [path, text] : files) tree.emplace(path, make_file(path, std::move(text)));
  return tree;
}

Violation violation_at(const SourceFile& file, std::size_t offset, std::string text) {
  const auto end =
      file.text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, file.text.size()));
  const auto line = 1 + std::count(file.text.begin(), end, '\n');
  return {file.path + ":" + std::to_string(line), std::move(text)};
}

std::string describe(const Violations& violations) {
  std::string text;
  for (const Violation& violation : violations) {
    text += violation.place + ": " + violation.text + "\n";
  }
  return text;
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back({at, text.substr(at, end - at)});
    at = end + 1;
  }
  return lines;
}

std::vector<std::size_t> find_words(std::string_view code, std::string_view word) {
  std::vector<std::size_t> found;
  for (std::size_t at = code.find(word); at != code.npos; at = code.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_word(word.front()) || !is_word(code[at - 1]);
    const bool ends = end >= code.size() || !is_word(word.back()) || !is_word(code[end]);
    if (begins && ends) found.push_back(at);
  }
  return found;
}

std::size_t after_closing(std::string_view code, std::size_t open) {
  const char opening = code[open];
  const char closing = opening == '(' ? ')' : opening == '[' ? ']' : '}';
  int depth = 0;
  for (std::size_t at = open; at < code.size(); ++at) {
    if (code[at] == opening) ++depth;
    if (code[at] == closing && --depth == 0) return at + 1;
  }
  return code.size();
}

}  // namespace architecture
