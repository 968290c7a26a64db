// The tree of sources as a value, so that rules about it are functions that a test can feed.
//
// Every rule takes a SourceTree and answers with the violations it found. The tests run each rule
// twice: on a small made-up tree, to show that it catches what it should, and on the real one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace architecture {

struct SourceFile {
  std::string path;         // From the root of the tree, with '/'.
  std::string text;         // As it is.
  std::string uncommented;  // C++ only: comments are blanks, so that places stay the same.
  std::string code;         // C++ only: what stands within quotes is blank too.

  // C++ below src/ or tests/.
  [[nodiscard]] bool is_cpp() const;
  [[nodiscard]] bool is_header() const;
  // A test or benchmark: *_test.cpp, *_test.h, *_bench.cpp and all below tests/.
  [[nodiscard]] bool is_test() const;
  [[nodiscard]] bool is_below(std::string_view folder) const;
};

using SourceTree = std::map<std::string, SourceFile>;

// Reads the text files below the root; what is built, installed or hidden is left out.
[[nodiscard]] SourceTree read_tree(const std::filesystem::path& root);
[[nodiscard]] SourceTree made_up_tree(std::vector<std::pair<std::string, std::string>> files);

struct Violation {
  std::string place;  // path:line
  std::string text;

  friend bool operator==(const Violation&, const Violation&) = default;
};
using Violations = std::vector<Violation>;

[[nodiscard]] Violation violation_at(const SourceFile& file, std::size_t offset, std::string text);
[[nodiscard]] std::string describe(const Violations& violations);

struct Line {
  std::size_t offset = 0;
  std::string_view text;
};
[[nodiscard]] std::vector<Line> lines_of(std::string_view text);

// Where `word` stands in `code` with no letter, digit or _ on either side.
[[nodiscard]] std::vector<std::size_t> find_words(std::string_view code, std::string_view word);

// The offset behind the bracket that closes the one at `open`; the end where none does.
[[nodiscard]] std::size_t after_closing(std::string_view code, std::size_t open);

}  // namespace architecture
