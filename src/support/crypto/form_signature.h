// The signature of a form by which providers of telephony and text messages are known: base64 of
// HMAC-SHA1 over the address as it was called and each field's name and value, by name.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crypto {

using FormRows = std::vector<std::pair<std::string, std::string>>;

// With and without the port that the address's scheme has anyway.
[[nodiscard]] bool is_form_signature(std::string_view key, std::string_view url, FormRows rows,
                                     std::string_view signature);

}  // namespace crypto
