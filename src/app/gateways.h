// The providers of payments that this installation has: what is built by its settings, and in a
// demo the practice provider.
#pragma once

#include <memory>
#include <vector>

#include "app/demo/practice_gateway.h"
#include "app/workspace.h"
#include "flows/intents/gateways.h"

namespace app {

class PaymentProviders {
 public:
  // `workspace` outlives it.
  explicit PaymentProviders(const Workspace& workspace);

  [[nodiscard]] const flows::Gateways& gateways() const { return gateways_; }
  // Null where the data folder is not a demo's.
  [[nodiscard]] demo::PracticeGateway* practice() const { return practice_.get(); }

 private:
  std::unique_ptr<demo::PracticeGateway> practice_;
  flows::Gateways gateways_;
};

}  // namespace app
