// How mistakes in what people wrote are named.
#include "domain/check/members.h"

#include <gtest/gtest.h>

namespace domain::check {
namespace {

using base::Json;

template <class T>
std::string told(const base::Result<T>& result) {
  return result ? "" : result.error().code + " " + result.error().place;
}

TEST(Members, TypesAndPlaces) {
  const Json json = Json()
                        .set("text", "a")
                        .set("empty", "")
                        .set("number", 7)
                        .set("flag", true)
                        .set("list", Json::array().push("x").push(1))
                        .set("table", Json::object().set("a", 1));
  const Members members = *Members::of(json, "file.toml: ");
  EXPECT_EQ(members.text("text"), "a");
  EXPECT_EQ(told(members.text("absent")), "missing_member file.toml: absent");
  EXPECT_EQ(told(members.text("empty")), "bad_member file.toml: empty");
  EXPECT_EQ(told(members.text("number")), "bad_member file.toml: number");
  EXPECT_EQ(members.text_or("absent", "b"), "b");
  EXPECT_EQ(members.integer_or("number", 0), 7);
  EXPECT_EQ(members.integer_or("absent", 5), 5);
  EXPECT_EQ(told(members.integer_or("text", 0)), "bad_member file.toml: text");
  EXPECT_EQ(members.flag_or("flag", false), true);
  EXPECT_EQ(told(members.flag_or("number", false)), "bad_member file.toml: number");
  EXPECT_EQ(told(members.texts("list")), "bad_member file.toml: list");
  EXPECT_TRUE(members.texts("absent")->empty());
  EXPECT_EQ((*members.list("list"))->size(), 2U);
  EXPECT_EQ((*members.table("table"))->size(), 1U);
  EXPECT_EQ(told(members.table("list")), "bad_member file.toml: list");
  EXPECT_EQ(told(members.allow_only({"text", "empty", "number", "flag", "list"})),
            "unknown_member file.toml: table");
  EXPECT_EQ(told(Members::of(json["text"], members.place_of("text"))),
            "bad_member file.toml: text");
  EXPECT_EQ(Members::of(json["table"], members.place_of("table"))->place_of("a"),
            "file.toml: table.a");
}

}  // namespace
}  // namespace domain::check
