// A body against its schema: everything that is wrong, each with its place.
#include <gtest/gtest.h>

#include "support/json/parse.h"
#include "web/api/schemas.h"

namespace web {
namespace {

constexpr SchemaField kWhole[] = {
    {"period", FieldType::kMonth, ""},
    {"dry_run", FieldType::kBoolean, "", {}, true},
    {"count", FieldType::kInteger, "", {}, true},
    {"name", FieldType::kText, "", {}, true},
    {"at", FieldType::kTime, "", {}, true},
    {"bill", FieldType::kId, "", "bill", true},
    {"parts", FieldType::kList, "", "PlanPart", true},
    {"lines", FieldType::kTexts, "", {}, true},
    {"address", FieldType::kObject, "", "Address", true},
    {"more", FieldType::kAnything, "", {}, true},
};
constexpr Schema kSchema = {"Test", "", kWhole};

std::string check(std::string_view body) {
  std::string text;
  for (const base::Error& error : check_body(json::parse(body).value(), kSchema)) {
    if (!text.empty()) text += ", ";
    text += error.place + " " + error.code;
  }
  return text;
}

TEST(CheckBody, SaysEverythingThatIsWrongAndWhere) {
  struct Row {
    std::string_view body;
    std::string_view wrong;
  };
  const Row rows[] = {
      {R"({"period":"2026-10"})", ""},
      {R"({"period":"2026-10","dry_run":true,"count":3,"name":"x"})", ""},
      {R"({})", "/period member_missing"},
      {R"({"period":null})", "/period member_missing"},
      {R"({"period":"2026-13"})", "/period member_bad_value"},
      {R"({"period":7})", "/period member_wrong_type"},
      {R"({"period":"2026-10","dry_run":"yes","count":"3"})",
       "/dry_run member_wrong_type, /count member_wrong_type"},
      {R"({"period":"2026-10","perod":1})", "/perod member_unknown"},
      {R"({"period":"2026-10","a/b~c":1})", "/a~1b~0c member_unknown"},
      {R"({"period":"2026-10","at":"2026-10-01"})", "/at member_bad_value"},
      {R"({"period":"2026-10","bill":"acct_x"})", "/bill member_bad_value"},
      {R"({"period":"2026-10","parts":[{"due":"2026-02-30","amount":"1.00"},{"amount":1}]})",
       "/parts/0/due member_bad_value, /parts/1/due member_missing, "
       "/parts/1/amount member_wrong_type"},
      {R"({"period":"2026-10","parts":{}})", "/parts member_wrong_type"},
      {R"({"period":"2026-10","lines":["a",1]})", "/lines/1 member_wrong_type"},
      {R"({"period":"2026-10","address":{"lines":[],"city":"Å","country":"SE"}})",
       "/address/postal_code member_missing"},
      {R"({"period":"2026-10","more":{"x":[1]}})", ""},
      {R"({"period":"2026-10","more":[]})", "/more member_wrong_type"},
      {R"({"period":"2026-10","name":"a\u0000b"})", "/name member_bad_value"},
      {R"([])", " member_wrong_type"},
      {R"("text")", " member_wrong_type"},
      {R"(null)", " member_wrong_type"},
  };
  for (const Row& row : rows) EXPECT_EQ(check(row.body), row.wrong) << row.body;
}

TEST(CheckBody, TextsHaveALimit) {
  base::Json body;
  body.set("period", "2026-10").set("name", std::string(kRequestTextMax, 'a'));
  EXPECT_TRUE(check_body(body, kSchema).empty());
  body.set("name", std::string(kRequestTextMax + 1, 'a'));
  EXPECT_EQ(check_body(body, kSchema).size(), 1U);
}

}  // namespace
}  // namespace web
