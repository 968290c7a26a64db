// The telephone line that this installation has: what [ivr] of its configuration sets up.
#pragma once

#include <map>
#include <memory>

#include "app/gateways.h"
#include "app/workspace.h"
#include "web/ivr/telephone.h"

namespace app {

// "+4686001000=sv +35894245=fi/aurora". Errors: bad_config_value.
[[nodiscard]] base::Result<std::map<std::string, flows::CallNumber, std::less<>>> read_call_numbers(
    std::string_view text);

// Whether a platform calls us: one of its secrets is set.
[[nodiscard]] bool takes_calls(const Workspace& workspace);

// Before `rest`, which gets what is no call's; all outlive it. Errors: bad_config_value (a number,
// language or list that cannot be read; place: the key), secret_not_readable, secrets_not_private.
[[nodiscard]] base::Result<std::unique_ptr<web::ivr::Telephone>> open_telephone(
    Workspace& workspace, const PaymentProviders& providers, const locale::Catalogue& texts,
    web::Handler& rest);

}  // namespace app
