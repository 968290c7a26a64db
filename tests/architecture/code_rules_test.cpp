// Banned words, sizes and form: each rule catches what it should, and the tree obeys.
#include "tests/architecture/code_rules.h"

#include <gtest/gtest.h>

#include "tests/architecture/real_tree.h"

namespace architecture {
namespace {

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int at = 0; at < times; ++at) result += text;
  return result;
}

struct Row {
  std::string path;
  std::string text;
  std::size_t violations;
};

template <std::size_t kRows>
void expect_violations(Violations (*rule)(const SourceTree&), const Row (&rows)[kRows]) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.path + ": " + row.text.substr(0, 200));
    const Violations violations = rule(made_up_tree({{row.path, row.text}}));
    EXPECT_EQ(violations.size(), row.violations) << describe(violations);
  }
}

TEST(FloatingPoint, TheTreeObeys) { expect_none(floating_point(real_tree())); }

TEST(FloatingPoint, IsFoundInMoneyCode) {
  const Row rows[] = {
      {"src/domain/a.cpp", "double rate;", 1},
      {"src/formats/a.h", "using X = float;", 1},
      {"src/base/money/a.cpp", "auto x = 1.5 * y;", 1},
      {"src/flows/billing/a.cpp", "int doubled; // double\nauto s = \"double 1.5\";", 0},
      {"src/base/a.cpp", "a.b(1..2, x1.y);", 0},
      {"src/web/a.cpp", "double seconds;", 0},
      {"src/domain/a_test.cpp", "double seconds;", 0},
  };
  expect_violations(floating_point, rows);
}

TEST(BannedWords, TheTreeObeys) { expect_none(banned_words(real_tree())); }

TEST(BannedWords, AreFoundWhereTheyAreBanned) {
  const Row rows[] = {
      {"src/flows/a.cpp", "int x = rand();", 1},
      {"src/flows/a.cpp", "int x = brand(); // rand()", 0},
      {"src/flows/a.cpp", "auto t = std::time(nullptr);", 1},
      {"src/storage/a.cpp", "auto t = std::chrono::system_clock::now();", 1},
      {"src/app/server/a.cpp", "auto t = std::chrono::system_clock::now();", 0},
      {"src/web/a.cpp", "auto v = std::getenv(\"HOME\");", 1},
      {"src/app/a.cpp", "auto v = std::getenv(\"HOME\");", 0},
      {"src/flows/a.cpp", "std::cout << 1;", 1},
      {"src/app/cli/a.cpp", "std::cout << 1;", 0},
      {"src/flows/a_test.cpp", "std::mt19937 random(1);", 0},
      {"src/flows/a.cpp", "std::mt19937 random(1);", 1},
      {"src/base/a.h", "using namespace std;", 1},
      {"src/base/a.cpp", "using namespace schemes;", 0},
      {"src/formats/a.cpp", "auto x = std::stod(text);", 1},
  };
  expect_violations(banned_words, rows);
}

TEST(Leftovers, TheTreeHasNone) { expect_none(leftovers(real_tree())); }

TEST(Leftovers, AreFoundInCodeAndDocuments) {
  const std::string unfinished = std::string("TO") + "DO", machine = std::string("/wo") + "rk/x",
                    passing = std::string("/t") + "mp/x";
  const Row rows[] = {
      {"src/base/a.cpp", "// " + unfinished + ": later", 1},
      {"docs/a.md", unfinished, 1},
      {"docs/a.md", "MASTODONT", 0},
      {"src/base/a.cpp", "open(\"" + machine + "\");", 1},
      {"docs/a.md", "see " + machine, 1},
      {"src/base/a_test.cpp", "open(\"" + machine + "\");", 1},
      {"src/base/a.cpp", "open(\"" + passing + "\");", 1},
      {"src/base/a_test.cpp", "open(\"" + passing + "\");", 0},
      {"docs/a.md", "see " + passing, 0},
  };
  expect_violations(leftovers, rows);
}

TEST(EnumSwitches, TheTreeObeys) { expect_none(defaults_in_enum_switches(real_tree())); }

