// Token buckets: how often somebody may ask, with bounded memory.
//
// Each key (a peer, a login) has a bucket that holds `burst` tokens and is refilled by `per_minute`
// a minute; a request takes one. The buckets that were used longest ago are forgotten when there
// are too many: a forgotten bucket is a full one. Safe to call from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time/instant.h"

namespace web {

struct Rate {
  std::int64_t per_minute = 60;
  std::int64_t burst = 60;
};

class RateLimiter {
 public:
  static constexpr std::size_t kBucketsMax = 65'536;

  explicit RateLimiter(Rate rate, std::size_t buckets_max = kBucketsMax);

  // Zero: go on. Else how many whole seconds, one or more, until the next token is there.
  [[nodiscard]] std::int64_t take(std::string_view key, base::Instant now);
  // The same answer, and nothing is taken.
  [[nodiscard]] std::int64_t wait(std::string_view key, base::Instant now);

 private:
  [[nodiscard]] std::int64_t ask(std::string_view key, base::Instant now, bool takes);
  static constexpr std::size_t kShards = 16;
  struct Bucket {
    std::string key;
    std::int64_t millitokens = 0;
    base::Instant refilled;
  };
  // A part of the buckets, with a lock of its own. The list has the last used in front.
  struct Shard {
    std::mutex mutex;
    std::list<Bucket> buckets;
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key;
  };

  Bucket& find(Shard& shard, std::string_view key, base::Instant now) const;

  Rate rate_;
  std::size_t shard_buckets_max_;
  std::array<Shard, kShards> shards_;
};

// What a peer is counted by: its address, or the network of an IPv6 address (/64), since one
// household or server has all of that.
[[nodiscard]] std::string peer_key(std::string_view address);

}  // namespace web
