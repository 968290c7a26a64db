// Records of fixed width however their lines end, or do not: each of our own files is read to the
// same entries, statements and problems.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "formats/bank/bank_json.h"
#include "tests/support/read_bank_file.h"

namespace formats::bank::fixed_width {
namespace {

namespace fs = std::filesystem;

using tests::BankFileKept;
using tests::read_bank_file;

// A folder of our own files, and how wide their records are; 0: they say it themselves.
struct Folder {
  std::string_view folder;
  std::size_t width;
};
constexpr Folder kFolders[] = {{"autogiro", 80}, {"bg_old", 80},  {"bgmax", 80}, {"ktl", 90},
                               {"norma43", 80},  {"ocrgiro", 80}, {"tito", 0}};

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::string with_ends(const std::vector<std::string>& lines, std::string_view end) {
  std::string text;
  for (const std::string& line : lines) text += line + std::string(end);
  return text;
}

std::string without_blanks(const std::vector<std::string>& lines) {
  std::string text;
  for (std::string line : lines) {
    line.resize(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

// Absent where a line is longer than a record, as those of UTF-8 are.
std::optional<std::string> joined(const std::vector<std::string>& lines, std::size_t width) {
  std::string text;
  for (std::string line : lines) {
    const std::size_t length = width > 0 ? width : std::stoul(line.substr(3, 3));
    if (line.find_last_not_of(' ') >= length) return std::nullopt;
    line.resize(length, ' ');
    text += line;
  }
  return text;
}

std::string told(const BankFileKept& file) {
  std::string text = file.format + "\n";
  for (const auto& statement : file.statements) text += to_json(statement).dump() + "\n";
  for (const auto& entry : file.entries) text += to_json(entry).dump() + "\n";
  for (const auto& mandate : file.mandates) text += to_json(mandate).dump() + "\n";
  for (const auto& status : file.statuses) text += to_json(status).dump() + "\n";
  for (const std::string& problem : file.problem_lines()) text += problem + "\n";
  return text + to_json(file.control).dump();
}

TEST(FixedWidth, AnyEndOfLinesIsTheSame) {
  std::size_t compared = 0;
  for (const Folder& row : kFolders) {
    const fs::path root = fs::path(TELGIRO_SOURCE_DIR "/tests/data/bank") / row.folder;
    for (const auto& file : fs::directory_iterator(root)) {
      if (file.path().extension() == ".expected") continue;
      const std::vector<std::string> lines = lines_of(file.path());
      const std::string text = with_ends(lines, "\n");
      const std::string wanted = told(read_bank_file(text));
      const struct {
        std::string_view what;
        std::string bytes;
      } forms[] = {
          {"CRLF", with_ends(lines, "\r\n")},
          {"CR alone", with_ends(lines, "\r")},
          {"blanks cut", without_blanks(lines)},
          {"a mark of the order of bytes", "\xEF\xBB\xBF" + text},
          {"a sign of the end", text + "\x1A"},
          {"no end of the last line", text.substr(0, text.size() - 1)},
          {"no line ends", joined(lines, row.width).value_or(text)},
          {"no line ends, a sign of the end", joined(lines, row.width).value_or(text) + "\x1A"},
      };
      for (const auto& form : forms) {
        SCOPED_TRACE(file.path().string() + ": " + std::string(form.what));
        ++compared;
        EXPECT_EQ(told(read_bank_file(form.bytes)), wanted);
        EXPECT_EQ(told(read_bank_file(form.bytes, 7)), wanted);
      }
    }
  }
  EXPECT_GT(compared, 100U);
}

}  // namespace
}  // namespace formats::bank::fixed_width
