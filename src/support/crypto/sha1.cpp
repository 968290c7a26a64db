#include "support/crypto/sha1.h"

#include <bit>
#include <cstddef>
#include <string>

namespace crypto {
namespace {

constexpr std::size_t kBlock = 64;
using State = std::array<std::uint32_t, 5>;

// The four rounds of twenty steps: which bits are mixed, and with which constant.
struct Mixed {
  std::uint32_t bits, constant;
};
Mixed mix(std::size_t step, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  if (step < 20) return {(b & c) | (~b & d), 0x5A827999};
  if (step < 40) return {b ^ c ^ d, 0x6ED9EBA1};
  if (step < 60) return {(b & c) | (b & d) | (c & d), 0x8F1BBCDC};
  return {b ^ c ^ d, 0xCA62C1D6};
}

void take_block(State& state, std::string_view block) {
  std::array<std::uint32_t, 80> words{};
  for (std::size_t at = 0; at < kBlock; ++at) {
    words[at / 4] = words[at / 4] << 8 | static_cast<std::uint8_t>(block[at]);
  }
  for (std::size_t at = 16; at < words.size(); ++at) {
    words[at] = std::rotl(words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16], 1);
  }
  auto [a, b, c, d, e] = state;
  for (std::size_t step = 0; step < words.size(); ++step) {
    const Mixed mixed = mix(step, b, c, d);
    const std::uint32_t next = std::rotl(a, 5) + mixed.bits + e + mixed.constant + words[step];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  const State added = {a, b, c, d, e};
  for (std::size_t at = 0; at < state.size(); ++at) state[at] += added[at];
}

std::string_view text_of(const Sha1Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

Sha1Digest sha1(std::string_view bytes) {
  std::string padded(bytes);
  padded.push_back('\x80');
  while (padded.size() % kBlock != kBlock - 8) padded.push_back('\0');
  const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
  for (int shift = 56; shift >= 0; shift -= 8) {
    padded.push_back(static_cast<char>(bits >> static_cast<unsigned>(shift) & 0xFFU));
  }
  State state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  for (std::size_t from = 0; from < padded.size(); from += kBlock) {
    take_block(state, std::string_view(padded).substr(from, kBlock));
  }
  Sha1Digest digest{};
  for (std::size_t at = 0; at < digest.size(); ++at) {
    digest[at] = static_cast<std::uint8_t>(state[at / 4] >> (24 - 8 * (at % 4)));
  }
  return digest;
}

Sha1Digest hmac_sha1(std::string_view key, std::string_view bytes) {
  std::string block(key);
  if (key.size() > kBlock) block = text_of(sha1(key));
  block.resize(kBlock, '\0');
  std::string inner = block, outer = block;
  for (char& c : inner) c = static_cast<char>(c ^ 0x36);
  for (char& c : outer) c = static_cast<char>(c ^ 0x5C);
  const Sha1Digest inside = sha1(inner + std::string(bytes));
  return sha1(outer + std::string(text_of(inside)));
}

}  // namespace crypto
