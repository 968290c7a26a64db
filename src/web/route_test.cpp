// Which row of a table of routes a request meets, what a log may say of it, and that the shipped
// table is whole.
#include "web/route.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/expected_file.h"
#include "web/api/schemas.h"
#include "web/language.h"
#include "web/routes_markdown.h"

namespace web {
namespace {

using domain::Permission;

constexpr Route kTable[] = {
    {Method::kGet, "/b/{token}", Permission::kPublic, nullptr, ""},
    {Method::kGet, "/api/v1/bills", Permission::kBillsRead, nullptr, ""},
    {Method::kGet, "/api/v1/bills/{id}", Permission::kBillsRead, nullptr, ""},
    {Method::kPost, "/api/v1/bills/{id}", Permission::kBillsRead, nullptr, ""},
    {Method::kPost, "/api/v1/bills/{id}/pay", Permission::kBillsRead, nullptr, ""},
};

TEST(FindRoute, MeetsTheRowOfMethodAndPath) {
  struct Row {
    Method method;
    std::string_view path;
    std::string_view found;  // The pattern; "405 GET, ..." or "404" where there is none.
    std::string_view value = "";
  };
  const Row rows[] = {
      {Method::kGet, "/api/v1/bills", "/api/v1/bills"},
      {Method::kHead, "/api/v1/bills", "/api/v1/bills"},
      {Method::kGet, "/api/v1/bills/", "404"},
      {Method::kGet, "/api/v1/bills/7", "/api/v1/bills/{id}", "7"},
      {Method::kPost, "/api/v1/bills/7", "/api/v1/bills/{id}", "7"},
      {Method::kGet, "/api/v1/bills/a%20b", "/api/v1/bills/{id}", "a b"},
      {Method::kGet, "/api/v1/bills/a%2Fb", "/api/v1/bills/{id}", "a/b"},
      {Method::kGet, "/api/v1/bills/%zz", "404"},
      {Method::kGet, "/api/v1/bills/7/8", "404"},
      {Method::kGet, "/api/v1/bills/7/pay", "405 POST"},
      {Method::kDelete, "/api/v1/bills/7", "405 GET, HEAD, POST"},
      {Method::kOther, "/api/v1/bills", "405 GET, HEAD"},
      {Method::kGet, "/API/v1/bills", "404"},
      {Method::kGet, "/api//v1/bills", "404"},
      {Method::kGet, "/", "404"},
      {Method::kGet, "/b/../api/v1/bills", "404"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(to_text(row.method)) + " " + std::string(row.path));
    const Match match = find_route(kTable, row.method, row.path);
    const std::string found = match.route != nullptr  ? std::string(match.route->path)
                              : match.allowed.empty() ? "404"
                                                      : "405 " + match.allowed;
    EXPECT_EQ(found, row.found);
    EXPECT_EQ(match.values.empty() ? "" : match.values.front().second, row.value);
  }
}

TEST(LoggablePath, HoldsNoSecret) {
  struct Row {
    std::string_view path;
    std::string_view logged;
  };
  const Row rows[] = {
      {"/b/kX81secret", "/b/***"},
      {"/b/kX81secret/", "/b/***"},  // Mistyped, and still most of a secret.
      {"/b/kX81secret/more", "/b/***"},
      {"/api/v1/bills/bill_7", "/api/v1/bills/bill_7"},
      {"/nothing", "/nothing"},
  };
  for (const Row& row : rows) {
    const Match match = find_route(kTable, Method::kGet, row.path);
    EXPECT_EQ(loggable_path(match, row.path), row.logged) << row.path;
  }
}

TEST(Routes, AreNamedOnceAndDescribed) {
  std::set<std::pair<Method, std::string_view>> seen;
  for (const Route& route : routes()) {
    SCOPED_TRACE(route.path);
    EXPECT_TRUE(seen.emplace(route.method, route.path).second);
    EXPECT_NE(route.handler, nullptr);
    EXPECT_TRUE(route.summary.ends_with('.'));
    const RouteOptions& options = route.options;
    for (const std::string_view schema : {options.request, options.answer}) {
      EXPECT_TRUE(schema.empty() || find_schema(schema) != nullptr) << schema;
    }
    // What changes something over the API can be repeated by its key.
    if (route.method == Method::kPost && surface_of(route.path) == Surface::kApi) {
      EXPECT_EQ(options.repeats, Repeats::kByKey);
      EXPECT_EQ(options.request.empty(), options.takes_file);
    }
    EXPECT_TRUE(route.method == Method::kGet || route.method == Method::kPost);
  }
}

// Who lets in anybody is a short list, and changing it is a decision.
TEST(Routes, OnlyTheseArePublic) {
  std::set<std::string> open;
  for (const Route& route : routes()) {
    if (route.permission != Permission::kPublic) continue;
    open.insert(std::string(to_text(route.method)) + " " + std::string(route.path));
  }
  const std::set<std::string> expected = {
      "GET /b/{token}",
      "GET /b/{token}/choice",
      "POST /b/{token}/choice",
      "GET /healthz",
      "GET /api/v1/openapi.json",
      "GET /console/sign-in",
      "POST /console/sign-in",
      "GET /b/{token}/debit",
      "POST /b/{token}/debit",
      "GET /b/{token}/live",
      "GET /b/{token}/papers/{number}",
      "GET /b/{token}/usage",
      "GET /b/{token}/pay",
      "POST /b/{token}/pay",
      "GET /b/{token}/pay/back",
      "GET /b/{token}/plan",
      "POST /b/{token}/plan",
      "GET /b/{token}/methods",
      "POST /b/{token}/methods",
      "POST /hooks/{gateway}",
      "GET /b/{token}/code",
      "POST /b/{token}/code",
      // Telephony platforms: known by their signature or by the secret in their address.
      "POST /ivr/twilio/{step}",
      "GET /ivr/vxml/{step}",
      "POST /ivr/vxml/{step}",
  };
  EXPECT_EQ(open, expected);
}

TEST(Routes, AreDocumented) { tests::expect_file("docs/reference/routes.md", routes_markdown()); }

TEST(PickLanguage, TakesWhatIsWantedMost) {
  struct Row {
    std::string_view header;
    std::string_view language;
  };
  const Row rows[] = {
      {"", "en"},
      {"sv", "sv"},
      {"sv-SE,sv;q=0.9,en;q=0.8", "sv"},
      {"en;q=0.5, fi;q=0.7", "fi"},
      {"fr, de;q=0.3", "de"},
      {"no-NO", "nb"},
      {"nn;q=0.9, da;q=0.8", "da"},
      {"sv;q=0, fi;q=0.1", "fi"},
      {"sv;q=x, it", "it"},
      {"*", "en"},
      {";;;,,,q=1", "en"},
      {"DE-at", "de"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(locale::code(pick_language(row.header, locale::Language::kEnglish)), row.language)
        << row.header;
  }
}

}  // namespace
}  // namespace web
