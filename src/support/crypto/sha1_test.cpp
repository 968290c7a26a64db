// SHA-1 by the examples of FIPS 180 and its keyed form by those of RFC 2202.
#include "support/crypto/sha1.h"

#include <string>

#include <gtest/gtest.h>

#include "support/crypto/crypto.h"

namespace crypto {
namespace {

TEST(Sha1, AsTheStandardSays) {
  const struct {
    std::string text, digest;
  } rows[] = {
      {"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
      {"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
      {std::string(1'000'000, 'a'), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"},
  };
  for (const auto& row : rows) EXPECT_EQ(to_hex(sha1(row.text)), row.digest);
}

TEST(Sha1, KeyedAsTheStandardSays) {
  const struct {
    std::string key, text, digest;
  } rows[] = {
      {std::string(20, '\x0b'), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"},
      {"Jefe", "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "125d7342b9ac11cd91a39af48aa17b4f63f175d3"},
      {std::string(80, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
  };
  for (const auto& row : rows) EXPECT_EQ(to_hex(hmac_sha1(row.key, row.text)), row.digest);
}

}  // namespace
}  // namespace crypto
