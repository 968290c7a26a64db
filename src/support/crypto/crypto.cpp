#include "support/crypto/crypto.h"

#include <cstring>
#include <vector>

#include <sodium.h>

#include "base/result/check.h"

namespace crypto {
namespace {

const unsigned char* data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// Until it is started the library takes its slow, portable code for hashes and ciphers.
void start_library() {
  static const int started = sodium_init();
  CHECK(started >= 0);
}

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

base::Result<Key> Key::from_hex(std::string_view hex) {
  const auto bytes = crypto::from_hex(hex);
  if (!bytes || bytes->size() != 32) {
    return base::fail("not_a_key", "a key is 64 hexadecimal digits");
  }
  std::array<std::uint8_t, 32> key{};
  std::memcpy(key.data(), bytes->data(), key.size());
  return Key(key);
}

std::string Key::to_hex() const { return crypto::to_hex(bytes_); }

void SystemRandom::fill(std::string_view, std::span<std::uint8_t> out) {
  start_library();
  randombytes_buf(out.data(), out.size());
}

void SeededRandom::fill(std::string_view label, std::span<std::uint8_t> out) {
  const Digest seed = hash(std::to_string(seed_) + ":" + std::string(label));
  randombytes_buf_deterministic(out.data(), out.size(), seed.data());
}

Digest hash(std::string_view bytes) {
  start_library();
  Digest digest{};
  crypto_generichash(digest.data(), digest.size(), data(bytes), bytes.size(), nullptr, 0);
  return digest;
}

Digest keyed_hash(const Key& key, std::string_view bytes) {
  start_library();
  Digest digest{};
  crypto_generichash(digest.data(), digest.size(), data(bytes), bytes.size(), key.bytes().data(),
                     key.bytes().size());
  return digest;
}

Digest sha256(std::string_view bytes) {
  Digest digest{};
  crypto_hash_sha256(digest.data(), data(bytes), bytes.size());
  return digest;
}

Sha256Stream::Sha256Stream() {
  static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(state_));
  crypto_hash_sha256_init(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()));
}

void Sha256Stream::update(std::string_view bytes) {
  crypto_hash_sha256_update(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()), data(bytes),
                            bytes.size());
}

Digest Sha256Stream::finish() {
  Digest digest{};
  crypto_hash_sha256_final(reinterpret_cast<crypto_hash_sha256_state*>(state_.data()),
                           digest.data());
  return digest;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

base::Result<std::string> from_hex(std::string_view hex) {
  std::string bytes(hex.size() / 2, '\0');
  std::size_t written = 0;
  if (hex.size() % 2 != 0 ||
      sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), hex.data(),
                     hex.size(), nullptr, &written, nullptr) != 0 ||
      written != bytes.size()) {
    return base::fail("not_hex", "the text is not hexadecimal");
  }
  return bytes;
}

std::string to_base64url(std::span<const std::uint8_t> bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
  text.pop_back();
  return text;
}

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

Key derive_key(const Key& key, std::string_view purpose) { return Key(keyed_hash(key, purpose)); }

Key random_key(Random& random, std::string_view label) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(label, bytes);
  return Key(bytes);
}

namespace {

// The keyed hash of the context, a zero byte and the text, without joining them.
Digest nonce_of(const Key& key, std::string_view context, std::string_view text) {
  start_library();
  constexpr unsigned char kZero = 0;
  Digest digest{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.bytes().data(), key.bytes().size(), digest.size());
  crypto_generichash_update(&state, data(context), context.size());
  crypto_generichash_update(&state, &kZero, 1);
  crypto_generichash_update(&state, data(text), text.size());
  crypto_generichash_final(&state, digest.data(), digest.size());
  return digest;
}

}  // namespace

std::string seal(const Key& key, std::string_view context, std::string_view text) {
  const Digest nonce = nonce_of(key, context, text);
  std::string sealed(kNonceBytes + text.size() + kTagBytes, '\0');
  std::memcpy(sealed.data(), nonce.data(), kNonceBytes);
  unsigned long long written = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      reinterpret_cast<unsigned char*>(sealed.data()) + kNonceBytes, &written, data(text),
      text.size(), data(context), context.size(), nullptr, nonce.data(), key.bytes().data());
  CHECK(written == text.size() + kTagBytes);
  return sealed;
}

base::Result<std::string> unseal(const Key& key, std::string_view context,
                                 std::string_view sealed) {
  const auto refused = [] {
    return base::fail("cannot_unseal", "the sealed text does not open: wrong key or changed bytes");
  };
  if (sealed.size() < kNonceBytes + kTagBytes) return refused();
  start_library();
  std::string text(sealed.size() - kNonceBytes - kTagBytes, '\0');
  unsigned long long written = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<unsigned char*>(text.data()), &written, nullptr,
          data(sealed) + kNonceBytes, sealed.size() - kNonceBytes, data(context), context.size(),
          data(sealed), key.bytes().data()) != 0) {
    return refused();
  }
  return text;
}

base::Result<std::string> hash_password(std::string_view password) {
  start_library();
  std::array<char, crypto_pwhash_STRBYTES> stored{};
  if (crypto_pwhash_str(stored.data(), password.data(), password.size(),
                        crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return base::fail("out_of_memory", "not enough memory to hash a password");
  }
  return std::string(stored.data());
}

bool verify_password(std::string_view stored, std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (stored.size() >= text.size()) return false;
  std::memcpy(text.data(), stored.data(), stored.size());
  return crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

std::string random_token(Random& random, std::string_view label) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(label, bytes);
  return to_base64url(bytes);
}

base::IdBytes random_id(Random& random, base::Instant now, std::string_view label) {
  base::IdBytes bytes{};
  random.fill(label, bytes);
  auto millis = static_cast<std::uint64_t>(now.micros / 1000);
  for (std::size_t at = 6; at-- > 0; millis >>= 8) bytes[at] = static_cast<std::uint8_t>(millis);
  return bytes;
}

base::IdBytes derived_id(std::span<const std::string_view> parts) {
  crypto_generichash_state state;
  base::IdBytes bytes{};
  crypto_generichash_init(&state, nullptr, 0, bytes.size());
  for (const std::string_view part : parts) {
    const std::uint64_t size = part.size();
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
    crypto_generichash_update(&state, data(part), part.size());
  }
  crypto_generichash_final(&state, bytes.data(), bytes.size());
  return bytes;
}

}  // namespace crypto
