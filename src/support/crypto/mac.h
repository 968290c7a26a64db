// What signs webhooks, and the text form of signatures: HMAC-SHA256 and base64 (RFC 4648).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "support/crypto/crypto.h"

namespace crypto {

// The key may have any length.
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view bytes);

[[nodiscard]] std::string to_base64(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::string to_base64(std::string_view bytes);

}  // namespace crypto
