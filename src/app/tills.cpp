#include "app/tills.h"

namespace app {

base::Result<base::Decimal> till_recount_above(const config::Settings& settings) {
  const auto amount = base::Decimal::parse(settings.till_recount_above);
  if (amount && !amount->is_negative()) return *amount;
  return base::fail("bad_config_value", "'till.recount_above' is an amount like \"20.00\"",
                    "till.recount_above");
}

}  // namespace app
