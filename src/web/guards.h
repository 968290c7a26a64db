// What all requests share to keep one another in bounds: rate limits, and locks by key.
#pragma once

#include <array>
#include <functional>
#include <mutex>
#include <semaphore>
#include <string_view>

#include "flows/intents/webhook_inbox.h"
#include "web/bank_uploads.h"
#include "web/dependencies.h"
#include "web/security/rate_limiter.h"

namespace web {

// Lets work on the same key happen one after the other, in this process.
class KeyLocks {
 public:
  [[nodiscard]] std::unique_lock<std::mutex> lock(std::string_view key) {
    return std::unique_lock(mutexes_[std::hash<std::string_view>()(key) % kMutexes]);
  }

 private:
  // Different keys share a mutex now and then, which costs time and no more.
  static constexpr std::size_t kMutexes = 64;
  std::array<std::mutex, kMutexes> mutexes_;
};

// To check a password takes 64 MiB and a tenth of a second, on purpose; so many at once.
inline constexpr std::ptrdiff_t kPasswordChecksMax = 4;

struct Guards {
  explicit Guards(const Limits& limits)
      : requests(limits.requests),
        sign_ins_of_peer(limits.sign_ins_of_peer),
        sign_ins_of_login(limits.sign_ins_of_login),
        choices_of_link(limits.choices_of_link),
        payments_of_link(limits.payments_of_link),
        mandates_of_link(limits.mandates_of_link),
        bad_hooks(limits.bad_hooks) {}

  RateLimiter requests;
  RateLimiter sign_ins_of_peer;
  RateLimiter sign_ins_of_login;
  RateLimiter choices_of_link;
  RateLimiter payments_of_link;
  RateLimiter mandates_of_link;
  RateLimiter bad_hooks;
  std::counting_semaphore<kPasswordChecksMax> password_checks{kPasswordChecksMax};
  KeyLocks idempotency;
  // Providers' words that come together are kept together.
  flows::WebhookInbox webhooks;
  // Bank files between a look at them and their import.
  BankUploads bank_uploads;
};

}  // namespace web
