#include "support/crypto/mac.h"

#include <sodium.h>

namespace crypto {
namespace {

std::string encoded(const unsigned char* bytes, std::size_t size) {
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_ENCODED_LEN(size, kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, size, kVariant);
  text.pop_back();
  return text;
}

const unsigned char* data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  Digest digest{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, data(key), key.size());
  crypto_auth_hmacsha256_update(&state, data(bytes), bytes.size());
  crypto_auth_hmacsha256_final(&state, digest.data());
  return digest;
}

std::string to_base64(std::span<const std::uint8_t> bytes) {
  return encoded(bytes.data(), bytes.size());
}

std::string to_base64(std::string_view bytes) { return encoded(data(bytes), bytes.size()); }

}  // namespace crypto
