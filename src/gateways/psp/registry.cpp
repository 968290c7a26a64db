#include "gateways/psp/registry.h"

#include <algorithm>
#include <array>

#include "gateways/psp/adyen/adyen.h"
#include "gateways/psp/adyen_terminal/adyen_terminal.h"
#include "gateways/psp/paypal/paypal.h"
#include "gateways/psp/swish/swish.h"
#include "gateways/psp/vipps/vipps.h"

namespace gateways {

std::span<const Kind* const> kinds() {
  static const std::array kKinds = {
      &adyen::kind(), &adyen_terminal::kind(), &vipps::kind(), &swish::kind(), &paypal::kind(),
  };
  return kKinds;
}

const Kind* find_kind(std::string_view name) {
  const auto all = kinds();
  const auto found = std::ranges::find(all, name, [](const Kind* kind) { return kind->name; });
  return found == all.end() ? nullptr : *found;
}

base::Result<std::unique_ptr<ports::Gateway>> make_gateway(
    std::string_view name, const std::map<std::string, std::string>& settings,
    const ReadSecret& read_secret, ports::HttpClient& http, const base::Clock& clock) {
  const Kind* kind = find_kind(name);
  if (!kind) {
    return base::fail("unknown_gateway", "there is no such payment provider", std::string(name));
  }
  auto read = TRY(Settings::read(kind->settings, settings, read_secret));
  return kind->make(Parts{std::move(read), http, clock});
}

}  // namespace gateways
