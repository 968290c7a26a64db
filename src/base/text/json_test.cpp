// JSON values and the one canonical way in which we write them.
#include "base/text/json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace base {
namespace {

TEST(Json, Dump) {
  struct Row {
    Json value;
    std::string_view text;
  };
  const Row rows[] = {
      {Json(), "null"},
      {nullptr, "null"},
      {true, "true"},
      {false, "false"},
      {0, "0"},
      {std::int64_t{INT64_MIN}, "-9223372036854775808"},
      {"", R"("")"},
      {"blåbär", R"("blåbär")"},
      {"a\"b\\c/d", R"("a\"b\\c/d")"},
      {"line\r\n\tend", R"("line\r\n\tend")"},
      {std::string("\0\x1f", 2), R"("\u0000\u001f")"},
      {Json::array(), "[]"},
      {Json::object(), "{}"},
      {Json::array().push(1).push("two").push(Json()), R"([1,"two",null])"},
      {Json::object().set("b", 1).set("a", Json::array()), R"({"b":1,"a":[]})"},
  };
  for (const Row& row : rows) EXPECT_EQ(row.value.dump(), row.text);
}

TEST(Json, Pretty) {
  const Json value = Json::object()
                         .set("name", "Aurora")
                         .set("lines", Json::array().push(1).push(Json::object()))
                         .set("none", Json::array());
  EXPECT_EQ(value.pretty(), R"({
  "name": "Aurora",
  "lines": [
    1,
    {}
  ],
  "none": []
})");
}

TEST(Json, AskingForWhatIsNotThereAnswersNull) {
  const Json value = Json::object().set("text", "x").set("number", 7).set("flag", true);
  EXPECT_EQ(value.text("text"), "x");
  EXPECT_EQ(value.text("number", "other"), "other");  // A number is no text.
  EXPECT_EQ(value.text("missing"), "");
  EXPECT_EQ(value.integer("number"), 7);
  EXPECT_EQ(value.integer("text", -1), -1);
  EXPECT_TRUE(*value["flag"].as_bool());
  EXPECT_TRUE(value["missing"].is_null());
  EXPECT_TRUE(value["missing"]["deeper"].is_null());
  EXPECT_TRUE(Json("text")["member"].is_null());
}

TEST(Json, SetReplacesAndKeepsTheOrder) {
  Json value;
  value.set("a", 1).set("b", 2).set("a", 3);
  EXPECT_EQ(value.dump(), R"({"a":3,"b":2})");
  EXPECT_NE(value, Json::object().set("b", 2).set("a", 3)) << "order is part of the value";
}

// Property: a literal has two quotes, no bare control character, and an even number of
// backslashes before none of its inner quotes: it ends where it should.
TEST(Json, StringLiteralsEndWhereTheyShould) {
  EXPECT_TRUE(rc::check([](const std::string& text) {
    std::string literal;
    append_json_string(literal, text);
    RC_ASSERT(literal.size() >= 2 && literal.front() == '"' && literal.back() == '"');
    bool is_escaped = false;
    for (const char c : literal.substr(1, literal.size() - 2)) {
      RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
      RC_ASSERT(c != '"' || is_escaped);
      is_escaped = c == '\\' && !is_escaped;
    }
    RC_ASSERT(!is_escaped);
  }));
}

}  // namespace
}  // namespace base
