// What a client is told of an error.
#include "web/api/problems.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace web {
namespace {

std::string documented_codes() {
  std::string text;
  for (const auto& page :
       std::filesystem::directory_iterator(TELGIRO_SOURCE_DIR "/docs/reference/errors")) {
    std::ifstream file(page.path(), std::ios::binary);
    text.append(std::istreambuf_iterator<char>(file), {});
  }
  return text;
}

TEST(Problems, EveryCodeOfTheTableIsDocumentedAndStandsOnce) {
  const std::string pages = documented_codes();
  std::set<std::string_view> seen;
  for (const CodeStatus& row : code_statuses()) {
    EXPECT_TRUE(seen.insert(row.code).second) << row.code;
    EXPECT_TRUE(pages.contains("| `" + std::string(row.code) + "` |")) << row.code;
    EXPECT_NE(reason_phrase(row.status), "Unknown") << row.status;
  }
}

TEST(Problems, TellWhatIsWrongAndWhere) {
  const base::Error error{"bad_parameter", "a page has 1 to 200 items", "limit"};
  const Response response = problem_response(error, {.request_id = "req_1"});
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"urn:telgiro:problem:bad_parameter","title":"Bad Request","status":400,)"
            R"("code":"bad_parameter","detail":"a page has 1 to 200 items","place":"limit",)"
            R"("request_id":"req_1"})");
}

TEST(Problems, OfOurOwnTellNothing) {
  const base::Error error{"database_error", "relation \"bill\" does not exist", "SELECT secret"};
  const Response response = problem_response(error, {.request_id = "req_1"});
  EXPECT_EQ(response.status, 500);
  EXPECT_TRUE(response.body.contains("internal_error"));
  EXPECT_FALSE(response.body.contains("database_error"));
  EXPECT_FALSE(response.body.contains("relation"));
  EXPECT_FALSE(response.body.contains("SELECT"));
}

TEST(Problems, ListEverythingThatIsWrongWithABody) {
  const base::Error errors[] = {{"member_missing", "this member is required", "/period"}};
  const Response response = problem_response(base::Error{"invalid_request", "no", ""},
                                             {.request_id = "req_1", .errors = errors});
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(response.body.contains(R"("errors":[{"pointer":"/period","code":"member_missing",)"
                                     R"("detail":"this member is required"}])"));
}

}  // namespace
}  // namespace web
