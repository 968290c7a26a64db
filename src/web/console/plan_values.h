// What the console's page of a bill shows of its plan and of the ways to pay that its customer let
// us keep, with the forms to change them.
#pragma once

#include "base/result/result.h"
#include "domain/billing/bill.h"
#include "ports/store.h"
#include "web/call.h"
#include "web/template/value.h"

namespace web::console {

[[nodiscard]] base::Result<> add_plan(const Call& call, ports::Transaction& transaction,
                                      const domain::Bill& bill, Value& values);

}  // namespace web::console
