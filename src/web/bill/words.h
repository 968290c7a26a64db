// The words of a page are those of the papers behind it: flows/compose/words.h, by the name that
// the parts of the page know them by.
#pragma once

#include "flows/compose/words.h"

namespace web::bill {

using flows::compose::Words;

}  // namespace web::bill
