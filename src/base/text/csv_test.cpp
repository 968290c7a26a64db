// What a small CSV file may hold, and what becomes of broken records.
#include "base/text/csv.h"

#include <gtest/gtest.h>

namespace base {
namespace {

using Fields = std::vector<std::string>;

struct Row {
  std::string_view text;
  std::vector<Fields> records;
  std::vector<std::string> problems = {};  // "place code"
};

TEST(Csv, Parse) {
  const Row rows[] = {
      {"", {}},
      {"a,b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
      {"a,b\r\n1,2", {{"a", "b"}, {"1", "2"}}},  // No line end at the end.
      {"\xEF\xBB\xBF"
       "a\n",
       {{"a"}}},                       // Saved by a spreadsheet.
      {"a,b\r", {{"a", "b"}}},         // Cut off within its last line end.
      {"a\n\n\nb\n", {{"a"}, {"b"}}},  // Empty lines are nothing.
      {",\n", {{"", ""}}},
      {"\"a,b\",\"say \"\"hi\"\"\"\n", {{"a,b", "say \"hi\""}}},
      {"\"two\nlines\",x\ny,z\n", {{"two\nlines", "x"}, {"y", "z"}}},
      {"\"\",x", {{"", "x"}}},
      {"a\rb,c\n", {{"a\rb", "c"}}},  // A lone CR is text.
      {"ok\na\"b,c\nok\n", {{"ok"}, {"ok"}}, {"f:2 csv_quote_in_field"}},
      {"ok\n\"a\"b,c\nok\n", {{"ok"}, {"ok"}}, {"f:2 csv_text_after_quote"}},
      {"ok\n\"never\nclosed\n", {{"ok"}}, {"f:2 csv_quote_not_closed"}},
      {"\"", {}, {"f:1 csv_quote_not_closed"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const CsvFile file = parse_csv(row.text, "f");
    std::vector<Fields> records;
    for (const CsvRecord& record : file.records) records.push_back(record.fields);
    std::vector<std::string> problems;
    for (const Error& problem : file.problems)
      problems.push_back(problem.place + " " + problem.code);
    EXPECT_EQ(records, row.records);
    EXPECT_EQ(problems, row.problems);
  }
}

TEST(Csv, LinesAreCountedThroughQuotedFields) {
  const CsvFile file = parse_csv("\"a\nb\"\nc\n", "f");
  ASSERT_EQ(file.records.size(), 2u);
  EXPECT_EQ(file.records[0].line, 1);
  EXPECT_EQ(file.records[1].line, 3);
}

TEST(Csv, OtherDelimiter) {
  EXPECT_EQ(parse_csv("a;b,c\n", "f", ';').records[0].fields, (Fields{"a", "b,c"}));
}

// Any bytes at all give an answer, and no record is lost without a problem that says so.
TEST(Csv, EveryPrefixOfAFileIsRead) {
  const std::string text = "a,\"b\"\"c\"\r\n\"d\ne\",f\n";
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const CsvFile file = parse_csv(std::string_view(text).substr(0, length), "f");
    EXPECT_LE(file.records.size() + file.problems.size(), 2u) << length;
  }
}

}  // namespace
}  // namespace base
