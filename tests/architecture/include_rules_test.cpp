// The layers and the third-party headers: each rule catches what it should, and the tree obeys.
#include "tests/architecture/include_rules.h"

#include <gtest/gtest.h>

#include "tests/architecture/real_tree.h"

namespace architecture {
namespace {

TEST(Layers, TheTreeObeys) { expect_none(forbidden_includes(real_tree())); }

TEST(Layers, EachPartSeesOnlyWhatItsRowAllows) {
  struct Row {
    std::string from;
    std::string to;
    bool allowed;
  };
  const Row rows[] = {
      {"src/domain/a.h", "base/money/money.h", true},
      {"src/base/a.h", "domain/ids.h", false},
      {"src/domain/a.cpp", "ports/store.h", false},
      {"src/domain/a.cpp", "support/json/parse.h", false},
      {"src/support/config/a.cpp", "support/json/parse.h", false},
      {"src/support/config/a.cpp", "base/money/money.h", true},
      {"src/formats/a.cpp", "support/json/parse.h", true},
      {"src/formats/a.cpp", "ports/store.h", false},
      {"src/storage/sqlite/a.cpp", "ports/store.h", true},
      {"src/storage/sqlite/a.cpp", "flows/run.h", false},
      {"src/flows/a.cpp", "storage/open.h", false},
      {"src/flows/a.cpp", "support/json/parse.h", true},
      {"src/web/a.cpp", "flows/run.h", true},
      {"src/web/a.cpp", "storage/open.h", false},
      {"src/app/a.cpp", "storage/open.h", true},
      {"src/domain/a_test.cpp", "support/json/parse.h", true},  // Tests may look further.
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.from + " includes " + row.to);
    const auto tree = made_up_tree({{row.from, "// Comment.\n#include \"" + row.to + "\"\n"},
                                    {"src/" + row.to, "// Comment.\n#pragma once\n"}});
    EXPECT_EQ(forbidden_includes(tree).empty(), row.allowed);
  }
  const auto tree = made_up_tree(
      {{"src/domain/a.cpp", "\n#include \"ports/store.h\"\n"}, {"src/ports/store.h", ""}});
  EXPECT_EQ(forbidden_includes(tree),
            (Violations{{"src/domain/a.cpp:2", "domain may not include ports/store.h"}}));
}

TEST(Layers, APartThatNoRowNamesIsFound) {
  const auto tree = made_up_tree({{"src/extras/a.cpp", "#include <string>\n"}});
  EXPECT_EQ(forbidden_includes(tree).size(), 1U);
}

TEST(Cycles, TheTreeHasNone) { expect_none(include_cycles(real_tree())); }

TEST(Cycles, AreFound) {
  const auto tree = made_up_tree({{"src/base/a.h", "#include \"base/b.h\"\n"},
                                  {"src/base/b.h", "\n#include \"base/c.h\"\n"},
                                  {"src/base/c.h", "// #include \"base/b.h\"\n"}});
  EXPECT_EQ(include_cycles(tree), Violations{});
  const auto cycle = made_up_tree(
      {{"src/base/a.h", "#include \"base/b.h\"\n"}, {"src/base/b.h", "\n#include \"base/a.h\"\n"}});
  EXPECT_EQ(include_cycles(cycle), (Violations{{"src/base/b.h:2", "closes a cycle of includes"}}));
}

TEST(Siblings, TheTreeObeys) { expect_none(sibling_includes(real_tree())); }

TEST(Siblings, AdaptersDoNotKnowEachOther) {
  const auto tree = made_up_tree({
      {"src/formats/bank/camt053/a.cpp",
       "#include \"formats/bank/pain008/b.h\"\n"
       "#include \"formats/bank/iso20022/c.h\"\n"
       "#include \"formats/bank/registry.h\"\n"},
      {"src/formats/bank/pain008/b.h", ""},
      {"src/formats/bank/iso20022/c.h", ""},
      {"src/formats/bank/registry.h", ""},
      {"src/storage/sqlite/a.cpp", "\n#include \"storage/postgres/b.h\"\n"},
      {"src/storage/postgres/b.h", ""},
  });
  EXPECT_EQ(
      sibling_includes(tree),
      (Violations{
          {"src/formats/bank/camt053/a.cpp:1", "includes its sibling formats/bank/pain008/b.h"},
          {"src/storage/sqlite/a.cpp:2", "includes its sibling storage/postgres/b.h"}}));
}

TEST(ThirdParty, TheTreeObeys) { expect_none(stray_third_party_headers(real_tree())); }

TEST(ThirdParty, EachLibraryHasItsFolder) {
  struct Row {
    std::string path;
    std::string header;
    bool allowed;
  };
  const Row rows[] = {
      {"src/storage/sqlite/a.cpp", "sqlite3.h", true},
      {"src/storage/postgres/a.cpp", "sqlite3.h", false},
      {"src/app/a.cpp", "libpq-fe.h", false},
      {"src/web/server/a.cpp", "boost/asio.hpp", true},
      {"src/web/a.cpp", "boost/asio.hpp", false},
      {"src/app/cli/line/a.cpp", "CLI/CLI.hpp", true},
      {"src/app/server/a.cpp", "CLI/CLI.hpp", false},
      {"src/domain/a.cpp", "nlohmann/json.hpp", false},
      {"src/domain/a.cpp", "openssl/sha.h", false},
      {"src/domain/a.cpp", "vector", true},
      {"src/domain/a.cpp", "unistd.h", false},
      {"src/storage/sqlite/a.cpp", "unistd.h", true},
      {"src/domain/a.cpp", "gtest/gtest.h", false},
      {"src/domain/a_test.cpp", "gtest/gtest.h", true},
      {"src/app/a.cpp", "yaml-cpp/yaml.hpp", false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.path + " includes " + row.header);
    const auto tree = made_up_tree({{row.path, "#include <" + row.header + ">\n"}});
    EXPECT_EQ(stray_third_party_headers(tree).empty(), row.allowed);
  }
}

TEST(ThirdParty, ExpensiveHeadersStandInOneFile) {
  const auto tree = made_up_tree({{"src/support/config/a.cpp", "#include <toml.hpp>\n"},
                                  {"src/support/config/b.cpp", "#include <toml.hpp>\n"}});
  ASSERT_EQ(stray_third_party_headers(tree).size(), 1U);
  EXPECT_EQ(stray_third_party_headers(tree)[0].place, "src/support/config/b.cpp:1");
}

TEST(Includes, TheTreeObeys) { expect_none(unknown_includes(real_tree())); }

TEST(Includes, NameFilesThatExist) {
  const auto tree = made_up_tree(
      {{"src/base/a.cpp", "#include \"a.h\"\n#include \"base/a.h\"\n"}, {"src/base/a.h", ""}});
  EXPECT_EQ(unknown_includes(tree), (Violations{{"src/base/a.cpp:1", "there is no a.h"}}));
}

}  // namespace
}  // namespace architecture
