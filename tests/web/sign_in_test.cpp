// Coming in and staying out: sessions, wrong passwords, forms from elsewhere, limits (D11).
#include <gtest/gtest.h>

#include <sstream>

#include "flows/access/create_user.h"
#include "flows/access/set_password.h"
#include "support/observe/log.h"
#include "tests/web/web_world.h"

namespace web {
namespace {

using domain::Role;
using tests::field_of;
using tests::HttpAnswer;
using tests::HttpClient;
using tests::WebWorld;

constexpr std::string_view kWrongPassword = "inte rätt lösenord";

class SignInTest : public testing::Test {
 protected:
  void start(const Settings& settings = {}) {
    world_.emplace(tests::WebOptions{.settings = settings, .with_bills = false});
  }
  int try_to_sign_in(std::string_view login, std::string_view password) {
    HttpClient client(world_->port());
    return world_->sign_in(client, login, password).status;
  }

  std::optional<WebWorld> world_;
};

TEST_F(SignInTest, TheCookieIsOutOfReachOfScriptsAndOtherSites) {
  start();
  HttpClient client(world_->port());
  const HttpAnswer answer = world_->sign_in(client, "agent", WebWorld::kPassword);
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(answer.header("Location"), "/console");
  const std::string cookie = answer.all("Set-Cookie").front();
  EXPECT_TRUE(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict")) << cookie;
  EXPECT_EQ(client.get("/console").status, 200);
}

TEST_F(SignInTest, OnHttpsTheCookieIsSecureAndTheBrowserStays) {
  start({.public_url = "https://localhost"});
  HttpClient client(world_->port());
  const HttpAnswer form = client.get("/console/sign-in");
  EXPECT_NE(form.cookie("__Host-telgiro_form"), "");
  EXPECT_TRUE(form.all("Set-Cookie").front().ends_with("; Secure"));
  EXPECT_EQ(form.header("Strict-Transport-Security"), "max-age=31536000");
}

TEST_F(SignInTest, GoesWhereItWasSentAwayFromButNeverElsewhere) {
  start();
  struct Row {
    std::string_view next;
    std::string_view location;
  };
  const Row rows[] = {
      {"/console/runs?refresh=off", "/console/runs?refresh=off"},
      {"/console", "/console"},
      {"https://evil.example/", "/console"},
      {"//evil.example/", "/console"},
      {"/consolevil", "/console"},
      {"/b/token", "/console"},
      {"", "/console"},
  };
  const auto client = world_->console(Role::kAgent);
  for (const Row& row : rows) {
    const HttpAnswer answer =
        client->get("/console/sign-in?next=" + tests::percent_encoded(row.next));
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.header("Location"), row.location);
  }
  HttpClient stranger(world_->port());
  const HttpAnswer sent_away = stranger.get("/console/rejects?state=open");
  EXPECT_EQ(sent_away.status, 303);
  EXPECT_EQ(sent_away.header("Location"),
            "/console/sign-in?next=%2Fconsole%2Frejects%3Fstate%3Dopen");
}

TEST_F(SignInTest, SignsOut) {
  start();
  const auto client = world_->console(Role::kAgent);
  const HttpAnswer home = client->get("/console");
  const HttpAnswer out =
      client->post_form("/console/sign-out", {{"form_token", field_of(home, "form_token")}});
  EXPECT_EQ(out.status, 303);
  EXPECT_EQ(client->get("/console").status, 303);  // The old cookie opens nothing.
}

TEST_F(SignInTest, ASessionEndsWhenItIsNotUsedAndAfterAWeekInAnyCase) {
  start();
  constexpr std::int64_t kHour = 3600;
  const auto idle = world_->console(Role::kAgent);
  world_->advance_seconds(12 * kHour + 1);
  EXPECT_EQ(idle->get("/console").status, 303);

  const auto busy = world_->console(Role::kFinance);
  std::int64_t hours = 0;
  while (busy->get("/console").status == 200 && hours < 1000) {
    world_->advance_seconds(6 * kHour);
    hours += 6;
  }
  EXPECT_EQ(hours, 7 * 24);
}

TEST_F(SignInTest, ANewPasswordOrTheEndOfAccessEndsSessionsAtOnce) {
  start();
  const auto agent = world_->console(Role::kAgent);
  const auto finance = world_->console(Role::kFinance);
  const std::string token = world_->token(Role::kFinance);
  ASSERT_OK(flows::set_password(world_->access(), "agent", "en annan hemlighet", "test"));
  ASSERT_OK(flows::set_user_active(world_->access(), "finance", false, "test"));
  EXPECT_EQ(agent->get("/console").status, 303);
  EXPECT_EQ(finance->get("/console").status, 303);
  HttpClient api(world_->port());
  api.set_header("Authorization", "Bearer " + token);
  EXPECT_EQ(api.get("/api/v1/billing-runs").status, 401);
  EXPECT_EQ(try_to_sign_in("agent", "en annan hemlighet"), 303);
  EXPECT_EQ(try_to_sign_in("finance", WebWorld::kPassword), 403);
}

TEST_F(SignInTest, NobodyLearnsWhichLoginsExist) {
  start();
  HttpClient client(world_->port());
  const auto without_keys = [](const HttpAnswer& answer, std::string_view login) {
    std::string body = answer.body;
    for (const std::string& part :
         {field_of(answer, "form_token"), "value=\"" + std::string(login) + "\""}) {
      const std::size_t at = body.find(part);
      if (!part.empty() && at != std::string::npos) body.erase(at, part.size());
    }
    return body;
  };
  const HttpAnswer known = world_->sign_in(client, "agent", kWrongPassword);
  const HttpAnswer unknown = world_->sign_in(client, "nobody", kWrongPassword);
  EXPECT_EQ(known.status, 403);
  EXPECT_EQ(unknown.status, 403);
  EXPECT_EQ(without_keys(known, "agent"), without_keys(unknown, "nobody"));
}

TEST_F(SignInTest, WrongPasswordsMakeALoginWaitLongerAndLonger) {
  start({.limits = {.sign_ins_of_login = {.per_minute = 1000, .burst = 1000}}});
  for (int wrong = 0; wrong < 5; ++wrong) EXPECT_EQ(try_to_sign_in("agent", kWrongPassword), 403);
  EXPECT_EQ(try_to_sign_in("agent", WebWorld::kPassword), 403);    // Right, but it waits.
  EXPECT_EQ(try_to_sign_in("finance", WebWorld::kPassword), 303);  // Others do not.
  world_->advance_seconds(29);
  EXPECT_EQ(try_to_sign_in("agent", WebWorld::kPassword), 403);
  world_->advance_seconds(2);
  EXPECT_EQ(try_to_sign_in("agent", kWrongPassword), 403);  // The sixth: a minute.
  world_->advance_seconds(59);
  EXPECT_EQ(try_to_sign_in("agent", WebWorld::kPassword), 403);
  world_->advance_seconds(2);
  EXPECT_EQ(try_to_sign_in("agent", WebWorld::kPassword), 303);
  EXPECT_EQ(try_to_sign_in("agent", kWrongPassword), 403);  // A good one starts over.
  EXPECT_EQ(try_to_sign_in("agent", WebWorld::kPassword), 303);
}

TEST_F(SignInTest, ALoginMayNotBeTriedTooOften) {
  start({.limits = {.sign_ins_of_login = {.per_minute = 1, .burst = 2}}});
  HttpClient client(world_->port());
  EXPECT_EQ(world_->sign_in(client, "nobody", kWrongPassword).status, 403);
  EXPECT_EQ(world_->sign_in(client, "NOBODY", kWrongPassword).status, 403);
  const HttpAnswer third = world_->sign_in(client, "nobody", kWrongPassword);
  EXPECT_TRUE(third.body.contains("Too many tries")) << third.body;
  EXPECT_EQ(try_to_sign_in("agent", WebWorld::kPassword), 303);
}

TEST_F(SignInTest, APeerMayNotAskTooOften) {
  start({.limits = {.requests = {.per_minute = 60, .burst = 5}}});
  HttpClient client(world_->port());
  for (int count = 0; count < 5; ++count) EXPECT_EQ(client.get("/healthz").status, 200);
  const HttpAnswer refused = client.get("/healthz");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Retry-After"), "2");
  EXPECT_TRUE(refused.body.contains("too_many_requests"));
  world_->advance_seconds(2);
  EXPECT_EQ(client.get("/healthz").status, 200);
}

TEST_F(SignInTest, BehindAProxyThePeerIsTheOneInFrontOfIt) {
  start({.proxies = {"127.0.0.1"}, .limits = {.requests = {.per_minute = 60, .burst = 1}}});
  HttpClient client(world_->port());
  client.set_header("X-Forwarded-For", "198.51.100.7, 192.0.2.1");
  EXPECT_EQ(client.get("/healthz").status, 200);
  EXPECT_EQ(client.get("/healthz").status, 429);
  client.set_header("X-Forwarded-For", "198.51.100.7, 192.0.2.2");
  EXPECT_EQ(client.get("/healthz").status, 200);
}

TEST_F(SignInTest, WithoutAProxyNobodyChoosesTheirOwnAddress) {
  start({.limits = {.requests = {.per_minute = 60, .burst = 1}}});
  HttpClient client(world_->port());
  client.set_header("X-Forwarded-For", "192.0.2.1");
  EXPECT_EQ(client.get("/healthz").status, 200);
  client.set_header("X-Forwarded-For", "192.0.2.2");
  EXPECT_EQ(client.get("/healthz").status, 429);
}

TEST_F(SignInTest, FormsFromElsewhereAreRefused) {
  start();
  const auto client = world_->console(Role::kFinance);
  const HttpAnswer page = client->get("/console/runs");
  const std::string token = field_of(page, "form_token");
  const auto send = [&](std::string_view form_token) {
    return client->post_form("/console/runs", {{"form_token", std::string(form_token)},
                                               {"idempotency_key", "k1"},
                                               {"period", "2026-10"},
                                               {"dry_run", "yes"}});
  };
  EXPECT_EQ(send("").status, 403);
  EXPECT_EQ(send("guessed").status, 403);
  EXPECT_EQ(send(token.substr(1)).status, 403);
  client->set_header("Sec-Fetch-Site", "cross-site");
  EXPECT_EQ(send(token).status, 403);
  client->set_header("Sec-Fetch-Site", "same-site");
  EXPECT_EQ(send(token).status, 403);
  client->set_header("Sec-Fetch-Site", "");
  client->set_header("Origin", "https://evil.example");
  EXPECT_EQ(send(token).status, 403);
  EXPECT_EQ(world_->jobs_added(), 0);
  client->set_header("Origin", "null");  // What browsers send under our own referrer policy.
  client->set_header("Sec-Fetch-Site", "same-origin");
  EXPECT_EQ(send(token).status, 303);
  EXPECT_EQ(world_->jobs_added(), 1);
}

TEST_F(SignInTest, TheTokenOfOneSessionIsNoneOfAnother) {
  start();
  const auto mine = world_->console(Role::kFinance);
  const auto theirs = world_->console(Role::kAdmin);
  const std::string token = field_of(theirs->get("/console/runs"), "form_token");
  EXPECT_EQ(mine->post_form("/console/sign-out", {{"form_token", token}}).status, 403);
}

TEST_F(SignInTest, WhoFollowsALinkFromElsewhereIsLetInByTheirCookieAfterOneStep) {
  start();
  HttpClient client(world_->port());
  client.set_header("Sec-Fetch-Site", "cross-site");  // The browser leaves the cookie at home.
  const HttpAnswer answer = client.get("/console/runs");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Refresh"), "0");
  EXPECT_EQ(answer.body, "");
}

TEST_F(SignInTest, AnotherHostIsNotAnswered) {
  start({.public_url = "http://pay.example"});
  HttpClient client(world_->port());
  EXPECT_EQ(client.get("/console/sign-in").status, 421);
  EXPECT_EQ(client.get("/healthz").status, 200);  // Load balancers ask by address.
}

TEST_F(SignInTest, EveryComingAndGoingIsWrittenDown) {
  start();
  const auto client = world_->console(Role::kAgent);
  EXPECT_EQ(try_to_sign_in("agent", kWrongPassword), 403);
  EXPECT_EQ(try_to_sign_in("nobody", kWrongPassword), 403);
  const auto rows = world_->audit();
  const auto count = [&](std::string_view part) {
    return std::ranges::count_if(rows, [&](const std::string& row) { return row.contains(part); });
  };
  EXPECT_EQ(count("session.started user_"), 1);
  EXPECT_EQ(count("anybody session.refused user_"), 1);
  EXPECT_EQ(count("anybody session.refused unknown login"), 1);
}

TEST_F(SignInTest, NoSecretIsEverLogged) {
  start();
  std::ostringstream log;
  observe::start_logging(observe::Level::kDebug, world_->clock(), log);
  const auto client = world_->console(Role::kFinance);
  const std::string token = world_->token(Role::kFinance);
  HttpClient api(world_->port());
  api.set_header("Authorization", "Bearer " + token);
  EXPECT_EQ(api.get("/api/v1/billing-runs").status, 200);
  EXPECT_EQ(api.get("/b/secret-of-a-link").status, 404);
  EXPECT_EQ(api.get("/b/secret-of-a-link/").status, 303);
  EXPECT_EQ(try_to_sign_in("agent", kWrongPassword), 403);
  observe::stop_logging();
  const std::string lines = log.str();
  EXPECT_TRUE(lines.contains("\"path\":\"/api/v1/billing-runs\""));
  for (const std::string_view secret :
       {std::string_view(token), std::string_view("secret-of-a-link"), WebWorld::kPassword,
        kWrongPassword, std::string_view("telgiro_session")}) {
    EXPECT_FALSE(lines.contains(secret)) << secret;
  }
}

}  // namespace
}  // namespace web
