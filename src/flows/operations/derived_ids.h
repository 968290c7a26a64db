// Ids that follow from a division's own numbers: importing again, or after a kill, makes the same.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "domain/ids.h"
#include "support/crypto/crypto.h"

namespace flows {

template <class IdType>
[[nodiscard]] IdType derived_id(std::initializer_list<std::string_view> parts) {
  return IdType(crypto::derived_id(std::span(parts.begin(), parts.size())));
}

[[nodiscard]] inline domain::CustomerId customer_id(std::string_view division,
                                                    std::string_view number) {
  return derived_id<domain::CustomerId>({"customer", division, number});
}
[[nodiscard]] inline domain::AccountId account_id(std::string_view division,
                                                  std::string_view number) {
  return derived_id<domain::AccountId>({"account", division, number});
}
[[nodiscard]] inline domain::ServiceId service_id(std::string_view division,
                                                  std::string_view number) {
  return derived_id<domain::ServiceId>({"service", division, number});
}

[[nodiscard]] inline domain::UsageId usage_id(std::string_view source, std::string_view record) {
  return derived_id<domain::UsageId>({"usage", source, record});
}

}  // namespace flows
