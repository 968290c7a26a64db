// The providers of payments that this installation has: what [gateway.NAME] of its configuration
// sets up, and in a demo the practice provider.
#pragma once

#include <memory>
#include <vector>

#include "app/demo/practice_gateway.h"
#include "app/workspace.h"
#include "flows/intents/gateways.h"
#include "support/http/client.h"

namespace app {

class PaymentProviders {
 public:
  // `workspace` outlives it. Errors: unknown_gateway, unknown_gateway_method, secret_not_readable,
  // secrets_not_private, bad_rail_cost, and those of gateways::make_gateway.
  [[nodiscard]] static base::Result<std::unique_ptr<PaymentProviders>> open(
      const Workspace& workspace);

  [[nodiscard]] const flows::Gateways& gateways() const { return gateways_; }
  // Null where the data folder is not a demo's.
  [[nodiscard]] demo::PracticeGateway* practice() const { return practice_.get(); }

 private:
  PaymentProviders() = default;

  http::CurlClient http_;
  std::vector<std::unique_ptr<ports::Gateway>> owned_;
  std::unique_ptr<demo::PracticeGateway> practice_;
  flows::Gateways gateways_;
};

// Of a key of the configuration: "env:NAME" or "file:/path". Errors: secret_not_readable,
// secrets_not_private; place: where the key stands.
[[nodiscard]] base::Result<std::string> read_secret(const Workspace& workspace,
                                                    const std::string& key, std::string_view where);

}  // namespace app
