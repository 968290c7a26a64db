// What tills need of the settings.
#pragma once

#include "base/money/decimal.h"
#include "base/result/result.h"
#include "support/config/settings.h"

namespace app {

// From which difference on a drawer is counted a second time. Errors: bad_config_value.
[[nodiscard]] base::Result<base::Decimal> till_recount_above(const config::Settings& settings);

}  // namespace app
