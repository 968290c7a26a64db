// D13: a service that moves to another account does so from a day on.
#include "domain/party/split_service.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

base::Date day(std::string_view text) { return *base::Date::parse(text); }

TEST(SplitService, D13EndsHereAndBeginsThere) {
  const AccountId there(base::IdBytes{1});
  const CampaignTerms three_months{.plans = {}, .off = {}, .whole_months = 3};
  const struct {
    std::string starts, ends, campaign, from;
    std::string outcome;  // "ended at .. | begun .. - .. campaign", "nothing" or "!code".
  } rows[] = {
      {"2026-01-10", "", "", "2026-12-01", "2026-12-01 | 2026-12-01 -  "},
      {"2026-01-10", "2027-01-01", "", "2026-12-01", "2026-12-01 | 2026-12-01 - 2027-01-01 "},
      {"2026-01-10", "2026-12-01", "", "2026-12-01", "nothing"},
      {"2026-12-10", "", "X", "2026-12-01", "2026-12-10 | 2026-12-10 -  X"},  // Not begun yet.
      // The whole months are October to December.
      {"2026-09-10", "", "X", "2026-12-31", "!campaign_still_running"},
      {"2026-09-10", "", "X", "2027-01-01", "2027-01-01 | 2027-01-01 -  "},
      {"2026-10-01", "", "X", "2026-12-31", "!campaign_still_running"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.starts + " " + row.from);
    Service service;
    service.revision = 4;
    service.starts = day(row.starts);
    if (!row.ends.empty()) service.ends = day(row.ends);
    service.campaign = row.campaign;
    const auto split = split_service(service, there, day(row.from),
                                     row.campaign.empty() ? nullptr : &three_months);
    std::string outcome = "nothing";
    if (!split) {
      outcome = "!" + split.error().code;
    } else if (*split) {
      const auto& [ended, begun] = **split;
      EXPECT_EQ(ended.revision, 5);
      EXPECT_EQ(begun.revision, 1);
      EXPECT_EQ(begun.account, there);
      outcome = ended.ends->to_string() + " | " + begun.starts.to_string() + " - " +
                (begun.ends ? begun.ends->to_string() : "") + " " + begun.campaign;
    }
    EXPECT_EQ(outcome, row.outcome);
  }
}

}  // namespace
}  // namespace domain
