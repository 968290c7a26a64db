// What happened to an account, event by event, in words: newest first.
#pragma once

#include "base/result/result.h"
#include "domain/ids.h"
#include "ports/store.h"
#include "web/call.h"
#include "web/template/value.h"

namespace web::console {

// Of one bill only, where `bill` is not nil.
[[nodiscard]] base::Result<Value> timeline(const Call& call, ports::Transaction& transaction,
                                           domain::AccountId account, domain::BillId bill = {});

}  // namespace web::console
