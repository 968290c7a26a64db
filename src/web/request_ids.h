// Ids of requests: the same in an answer's header, in a problem document and in the log, so that
// one leads to the others. Random at the start of a process, then counted.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "support/crypto/crypto.h"

namespace web {

class RequestIds {
 public:
  // `purpose` tells the makers of one process apart.
  RequestIds(crypto::Random& random, std::string_view purpose) {
    std::array<std::uint8_t, 6> bytes{};
    random.fill(purpose, bytes);
    prefix_ = "req_" + crypto::to_hex(bytes) + "_";
  }
  [[nodiscard]] std::string next() { return prefix_ + std::to_string(++count_); }

 private:
  std::string prefix_;
  std::atomic<std::uint64_t> count_ = 0;
};

}  // namespace web
