// The gateways that the operator has set up, by name.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/payment/rail_cost.h"
#include "ports/gateway.h"

namespace flows {

// What a customer can choose: a method of a gateway, in the order in which it is offered.
struct OfferedMethod {
  std::string method;  // "card", "swish"
  std::string gateway;
  std::string currency;  // Only bills in it; empty: any.
};

class Gateways {
 public:
  Gateways() = default;
  // The gateways outlive this.
  Gateways(std::vector<ports::Gateway*> gateways, std::vector<OfferedMethod> methods,
           std::vector<domain::RailTerms> terms = {})
      : gateways_(std::move(gateways)), methods_(std::move(methods)), terms_(std::move(terms)) {}

  // Errors: gateway_unknown (place: the name).
  [[nodiscard]] base::Result<ports::Gateway*> find(std::string_view name) const {
    const auto found = std::ranges::find(gateways_, name, &ports::Gateway::name);
    if (found != gateways_.end()) return *found;
    return base::fail("gateway_unknown", "no payment provider of that name is set up",
                      std::string(name));
  }
  [[nodiscard]] const std::vector<OfferedMethod>& methods() const { return methods_; }
  // What payments cost by each method, where the settings say it.
  [[nodiscard]] const std::vector<domain::RailTerms>& terms() const { return terms_; }

 private:
  std::vector<ports::Gateway*> gateways_;
  std::vector<OfferedMethod> methods_;
  std::vector<domain::RailTerms> terms_;
};

}  // namespace flows
