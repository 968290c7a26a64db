// HMAC-SHA1 (FIPS 180-4, RFC 2104), for the one peer that still signs with it: a provider of
// telephony. Nothing of ours is signed or kept by it.
//
// libsodium leaves SHA-1 out on purpose, and no library that we have offers it; as a keyed hash it
// is still sound.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace crypto {

using Sha1Digest = std::array<std::uint8_t, 20>;

[[nodiscard]] Sha1Digest sha1(std::string_view bytes);
// The key may have any length.
[[nodiscard]] Sha1Digest hmac_sha1(std::string_view key, std::string_view bytes);

}  // namespace crypto
