#include "app/gateways.h"

namespace app {

PaymentProviders::PaymentProviders(const Workspace& workspace) {
  std::vector<ports::Gateway*> gateways;
  std::vector<flows::OfferedMethod> methods;
  if (demo::PracticeGateway::is_demo(workspace.data_dir())) {
    practice_ = std::make_unique<demo::PracticeGateway>(
        demo::PracticeGateway::folder_of(workspace.data_dir()), workspace.clock(),
        workspace.public_url());
    gateways.push_back(practice_.get());
    methods.push_back({"practice", std::string(demo::kPracticeName), ""});
  }
  gateways_ = flows::Gateways(std::move(gateways), std::move(methods));
}

}  // namespace app
