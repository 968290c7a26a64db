#include "web/security/rate_limiter.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace web {
namespace {

constexpr std::int64_t kMillitoken = 1;
constexpr std::int64_t kToken = 1000 * kMillitoken;
constexpr std::int64_t kMicrosPerMinute = 60 * base::kMicrosPerSecond;
// A clock that jumps must not overflow the sum below; a bucket is full long before.
constexpr std::int64_t kRefillMicrosMax = base::kMicrosPerDay / 24;
constexpr std::size_t kGroups = 8;
constexpr std::size_t kNetworkGroups = 4;

std::vector<std::string_view> split_groups(std::string_view text) {
  std::vector<std::string_view> groups;
  while (!text.empty()) {
    groups.push_back(text.substr(0, text.find(':')));
    text.remove_prefix(std::min(text.size(), groups.back().size() + 1));
  }
  return groups;
}

}  // namespace

RateLimiter::RateLimiter(Rate rate, std::size_t buckets_max)
    : rate_(rate), shard_buckets_max_(std::max<std::size_t>(buckets_max / kShards, 1)) {}

RateLimiter::Bucket& RateLimiter::find(Shard& shard, std::string_view key,
                                       base::Instant now) const {
  const auto known = shard.by_key.find(key);
  if (known != shard.by_key.end()) {
    shard.buckets.splice(shard.buckets.begin(), shard.buckets, known->second);
    return shard.buckets.front();
  }
  if (shard.buckets.size() >= shard_buckets_max_) {
    shard.by_key.erase(shard.buckets.back().key);
    shard.buckets.pop_back();
  }
  shard.buckets.push_front({std::string(key), rate_.burst * kToken, now});
  // The map's key looks at the text in the list's node, which does not move.
  shard.by_key.emplace(shard.buckets.front().key, shard.buckets.begin());
  return shard.buckets.front();
}

std::int64_t RateLimiter::take(std::string_view key, base::Instant now) {
  return ask(key, now, true);
}

std::int64_t RateLimiter::wait(std::string_view key, base::Instant now) {
  return ask(key, now, false);
}

std::int64_t RateLimiter::ask(std::string_view key, base::Instant now, bool takes) {
  Shard& shard = shards_[std::hash<std::string_view>()(key) % kShards];
  const std::scoped_lock lock(shard.mutex);
  Bucket& bucket = find(shard, key, now);
  const std::int64_t passed = std::clamp<std::int64_t>(now - bucket.refilled, 0, kRefillMicrosMax);
  const std::int64_t refill = passed * rate_.per_minute * kToken / kMicrosPerMinute;
  if (refill > 0) {
    bucket.millitokens = std::min(bucket.millitokens + refill, rate_.burst * kToken);
    bucket.refilled = now;
  }
  if (bucket.millitokens >= kToken) {
    if (takes) bucket.millitokens -= kToken;
    return 0;
  }
  const std::int64_t missing = kToken - bucket.millitokens;
  const std::int64_t micros = missing * kMicrosPerMinute / (rate_.per_minute * kToken);
  return micros / base::kMicrosPerSecond + 1;
}

std::string peer_key(std::string_view address) {
  if (!address.contains(':')) return std::string(address);
  // "::" stands for as many groups of zeros as are missing from eight.
  const std::size_t gap = address.find("::");
  std::vector<std::string_view> groups = split_groups(address.substr(0, gap));
  if (gap != std::string_view::npos) {
    const auto behind = split_groups(address.substr(gap + 2));
    groups.resize(std::max(kGroups, groups.size() + behind.size()) - behind.size(), "0");
    groups.insert(groups.end(), behind.begin(), behind.end());
  }
  groups.resize(kNetworkGroups, "0");
  std::string network;
  for (const std::string_view group : groups) {
    network += group;
    network += ':';
  }
  return network;
}

}  // namespace web
