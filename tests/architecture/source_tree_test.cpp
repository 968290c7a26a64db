// Reading the tree and telling code from comments and quotes: the ground under all rules.
#include "tests/architecture/source_tree.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/architecture/real_tree.h"

namespace architecture {
namespace {

TEST(SourceTree, ReadsTextFilesAndLeavesOutWhatIsBuilt) {
  const auto root = std::filesystem::path(testing::TempDir()) / "telgiro_source_tree";
  std::filesystem::remove_all(root);
  for (const std::string path : {"src/a.cpp", "docs/b.md", "dev", "build/c.cpp", ".git/d.md",
                                 "tests/browser/node_modules/e.js", "docs/picture.png"}) {
    std::filesystem::create_directories((root / path).parent_path());
    std::ofstream(root / path) << path;
  }
  const SourceTree tree = read_tree(root);
  std::filesystem::remove_all(root);
  ASSERT_EQ(tree.size(), 3U);
  EXPECT_EQ(tree.at("src/a.cpp").text, "src/a.cpp");
  EXPECT_TRUE(tree.contains("docs/b.md"));
  EXPECT_TRUE(tree.contains("dev"));
}

TEST(SourceTree, TheRealOneIsThere) {
  EXPECT_TRUE(real_tree().contains("src/base/money/money.h"));
  EXPECT_TRUE(real_tree().contains("tests/architecture/source_tree_test.cpp"));
}

TEST(SourceTree, BlanksCommentsAndQuotes) {
  struct Row {
    std::string text;
    std::string uncommented;
    std::string code;
  };
  const Row rows[] = {
      {"a; // b", "a;     ", "a;     "},
      {"a /* b\nc */ d", "a     \n     d", "a     \n     d"},
      {R"(f("a // b");)", R"(f("a // b");)", R"(f("      ");)"},
      {R"(f("a\"b", 'c');)", R"(f("a\"b", 'c');)", R"(f("    ", ' ');)"},
      {"1'000'000; // x", "1'000'000;     ", "1'000'000;     "},
      {"R\"(a\"b)\"; c", "R\"(a\"b)\"; c", "R\"     \"; c"},
      {"#include \"a/b.h\"", "#include \"a/b.h\"", "#include \"a/b.h\""},
      {"'\"'; \"'\"; // '", "'\"'; \"'\";     ", "' '; \" \";     "},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const SourceFile file = made_up_tree({{"src/a.cpp", row.text}}).at("src/a.cpp");
    EXPECT_EQ(file.uncommented, row.uncommented);
    EXPECT_EQ(file.code, row.code);
  }
}

TEST(SourceTree, FindsWholeWordsAndClosingBrackets) {
  EXPECT_EQ(find_words("rand brand rand_ x.rand(1)", "rand"), (std::vector<std::size_t>{0, 19}));
  EXPECT_EQ(find_words("my_fail(1) fail(2)", "fail("), (std::vector<std::size_t>{11}));
  EXPECT_EQ(after_closing("f(a(b)c) d", 1), 8U);
  EXPECT_EQ(after_closing("{ {", 0), 3U);
}

}  // namespace
}  // namespace architecture
