#include "web/ivr/not_set_up.h"

namespace web::ivr {

base::Result<Response> not_set_up(const Call&) {
  return base::fail("telephone_not_set_up",
                    "no telephone platform of this name is set up; see the settings of [ivr]");
}

}  // namespace web::ivr
