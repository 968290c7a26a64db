// Queries, forms, cookies and headers as clients send them. One row, one fact.
#include "web/http.h"

#include <gtest/gtest.h>

namespace web {
namespace {

TEST(Fields, ReadsWhatFormsSend) {
  struct Row {
    std::string_view encoded;
    std::string_view read;  // "name=value;..." or "!code".
  };
  const Row rows[] = {
      {"", ""},
      {"a=1&b=2", "a=1;b=2;"},
      {"a=1&a=2", "a=1;a=2;"},
      {"a", "a=;"},
      {"=x", "=x;"},
      {"&&a=1&", "a=1;"},
      {"a=b=c", "a=b=c;"},
      {"namn=%C3%85sa+Berg", "namn=Åsa Berg;"},
      {"a=%2B%26%3D", "a=+&=;"},
      {"a=%", "!bad_url_encoding"},
      {"a=%4", "!bad_url_encoding"},
      {"a=%zz", "!bad_url_encoding"},
      {"a=%00", "!bad_url_encoding"},           // NUL
      {"a=%C3", "!bad_url_encoding"},           // Half a character.
      {"a=%C0%AF", "!bad_url_encoding"},        // "/" written too long.
      {"a=%ED%A0%80", "!bad_url_encoding"},     // Half a surrogate pair.
      {"a=%F4%90%80%80", "!bad_url_encoding"},  // Beyond Unicode.
      {"a=%F0%9F%92%B8", "a=💸;"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.encoded);
    const auto fields = Fields::parse(row.encoded);
    std::string read = fields ? "" : "!" + fields.error().code;
    if (fields) {
      for (const auto& [name, value] : fields->rows()) read += name + "=" + value + ";";
    }
    EXPECT_EQ(read, row.read);
  }
}

TEST(Fields, HaveALimit) {
  std::string many;
  for (std::size_t count = 0; count < kFieldsMax; ++count) many += "a=1&";
  EXPECT_TRUE(Fields::parse(many).has_value());
  EXPECT_EQ(Fields::parse(many + "a=1").error().code, "too_many_fields");
}

TEST(Fields, WriteWhatTheyRead) {
  Fields fields;
  fields.set("text", "Åsa & co/+");
  fields.set("empty", "");
  fields.set("state", "open");
  fields.set("state", "closed");
  EXPECT_EQ(fields.encode(), "text=%C3%85sa%20%26%20co%2F%2B&state=closed");
  EXPECT_EQ(Fields::parse(fields.encode())->text("text"), "Åsa & co/+");
}

TEST(Request, FindsItsCookies) {
  Request request;
  request.headers.add("Cookie", "a=1; telgiro_session=x=y ;b=3");
  request.headers.add("cookie", "c=4");
  EXPECT_EQ(request.cookie("telgiro_session"), "x=y");
  EXPECT_EQ(request.cookie("b"), "3");
  EXPECT_EQ(request.cookie("c"), "4");
  EXPECT_EQ(request.cookie("session"), "");
}

TEST(Request, AFormSaysThatItIsOne) {
  Request request{.method = Method::kPost, .body = "a=1"};
  EXPECT_EQ(request.form().error().code, "not_a_form");
  request.headers.set("Content-Type", "text/plain");
  EXPECT_EQ(request.form().error().code, "not_a_form");
  request.headers.set("content-type", "Application/X-WWW-Form-urlencoded; charset=utf-8");
  EXPECT_EQ(request.form()->text("a"), "1");
}

TEST(Headers, CompareNamesWithoutCase) {
  Headers headers;
  headers.add("Set-Cookie", "a");
  headers.add("set-cookie", "b");
  EXPECT_EQ(headers.count("SET-COOKIE"), 2U);
  headers.set("SET-cookie", "c");
  EXPECT_EQ(headers.count("Set-Cookie"), 1U);
  EXPECT_EQ(headers.get("set-cookie"), "c");
  EXPECT_EQ(headers.get("other"), "");
}

}  // namespace
}  // namespace web
