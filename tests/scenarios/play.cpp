#include "tests/scenarios/play.h"

#include <algorithm>

#include "tests/scenarios/world.h"

namespace scenarios {

base::Result<std::vector<Said>> play(const Scenario& scenario, storage::sql::Engine engine) {
  const bool has_catalogue = std::ranges::any_of(scenario.steps, [](const Step& step) {
    return std::holds_alternative<SetPrice>(step.first().command);
  });
  World world(engine, has_catalogue);
  std::vector<Said> said;
  for (const Step& step : scenario.steps) {
    auto answer = world.perform(step);
    if (!answer) {
      base::Error error = std::move(answer).error();
      error.place = scenario.file + ":" + std::to_string(step.first().line);
      return std::unexpected(std::move(error));
    }
    said.push_back(*std::move(answer));
  }
  TRY(world.check_store());
  return said;
}

}  // namespace scenarios
