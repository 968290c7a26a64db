// A service that goes on at another account from a day on: the one that ends and the one that
// begins. Nothing that was billed changes: days before stay with the old account.
#pragma once

#include <optional>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/catalogue/catalogue.h"
#include "domain/party/party.h"

namespace domain {

struct SplitService {
  Service ended;  // The next revision at the old account.
  Service begun;  // The first at the new one.
};

// Nothing where the service had ended by then. `campaign` is the service's, or null.
// Errors: campaign_still_running (its months are counted from the start, which would move; place:
// the day from which it can be done).
[[nodiscard]] base::Result<std::optional<SplitService>> split_service(
    const Service& service, AccountId to, base::Date from, const CampaignTerms* campaign);

}  // namespace domain
