#include "support/crypto/form_signature.h"

#include <algorithm>
#include <span>

#include "support/crypto/crypto.h"
#include "support/crypto/mac.h"
#include "support/crypto/sha1.h"

namespace crypto {
namespace {

// "https://host:443/path"; empty where it has a port.
std::string with_port(std::string_view url) {
  const std::size_t host = url.find("://");
  if (host == url.npos) return {};
  const std::size_t end = std::min(url.find('/', host + 3), url.size());
  if (url.substr(host + 3, end - host - 3).contains(':')) return {};
  const std::string_view port = url.starts_with("https") ? ":443" : ":80";
  return std::string(url.substr(0, end)) + std::string(port) + std::string(url.substr(end));
}

std::string signature_of(std::string_view key, std::string_view url, const FormRows& rows) {
  std::string text(url);
  for (const auto& [name, value] : rows) text += name + value;
  return to_base64(std::span<const std::uint8_t>(hmac_sha1(key, text)));
}

}  // namespace

bool is_form_signature(std::string_view key, std::string_view url, FormRows rows,
                       std::string_view signature) {
  if (key.empty() || signature.empty()) return false;
  std::ranges::stable_sort(rows, {}, &std::pair<std::string, std::string>::first);
  if (equal(signature_of(key, url, rows), signature)) return true;
  const std::string other = with_port(url);
  return !other.empty() && equal(signature_of(key, other, rows), signature);
}

}  // namespace crypto
