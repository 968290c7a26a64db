// Policies in headers, and how often somebody may ask.
#include <gtest/gtest.h>

#include "web/security/csp.h"
#include "web/security/rate_limiter.h"

namespace web {
namespace {

TEST(ContentSecurityPolicy, NamesStylesAndScriptsByHash) {
  // The hash of the empty text, as the CSP specification's readers know it.
  EXPECT_EQ(csp_hash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
  const std::string styles[] = {csp_hash("a{}")};
  const std::string policy = content_security_policy({.styles = styles});
  EXPECT_TRUE(policy.starts_with("default-src 'none'; style-src 'sha256-"));
  EXPECT_FALSE(policy.contains("script-src"));
  EXPECT_FALSE(policy.contains("unsafe"));
  for (const std::string_view always :
       {"form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"}) {
    EXPECT_TRUE(policy.contains(always)) << always;
  }
}

TEST(SecurityHeaders, AreOnEveryAnswerAndYieldToTheHandler) {
  Response response = text_response(200, "");
  response.headers.set("Cache-Control", "private, no-cache");
  add_security_headers(response, true);
  EXPECT_EQ(response.headers.get("Cache-Control"), "private, no-cache");
  EXPECT_EQ(response.headers.get("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(response.headers.get("Referrer-Policy"), "no-referrer");
  EXPECT_TRUE(response.headers.has("Strict-Transport-Security"));
  Response plain;
  add_security_headers(plain, false);
  EXPECT_FALSE(plain.headers.has("Strict-Transport-Security"));
  EXPECT_EQ(plain.headers.get("Cache-Control"), "no-store");
}

constexpr base::Instant at(std::int64_t seconds) { return {seconds * base::kMicrosPerSecond}; }

TEST(RateLimiter, GivesTheBurstThenTheRate) {
  RateLimiter limiter({.per_minute = 60, .burst = 3});
  EXPECT_EQ(limiter.take("a", at(0)), 0);
  EXPECT_EQ(limiter.take("a", at(0)), 0);
  EXPECT_EQ(limiter.take("a", at(0)), 0);
  EXPECT_GE(limiter.take("a", at(0)), 1);
  EXPECT_EQ(limiter.take("b", at(0)), 0);  // Another one has a bucket of their own.
  EXPECT_EQ(limiter.take("a", at(1)), 0);
  EXPECT_GE(limiter.take("a", at(1)), 1);
  EXPECT_EQ(limiter.take("a", at(1'000'000)), 0);
}

TEST(RateLimiter, SaysHowLongToWait) {
  RateLimiter limiter({.per_minute = 1, .burst = 1});
  EXPECT_EQ(limiter.take("a", at(0)), 0);
  const std::int64_t wait = limiter.take("a", at(0));
  EXPECT_GE(wait, 60);
  EXPECT_EQ(limiter.take("a", at(wait)), 0);
}

TEST(RateLimiter, AClockThatGoesBackTakesNothingAway) {
  RateLimiter limiter({.per_minute = 60, .burst = 2});
  EXPECT_EQ(limiter.take("a", at(100)), 0);
  EXPECT_EQ(limiter.take("a", at(50)), 0);
  EXPECT_GE(limiter.take("a", at(50)), 1);
}

TEST(RateLimiter, ForgetsTheOldestWhenThereAreTooMany) {
  RateLimiter limiter({.per_minute = 1, .burst = 1}, 64);
  for (int peer = 0; peer < 100'000; ++peer) {
    ASSERT_EQ(limiter.take("peer " + std::to_string(peer), at(0)), 0);
  }
  EXPECT_GE(limiter.take("peer 99999", at(0)), 1);
  EXPECT_EQ(limiter.take("peer 0", at(0)), 0);
}

TEST(RateLimiter, CountsAnIpv6NetworkAsOne) {
  struct Row {
    std::string_view address;
    std::string_view key;
  };
  const Row rows[] = {
      {"192.0.2.1", "192.0.2.1"},
      {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2:"},
      {"2001:db8:1:2::6", "2001:db8:1:2:"},
      {"2001:db8::a:b:c:d", "2001:db8:0:0:"},
      {"2001:db8::1", "2001:db8:0:0:"},
      {"::1", "0:0:0:0:"},
      {"::", "0:0:0:0:"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:"},
  };
  for (const Row& row : rows) EXPECT_EQ(peer_key(row.address), row.key) << row.address;
}

}  // namespace
}  // namespace web
