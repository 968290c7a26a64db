// Every route refuses whoever lacks its permission, and lets in whoever has it: each row of the
// table of routes with each role, with nobody, and with tokens of too few scopes (D11).
#include <gtest/gtest.h>

#include "tests/web/web_world.h"
#include "web/route.h"

namespace web {
namespace {

using domain::Permission;
using tests::HttpAnswer;
using tests::HttpClient;
using tests::WebWorld;

// A path of the row with something in each pair of braces.
std::string sample_path(std::string_view pattern) {
  std::string path;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '{') {
      path.push_back(pattern[at]);
      continue;
    }
    path += "something";
    at = pattern.find('}', at);
  }
  return path;
}

class PermissionsTest : public testing::Test {
 protected:
  HttpAnswer ask(HttpClient& client, const Route& route) {
    const std::string path = sample_path(route.path);
    if (route.method == Method::kGet) return client.get(path);
    if (surface_of(route.path) == Surface::kApi) return client.post_json(path, "{}");
    return client.post_form(path, {});
  }

  static bool is_refused(const HttpAnswer& answer, const Route& route) {
    if (answer.status == 401) return true;
    if (answer.status == 303) {
      return answer.header("Location").starts_with("/console/sign-in?next=");
    }
    // A page is refused in words; a form without its token is refused, too, but only after that.
    if (answer.status != 403) return false;
    return surface_of(route.path) == Surface::kApi ||
           answer.body.contains("this needs the permission") ||
           answer.body.contains("sign in first");
  }

  WebWorld world_{{.settings = {.limits = {.requests = {.per_minute = 100'000, .burst = 100'000}}},
                   .with_bills = false}};
};

TEST_F(PermissionsTest, NobodyGetsInWithoutSayingWhoTheyAre) {
  const auto client = world_.anybody();
  for (const Route& route : routes()) {
    SCOPED_TRACE(route.path);
    EXPECT_EQ(is_refused(ask(*client, route), route), route.permission != Permission::kPublic);
  }
}

TEST_F(PermissionsTest, EachRoleGetsInWhereItsPermissionsSaySo) {
  int refused = 0, let_in = 0;
  for (const domain::RoleRow& role : domain::roles()) {
    const auto api = world_.api(role.role);
    const auto console = world_.console(role.role);
    for (const Route& route : routes()) {
      if (route.path == "/console/sign-out") continue;  // It would end the session.
      SCOPED_TRACE(std::string(role.name) + " " + std::string(route.path));
      const bool is_api = surface_of(route.path) == Surface::kApi;
      const HttpAnswer answer = ask(is_api ? *api : *console, route);
      const bool may = domain::permissions_of({role.role}).has(route.permission);
      EXPECT_EQ(is_refused(answer, route), !may) << answer.status;
      EXPECT_NE(answer.status, 500);
      ++(may ? let_in : refused);
    }
  }
  EXPECT_GT(refused, 30);
  EXPECT_GT(let_in, 100);
}

TEST_F(PermissionsTest, ATokenMayNoMoreThanItsScopes) {
  for (const domain::PermissionRow& scope : domain::permissions()) {
    HttpClient client(world_.port());
    client.set_header("Authorization",
                      "Bearer " + world_.token(domain::Role::kAdmin, {scope.permission}));
    for (const Route& route : routes()) {
      if (surface_of(route.path) != Surface::kApi) continue;
      SCOPED_TRACE(std::string(scope.name) + " " + std::string(route.path));
      const bool may =
          route.permission == scope.permission || route.permission == Permission::kPublic;
      EXPECT_EQ(is_refused(ask(client, route), route), !may);
    }
  }
}

TEST_F(PermissionsTest, TheApiTakesNoSessionAndTheConsoleNoToken) {
  const auto console = world_.console(domain::Role::kAdmin);
  EXPECT_EQ(console->get("/api/v1/billing-runs").status, 401);
  const auto api = world_.api(domain::Role::kAdmin);
  EXPECT_EQ(api->get("/console/runs").status, 303);
}

}  // namespace
}  // namespace web
