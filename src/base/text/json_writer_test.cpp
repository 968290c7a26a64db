// Starts with nothing; simulates documents written member by member and as a tree.
#include "base/text/json_writer.h"

#include <gtest/gtest.h>

#include "base/text/json.h"

namespace base {
namespace {

TEST(JsonWriter, WritesTheBytesOfATree) {
  for (const std::string_view text : {"", "Gatan 1", "åäö €", "a\"b", "\"", "\\", "a\\\\b",
                                      "line\nend", "\r\t", "\x01", "\x1f!"}) {
    Json inner = Json::array();
    inner.push(text).push(Json()).push(INT64_MIN).push(Json::array());
    Json tree;
    tree.set("a", text).set("empty", Json::object()).set("list", std::move(inner));
    tree.set("n", INT64_MAX).set("last", Json::object().set("x", 0));
    std::string bytes;
    JsonWriter(bytes)
        .begin_object()
        .member("a", text)
        .name("empty")
        .begin_object()
        .end_object()
        .name("list")
        .begin_array()
        .text(text)
        .null()
        .integer(INT64_MIN)
        .begin_array()
        .end_array()
        .end_array()
        .member("n", INT64_MAX)
        .name("last")
        .begin_object()
        .member("x", std::int64_t{0})
        .end_object()
        .end_object();
    EXPECT_EQ(bytes, tree.dump()) << text;
  }
}

TEST(JsonWriter, EscapesAsItAlwaysDid) {
  struct Case {
    std::string_view text, literal;
  };
  for (const Case& each : {Case{"a", R"("a")"}, Case{"", R"("")"}, Case{"a\"b\\", R"("a\"b\\")"},
                           Case{"\n\r\t", R"("\n\r\t")"}, Case{"x\x1fy\x01", R"("x\u001fy\u0001")"},
                           Case{"\x7f/é", "\"\x7f/é\""}}) {
    std::string out;
    append_json_string(out, each.text);
    EXPECT_EQ(out, each.literal);
  }
}

}  // namespace
}  // namespace base
