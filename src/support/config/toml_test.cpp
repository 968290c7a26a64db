// What a TOML file becomes, and which place an error in one names.
#include "support/config/toml.h"

#include <gtest/gtest.h>

#include <random>

namespace config {
namespace {

TEST(Toml, BecomesJsonInTheOrderOfTheFile) {
  const auto toml = Toml::parse(
      "name = \"Aurora\"\n"
      "from = 2026-11-01\n"
      "at = 2026-11-01T10:00:00Z\n"
      "live = true\n"
      "\n"
      "[rules]\n"
      "zeta = 1\n"
      "alpha = [1, -2]\n"
      "rate.high = \"25.5\"\n"
      "[[column]]\n"
      "name = 'id'\n"
      "[[column]]\n"
      "name = \"y\\\"[[\"  # [[[ no table\n",
      "a.toml");
  ASSERT_TRUE(toml) << base::describe(toml.error());
  EXPECT_EQ(toml->root().dump(),
            R"({"name":"Aurora","from":"2026-11-01","at":"2026-11-01T10:00:00Z","live":true,)"
            R"("rules":{"zeta":1,"alpha":[1,-2],"rate":{"high":"25.5"}},)"
            R"("column":[{"name":"id"},{"name":"y\"[["}]})");
  EXPECT_EQ(toml->place("live"), "a.toml:4");
  EXPECT_EQ(toml->place("rules.rate.high"), "a.toml:9");
  EXPECT_EQ(toml->place("column.1.name"), "a.toml:13");
  EXPECT_EQ(toml->place("rules.absent"), "a.toml:6");
  EXPECT_EQ(toml->place("absent"), "a.toml");
}

TEST(Toml, EmptyFileIsAnEmptyTable) {
  EXPECT_EQ(parse_toml("", "e.toml"), base::Json::object());
  EXPECT_EQ(parse_toml("\xef\xbb\xbf# only a comment", "e.toml"), base::Json::object());
}

TEST(Toml, Errors) {
  struct Row {
    std::string text;
    std::string code;
    std::string place;
  };
  const Row rows[] = {
      {"a = 1\nb =\n", "toml_syntax", "x.toml:2"},
      {"a = 1\na = 2\n", "toml_syntax", "x.toml:2"},
      {"a = 1\n\nno separator\n", "toml_syntax", "x.toml:3"},
      {"a = \"\xff\"\n", "toml_syntax", "x.toml:1"},
      {std::string("a = \"x\0y\"\n", 10), "toml_syntax", "x.toml:1"},
      {"day = 2026-02-30\n", "toml_syntax", "x.toml:1"},
      {"\nvat = 25.5\n", "toml_float", "x.toml:2"},
      {"vat = [1, inf]\n", "toml_float", "x.toml:1"},
      {"n = 99999999999999999999\n", "toml_integer_range", "x.toml:1"},
      {"\na = " + std::string(20'000, '['), "toml_too_deep", "x.toml:2"},
      {std::string(99, 'a') + std::string(40, '.') + "= 1", "toml_too_deep", "x.toml:1"},
      {std::string(kTomlBytesMax + 1, '#'), "toml_too_large", "x.toml"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text.substr(0, 40));
    const auto toml = Toml::parse(row.text, "x.toml");
    ASSERT_FALSE(toml);
    EXPECT_EQ(toml.error().code, row.code);
    EXPECT_EQ(toml.error().place, row.place);
    EXPECT_FALSE(toml.error().text.empty());
    EXPECT_EQ(toml.error().text.find("toml::"), std::string::npos) << toml.error().text;
  }
}

// Bytes changed, cut out and doubled at random places of an honest file: an answer, never a crash.
TEST(Toml, DamagedFilesNeverCrash) {
  const std::string honest =
      "a = \"text\"\n[b.c]\nd = [1, 2, [3]]\n[[e]]\nf = { g = 2026-01-02, h = '''\nx''' }\n";
  std::mt19937 random(7);  // The same damage each time.
  std::string text = honest;
  for (int round = 0; round < 3000; ++round) {
    if (round % 5 == 0) text = honest;
    const std::size_t at = random() % text.size();
    if (round % 3 == 0) text[at] = static_cast<char>(random());
    if (round % 3 == 1) text.erase(at, 1 + random() % 3);
    if (round % 3 == 2) text.insert(at, text.substr(random() % text.size(), random() % 9));
    if (text.empty()) text = honest;
    const auto toml = Toml::parse(text, "damaged.toml");
    if (!toml) {
      EXPECT_TRUE(toml.error().code.starts_with("toml_")) << text;
    }
  }
}

}  // namespace
}  // namespace config