TEST(EnumSwitches, HaveNoDefault) {
  const std::string state = "enum class State { kOpen, kGone = 2 };\n";
  const Row rows[] = {
      {"src/domain/a.cpp", state + "switch (s) { case State::kOpen: return 1; default: return 2; }",
       1},
      {"src/domain/a.cpp",
       state + "using enum State; switch (s) { case kGone: return 1; default: return 2; }", 1},
      {"src/domain/a.cpp",
       state + "switch (s) { case State::kOpen: return 1; case State::kGone: break; }", 0},
      {"src/domain/a.cpp", "switch (c) { case 'k': return 1; default: return 2; }", 0},
      {"src/domain/a.cpp", state + "switch (n) { case kGone: return 1; default: break; }", 0},
      {"src/domain/a.cpp", "switch (n) { case 1: return keep; default: return 2; }", 0},
  };
  expect_violations(defaults_in_enum_switches, rows);
}

TEST(Lines, TheTreeObeys) { expect_none(long_lines(real_tree())); }

TEST(Lines, HaveAtMost100Columns) {
  const Row rows[] = {
      {"src/base/a.cpp", std::string(100, 'x') + "\n", 0},
      {"src/base/a.cpp", std::string(101, 'x') + "\n", 1},
      {"src/base/a.cpp", repeated("ä", 100) + "\n", 0},
      {"tests/a.cpp", "\n\n" + std::string(101, 'x'), 1},
      {"docs/a.md", std::string(300, 'x') + "\n", 0},
  };
  expect_violations(long_lines, rows);
}

TEST(Functions, TheTreeObeys) { expect_none(long_functions(real_tree())); }

TEST(Functions, HaveAtMost70Lines) {
  const std::string body69 = repeated("  step();\n", 68), body70 = repeated("  step();\n", 69);
  const Row rows[] = {
      {"src/base/a.cpp", "namespace a {\nvoid f(int b) {\n" + body69 + "}\n}", 0},
      {"src/base/a.cpp", "namespace a {\nvoid f(int b) {\n" + body70 + "}\n}", 1},
      {"src/base/a.h", "class A {\n int g() const {\n" + body70 + "}\n};", 1},
      {"src/base/a.cpp", "bool operator==(A a, A b) {\n" + body70 + "}\n", 1},
      {"src/base/a.cpp", "A::A(int a) : a_(a) {\n" + body70 + "}\n", 1},
      {"src/base/a.cpp", "const Row kRows[] = {\n" + repeated("  {f(1), 2},\n", 90) + "};\n", 0},
      {"src/base/a.cpp", repeated("void f() {\n  step();\n}\n", 60), 0},
      {"src/base/a_test.cpp", "TEST(A, b) {\n" + body70 + "}\n", 0},
  };
  expect_violations(long_functions, rows);
}

TEST(Openings, TheTreeObeys) { expect_none(missing_openings(real_tree())); }

TEST(Openings, SayWhatAFileIs) {
  const Row rows[] = {
      {"src/base/a.h", "// Says it.\n#pragma once\n", 0},
      {"src/base/a.h", "#pragma once\n// Says it.\n", 1},
      {"src/base/a.h", "// Says it.\n", 1},
      {"src/base/a.cpp", "#include <string>\n", 1},
      {"src/base/a.cpp", "// Says it.\n", 0},
  };
  expect_violations(missing_openings, rows);
}

TEST(Results, TheTreeObeys) { expect_none(droppable_results(real_tree())); }

TEST(Results, CannotBeDropped) {
  const Row rows[] = {
      {"src/base/a.h", "  [[nodiscard]] static Result<int> f(int a);\n", 0},
      {"src/base/a.h", "[[nodiscard]]\nbase::Result<int> f(int a);\n", 0},
      {"src/base/a.h", ";\n  static base::Result<int> f(int a);\n", 1},
      {"src/base/a.h", ";\nvirtual Result<int> f(int a) = 0;\n", 1},
      {"src/base/a.h", ";\nResult<int> member;\n", 0},
      {"src/base/a.h", ";\nResult<int> f(int a,\n    int b) override;\n", 0},
      {"src/base/a.cpp", ";\nResult<int> f(int a) {}\n", 0},
  };
  expect_violations(droppable_results, rows);
}

}  // namespace
}  // namespace architecture
