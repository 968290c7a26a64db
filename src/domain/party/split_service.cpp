#include "domain/party/split_service.h"

#include <algorithm>

namespace domain {

base::Result<std::optional<SplitService>> split_service(const Service& service, AccountId to,
                                                        base::Date from,
                                                        const CampaignTerms* campaign) {
  if (service.ends && *service.ends <= from) return std::nullopt;
  const bool begun_before = service.starts < from;
  if (campaign && begun_before) {
    const base::Month start = base::Month::of(service.starts);
    const base::Month first_whole = service.starts.day() == 1 ? start : start.next();
    const auto over = base::Month::from_index(first_whole.index() + campaign->whole_months);
    if (from < over.period().from()) {
      return base::fail("campaign_still_running",
                        "the service has a campaign until " + over.period().from().to_string() +
                            "; separate it from then on",
                        over.period().from().to_string());
    }
  }
  SplitService split{.ended = service, .begun = service};
  ++split.ended.revision;
  split.ended.ends = std::max(service.starts, from);
  split.begun.account = to;
  split.begun.revision = 1;
  split.begun.starts = std::max(service.starts, from);
  if (begun_before) split.begun.campaign.clear();
  return split;
}

}  // namespace domain
