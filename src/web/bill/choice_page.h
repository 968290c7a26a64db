// /b/{token}/choice: how the account of a bill is billed, and a form to choose (R02).
//
// The link opens one bill and may be on paper, so it changes only what does no harm and can be
// taken back: what goes on one bill, how often, the day to pay, and how much later bills tell. No
// address, no channel. A change is shown first, sent a second time to be kept, limited in pace,
// and stands in the events and the audit trail as the customer's. Works without script; there is
// no cookie to be misused.
#pragma once

#include "base/result/result.h"
#include "web/call.h"
#include "web/http.h"

namespace web::bill {

[[nodiscard]] Response show_choice(const Call& call);
[[nodiscard]] Response change_choice(const Call& call);

// 429 in words, to those who sent more forms with one link than they may.
[[nodiscard]] Response too_many_tries(const Call& call, std::int64_t seconds);

}  // namespace web::bill
