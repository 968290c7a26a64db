// Sums of money as people type them into a form.
#pragma once

#include <string_view>

#include "base/money/money.h"
#include "base/result/result.h"

namespace web {

// In figures, with a comma or a point before the decimals, and spaces, points, commas or
// apostrophes between thousands: "1 234,50", "1,234.50", "1.234,50", "1234.5", "50 kr". What could
// be meant in two ways, like "1,234", is refused. Errors: bad_parameter.
[[nodiscard]] base::Result<base::Money> typed_amount(std::string_view text,
                                                     base::Currency currency);

}  // namespace web
