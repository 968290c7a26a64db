// Cryptography in our words: hashes, keyed hashes, sealing, passwords and randomness.
//
// All of it is libsodium's; nothing here is an algorithm of ours. Randomness and time come from
// outside, so that tests can repeat a run byte by byte.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/id/id.h"
#include "base/result/result.h"
#include "base/time/instant.h"

namespace crypto {

using Digest = std::array<std::uint8_t, 32>;

// A secret of 32 bytes. It cannot be printed or compared by accident, and is wiped when it goes.
class Key {
 public:
  Key() = default;
  explicit Key(const std::array<std::uint8_t, 32>& bytes) : bytes_(bytes) {}
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();
  // Errors: not_a_key.
  [[nodiscard]] static base::Result<Key> from_hex(std::string_view hex);
  [[nodiscard]] std::span<const std::uint8_t, 32> bytes() const { return bytes_; }
  [[nodiscard]] std::string to_hex() const;

 private:
  std::array<std::uint8_t, 32> bytes_{};
};

// Where random bytes come from. `label` says what they are for; the system's source ignores it,
// a test's source makes the bytes from it, so that they do not depend on the order of calls.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::string_view label, std::span<std::uint8_t> out) = 0;
};
// The operating system's randomness.
class SystemRandom final : public Random {
 public:
  void fill(std::string_view label, std::span<std::uint8_t> out) override;
};
// The same bytes for the same seed and label, always. For tests and for the demo's data.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}
  void fill(std::string_view label, std::span<std::uint8_t> out) override;

 private:
  std::uint64_t seed_;
};

// BLAKE2b with 32 bytes.
[[nodiscard]] Digest hash(std::string_view bytes);
[[nodiscard]] Digest keyed_hash(const Key& key, std::string_view bytes);
// SHA-256, where a standard or a peer asks for it (links, files).
[[nodiscard]] Digest sha256(std::string_view bytes);
// SHA-256 of a stream, for files that do not fit in memory.
class Sha256Stream {
 public:
  Sha256Stream();
  void update(std::string_view bytes);
  [[nodiscard]] Digest finish();

 private:
  alignas(8) std::array<std::uint8_t, 256> state_;
};
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);
// Errors: not_hex.
[[nodiscard]] base::Result<std::string> from_hex(std::string_view hex);
[[nodiscard]] std::string to_base64url(std::span<const std::uint8_t> bytes);
// Compares in constant time.
[[nodiscard]] bool equal(std::string_view a, std::string_view b);

// A key derived from another for one purpose.
[[nodiscard]] Key derive_key(const Key& key, std::string_view purpose);
[[nodiscard]] Key random_key(Random& random, std::string_view label);

// Sealing (D10): XChaCha20-Poly1305. The nonce is a keyed hash of context and text, so the same
// text in the same place seals to the same bytes and no randomness is needed. `context` names
// the place (table, column, id): sealed bytes moved to another place do not open.
[[nodiscard]] std::string seal(const Key& key, std::string_view context, std::string_view text);
// Errors: cannot_unseal (wrong key, wrong place, or bytes that were tampered with).
[[nodiscard]] base::Result<std::string> unseal(const Key& key, std::string_view context,
                                               std::string_view sealed);

// Argon2id with the library's interactive limits. verify answers in constant time.
[[nodiscard]] base::Result<std::string> hash_password(std::string_view password);
[[nodiscard]] bool verify_password(std::string_view stored, std::string_view password);

// A bearer token of 256 bits in base64url, e.g. for links, sessions and the API.
[[nodiscard]] std::string random_token(Random& random, std::string_view label);

// A time-ordered random id: 48 bits of milliseconds, then random bits.
[[nodiscard]] base::IdBytes random_id(Random& random, base::Instant now, std::string_view label);
// An id that is a hash of what it stands for (D9). Parts are separated, so that ("ab", "c") and
// ("a", "bc") differ.
[[nodiscard]] base::IdBytes derived_id(std::span<const std::string_view> parts);

template <class IdType>
[[nodiscard]] IdType make_random_id(Random& random, base::Instant now, std::string_view label) {
  return IdType(random_id(random, now, label));
}

}  // namespace crypto
