#include "domain/reconcile/suspense_age.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace domain {
namespace {

constexpr std::string_view kBuckets[] = {"0-7", "8-30", "31-60", "61-90", "91-365", "366-"};
constexpr std::int32_t kLastDays[] = {7, 30, 60, 90, 365};

std::size_t bucket_of(std::int32_t days) {
  std::size_t at = 0;
  while (at < std::size(kLastDays) && kLastDays[at] < days) ++at;
  return at;
}

// Leaves out pairs of plus and minus that went back.
void drop_returned(std::vector<SuspenseRow>& rows) {
  using Key = std::tuple<std::string, base::Currency, std::int64_t>;
  std::map<Key, std::vector<std::size_t>> waiting;
  std::vector<bool> dropped(rows.size());
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const SuspenseRow& row = rows[at];
    if (row.state != "returned") continue;
    const std::int64_t minor = row.open.minor();
    auto& others = waiting[{row.bank_account, row.open.currency(), -minor}];
    if (others.empty()) {
      waiting[{row.bank_account, row.open.currency(), minor}].push_back(at);
      continue;
    }
    dropped[others.back()] = dropped[at] = true;
    others.pop_back();
  }
  std::size_t at = 0;
  std::erase_if(rows, [&](const SuspenseRow&) { return dropped[at++]; });
}

}  // namespace

std::span<const std::string_view> age_buckets() { return kBuckets; }

std::string_view age_bucket(std::int32_t days) { return kBuckets[bucket_of(days)]; }

SuspenseReport age_suspense(std::vector<SuspenseRow> rows, base::Date day) {
  drop_returned(rows);
  std::ranges::sort(rows, {},
                    [](const SuspenseRow& row) { return std::pair(row.booked, row.payment); });
  using Key = std::tuple<std::size_t, std::string, std::string, base::Currency>;
  std::map<Key, SuspenseSum> sums;
  std::map<base::Currency, base::Money> totals;
  for (const SuspenseRow& row : rows) {
    const base::Currency currency = row.open.currency();
    const base::Money nothing(0, currency);
    const std::size_t bucket = bucket_of(day - row.booked);
    SuspenseSum& sum = sums.try_emplace({bucket, row.reason, row.bank_account, currency},
                                        SuspenseSum{std::string(kBuckets[bucket]), row.reason,
                                                    row.bank_account, nothing, 0})
                           .first->second;
    sum.open += row.open;
    ++sum.payments;
    totals.try_emplace(currency, nothing).first->second += row.open;
  }
  SuspenseReport report;
  report.rows = std::move(rows);
  for (auto& [key, sum] : sums) report.sums.push_back(std::move(sum));
  for (const auto& [currency, total] : totals) report.totals.push_back(total);
  return report;
}

}  // namespace domain
