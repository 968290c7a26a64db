// Signatures of webhooks: published vectors (RFC 4231, RFC 4648).
#include "support/crypto/mac.h"

#include <gtest/gtest.h>

namespace crypto {
namespace {

TEST(Mac, AnswersThePublishedVectors) {
  struct Row {
    std::string key, text, hex;
  };
  const Row rows[] = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"}};
  for (const Row& row : rows) EXPECT_EQ(to_hex(hmac_sha256(row.key, row.text)), row.hex);
}

TEST(Mac, Base64IsPadded) {
  EXPECT_EQ(to_base64(std::string_view("")), "");
  EXPECT_EQ(to_base64(std::string_view("f")), "Zg==");
  EXPECT_EQ(to_base64(std::string_view("foobar")), "Zm9vYmFy");
  EXPECT_EQ(to_base64(std::string_view("\xfb\xff")), "+/8=");
}

}  // namespace
}  // namespace crypto
