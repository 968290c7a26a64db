// JSON lines as files hold them: nested members, lists, null, times, and lines that are broken.
#include "formats/source/json_lines_reader.h"

#include <gtest/gtest.h>

#include "formats/source/line_splitter.h"
#include "formats/source/registry.h"
#include "support/config/toml.h"

namespace formats::source {
namespace {

constexpr std::string_view kMapping = R"(
division = "mobile"
[[records]]
name = "subscriptions"
kind = "subscription"
reader = "json_lines"
encoding = "utf-8"
ignored = ["extra"]
[records.columns]
id = "service"
"customer.id" = "number"
"customer.name" = "name"
"customer.address.city" = "city"
plan = "plan"
from = "starts"
add_ons = "add_ons"
label = { field = "label", optional = true }
[records.columns.changes]
field = "plan_changes"
members = { day = "at", code = "to" }
[[records]]
name = "usage"
kind = "usage"
reader = "json_lines"
encoding = "utf-8"
local_times = "earlier"
[records.columns]
id = "number"
nr = "service_number"
at = "at"
kind = "kind"
[records.columns.price]
field = "price"
optional = true
)";

const Mapping& mapping() {
  static const Mapping kRead =
      *read_mapping(*config::parse_toml(kMapping, "mappings/mobile.toml"), "mappings/mobile.toml");
  return kRead;
}

// A line an item: fields as name=text, or !code of the record, or !code@heading of a field.
base::Result<std::string> read(std::string_view records, std::string_view file, std::size_t chunk) {
  const auto reader = make_reader(**mapping().find(records));
  std::string text;
  const auto visit = [&](SourceItem&& item) -> base::Result<> {
    text += std::to_string(item.line) + "@" + std::to_string(item.offset) + "-" +
            std::to_string(item.end) + ":";
    if (item.unreadable) text += " !" + item.unreadable->code;
    for (const auto& field : item.record.fields) {
      if (!field.text.empty()) text += " " + field.name + "=" + field.text;
    }
    for (const auto& problem : item.record.problems) {
      text += " !" + problem.code + "@" + problem.field;
    }
    text += "\n";
    return {};
  };
  for (std::size_t at = 0; at < file.size(); at += chunk) {
    TRY(reader->feed(file.substr(at, chunk), visit));
  }
  TRY(reader->finish(visit));
  EXPECT_TRUE(reader->context().empty());
  return text;
}

// The same with chunks of any size; without the places.
std::string items(std::string_view records, std::string_view file) {
  const auto whole = read(records, file, file.size() + 1);
  for (const std::size_t chunk : {1U, 7U, 64U}) {
    const auto pieces = read(records, file, chunk);
    EXPECT_EQ(pieces.has_value(), whole.has_value());
    if (pieces && whole) {
      EXPECT_EQ(*pieces, *whole) << chunk;
    }
  }
  if (!whole) return "!" + whole.error().code + " " + whole.error().place;
  std::string text;
  for (std::size_t from = 0; from < whole->size();) {
    const std::size_t to = whole->find('\n', from);
    const std::string line = whole->substr(from, to - from);
    text += line.substr(0, line.find('@')) + line.substr(line.find(':')) + "\n";
    from = to + 1;
  }
  return text;
}

// A subscription with one member changed.
std::string line(const std::string& from = "", const std::string& to = "") {
  std::string text = R"({"id":"S1","customer":{"id":"M1","name":"Åsa","address":{"city":"Umeå"}},)"
                     R"("plan":"MOB5","from":"2026-01-02","add_ons":["SAKER","UTLAND"],)"
                     R"("changes":[{"at":"2026-10-01","to":"MOB20"}],"label":null})";
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

constexpr std::string_view kGood =
    "service=S1 number=M1 name=Åsa city=Umeå plan=MOB5 starts=2026-01-02 add_ons=SAKER UTLAND "
    "plan_changes=2026-10-01 MOB20\n";

TEST(JsonLines, MembersByTheirPaths) {
  const std::string good(kGood);
  EXPECT_EQ(items("subscriptions", line() + "\n"), "1: " + good);
  EXPECT_EQ(items("subscriptions", "\xEF\xBB\xBF" + line() + "\r\n\r\n  \n" + line()),
            "1: " + good + "4: " + good);
  // Order and spaces say nothing; what is ignored may hold anything; optional may be absent.
  const std::string with_extra =
      line(R"("id":"S1",)", R"( "extra" : {"a":[1,{"b":2}]}, "id": "S1",)");
  EXPECT_EQ(items("subscriptions", with_extra), "1: " + good);
  EXPECT_EQ(items("subscriptions", line(R"(,"label":null)", "")), "1: " + good);
  EXPECT_EQ(items("subscriptions", line(R"("label":null)", R"("label":"  my\n\u00e5 ")")),
            "1: service=S1 number=M1 name=Åsa city=Umeå plan=MOB5 starts=2026-01-02 add_ons=SAKER "
            "UTLAND label=my å plan_changes=2026-10-01 MOB20\n");
}

TEST(JsonLines, PlacesAreThoseOfTheFile) {
  const auto places = read("usage", "{\"id\":1}\n\n{\"id\":22}", 3);
  ASSERT_TRUE(places);
  EXPECT_EQ(*places, "1@0-9: !missing_member\n3@10-19: !missing_member\n");
}

TEST(JsonLines, BrokenRecordsCostThemselvesAlone) {
  const struct {
    std::string line;
    std::string code;
  } rows[] = {
      {R"({"id":"S9999999","customer":{"id":"M-BAD")", "!bad_json"},
      {R"({"id":"S1"} {"id":"S2"})", "!bad_json"},
      {R"({"id":NaN})", "!bad_json"},
      {R"({"id":"\ud800"})", "!bad_json"},
      {"{\"id\":\"\xC3\"}", "!bad_encoding"},
      {"{\"id\":\"\x01\"}", "!control_character"},
      {std::string("{\"id\":\"\0\"}", 10), "!nul_byte"},
      {line(R"("plan":"MOB5")", R"("plan":"MOB5","plan":"MOB20")"), "!json_doubled_member"},
      {line(R"("name":"Åsa")", R"("name":"Åsa","name":"Eva")"), "!json_doubled_member"},
      {line(R"("plan":"MOB5",)", ""), "!missing_member"},
      {line(R"("plan")", R"("paln":null,"plan")"), "!unknown_member"},
      {line(R"("city":"Umeå")", R"("city":"Umeå","door":7)"), "!unknown_member"},
      {"{\"id\":" + std::string(70, '[') + std::string(70, ']') + "}", "!json_too_deep"},
      {"{\"id\":\"" + std::string(kLineBytesMax, 'x') + "\"}", "!line_too_long"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line.substr(0, 80));
    EXPECT_EQ(items("subscriptions", line() + "\n" + row.line + "\n" + line() + "\n"),
              "1: " + std::string(kGood) + "2: " + row.code + "\n3: " + std::string(kGood));
  }
}

TEST(JsonLines, FieldsThatAreNotWhatTheyShouldBe) {
  const struct {
    std::string line;
    std::string problem;
  } rows[] = {
      {line(R"("S1")", "[1]"), "!not_a_text@id"},
      {line(R"("Åsa")", R"("A\u0000B")"), "!nul_byte@customer.name"},
      {line(R"(["SAKER","UTLAND"])", R"(["SAKER",["UTLAND"]])"), "!not_a_list@add_ons"},
      {line(R"(["SAKER","UTLAND"])", R"(["SA KER"])"), "!not_a_list@add_ons"},
      {line(R"("at":"2026-10-01",)", ""), "!not_a_list@changes"},
      {line(R"("2026-10-01")", R"("first of October")"), "!not_a_list@changes"},
      {line(R"("2026-01-02")", R"("2/1 2026")"), "!not_a_date@from"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.line);
    EXPECT_TRUE(items("subscriptions", row.line).ends_with(" " + row.problem + "\n"))
        << items("subscriptions", row.line);
  }
}

TEST(JsonLines, TimesAndNumbers) {
  const auto at = [](const std::string& time) {
    const std::string text =
        items("usage", R"({"id":7,"nr":901332,"at":")" + time + R"(","kind":"ppv","price":39.50})");
    const std::string start = "1: number=7 service_number=901332 ";
    EXPECT_TRUE(text.starts_with(start)) << text;
    return text.substr(start.size(), text.size() - start.size() - 1);
  };
  const std::string rest = " kind=ppv price=39.50";
  EXPECT_EQ(at("2026-10-25T00:30:00Z"), "at=2026-10-25T00:30:00Z" + rest);
  EXPECT_EQ(at("2026-10-25T02:30:00+02:00"), "at=2026-10-25T00:30:00Z" + rest);
  EXPECT_EQ(at("2026-10-25T02:30:00+0100"), "at=2026-10-25T01:30:00Z" + rest);
  EXPECT_EQ(at("2026-10-25T02:30:00"), "at=2026-10-25T02:30:00 earlier" + rest);
  EXPECT_EQ(at("2026-02-30T02:30:00Z"), "kind=ppv price=39.50 !no_such_date@at");
  EXPECT_EQ(at("not-a-time"), "kind=ppv price=39.50 !not_a_time@at");
  EXPECT_EQ(at("2026-10-25"), "kind=ppv price=39.50 !not_a_time@at");
}

TEST(JsonLines, AnotherFileIsRefusedWhole) {
  EXPECT_EQ(items("subscriptions", ""), "!source_is_empty ");
  EXPECT_EQ(items("subscriptions", "\n\n"), "!source_is_empty ");
  EXPECT_EQ(items("subscriptions", "id;customer\n1;2\n"), "!source_not_json_lines line 1");
  EXPECT_EQ(items("subscriptions", "\n[1,2]\n"), "!source_not_json_lines line 2");
  EXPECT_EQ(items("subscriptions", R"({"event":"p1","customer":{"age":7}})"),
            "!source_not_json_lines line 1");
}

}  // namespace
}  // namespace formats::source
