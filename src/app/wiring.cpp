#include "app/wiring.h"

#include <chrono>
#include <cstdlib>

#include "storage/open.h"

namespace app {
namespace {

class SystemClock final : public base::Clock {
 public:
  [[nodiscard]] base::Instant now() const override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
  }
};

}  // namespace

Wiring system_wiring() {
  return {.clock = std::make_shared<SystemClock>(),
          .random = std::make_shared<crypto::SystemRandom>(),
          .open_database = [](const std::string& place) { return storage::open_database(place); },
          .environment = [](std::string_view name) -> std::optional<std::string> {
            const char* value = std::getenv(std::string(name).c_str());
            return value == nullptr ? std::nullopt : std::optional<std::string>(value);
          }};
}

}  // namespace app
