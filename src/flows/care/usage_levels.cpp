#include "flows/care/usage_levels.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "domain/billing/usage_lines.h"
#include "flows/billing/plan_batch.h"
#include "flows/care/one_account.h"
#include "flows/care/time_zone.h"
#include "flows/operations/import_terms.h"
#include "ports/billing.h"
#include "ports/events.h"
#include "ports/parties.h"
#include "ports/usage.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Json;
using base::Month;
using base::Result;
using domain::AccountId;
using domain::Service;
using domain::UsageSum;

constexpr std::int64_t kEverything = std::numeric_limits<std::int64_t>::max();
constexpr std::string_view kEventKind = "usage_level_reached";
constexpr std::string_view kAlertLock = "usage alerts";
constexpr std::size_t kEventsPerRead = 1'000;

// The first month whose usage decides about this one: as a bill of it would look back.
Month first_month(const domain::Catalogue& catalogue, Month month) {
  return domain::needs_every_month(catalogue) ? first_month_of_usage(month.next().period().from())
                                              : month;
}

struct Used {
  std::map<Month, std::vector<UsageSum>> sums;
  std::vector<Service> services;  // All revisions, ascending.
};
using UsedByAccount = std::map<AccountId, Used>;

// The accounts of a range: those with usage in the month, or all that have services.
Result<UsedByAccount> load(ports::Transaction& transaction, const ports::AccountRange& range,
                           Month from, Month month, bool only_used) {
  UsedByAccount used;
  TRY(transaction.usage().sums(range, from, month, kEverything,
                               [&](const ports::UsageTotal& total) -> Result<> {
                                 used[total.account].sums[total.month].push_back(total.sum);
                                 return {};
                               }));
  if (only_used) {
    std::erase_if(used, [&](const auto& each) { return !each.second.sums.contains(month); });
    if (used.empty()) return used;
  }
  TRY(transaction.parties().load_services(range, kEverything,
                                          [&](const Service& service) -> Result<> {
                                            if (only_used && !used.contains(service.account))
                                              return {};
                                            used[service.account].services.push_back(service);
                                            return {};
                                          }));
  return used;
}

Result<std::vector<NumberedLevel>> levels_of(const Used& used, Month from, Month month,
                                             const ImportTerms& terms) {
  std::vector<domain::CarriedAllowance> carried;
  domain::ClosedUsage closed;
  for (Month each = from; each <= month; each = each.next()) {
    const auto found = used.sums.find(each);
    const std::vector<UsageSum> sums =
        found == used.sums.end() ? std::vector<UsageSum>() : found->second;
    const auto held = domain::terms_in(used.services, each, terms.seller.brand);
    closed = TRY(domain::close_usage(sums, held, each, terms.catalogue, carried));
    carried = closed.carried;
  }
  std::vector<NumberedLevel> levels;
  for (domain::UsageLevel& level : closed.levels) {
    NumberedLevel numbered;
    numbered.percent = domain::alert_percent(level);
    for (const Service& service : used.services) {
      if (service.id == level.service) numbered.number = service.source_number;
    }
    numbered.level = std::move(level);
    levels.push_back(std::move(numbered));
  }
  return levels;
}

Json service_json(const domain::UsageLevel& level) {
  return level.service.is_nil() ? Json() : Json(level.service.to_string());
}

// What an alert is about; its step is another matter.
std::string key_of(const Json& data) {
  return data.text("service") + " " + data.text("pool") + " " + data.text("month");
}

// The highest step that each pool has alerted at.
Result<std::map<std::string, std::int64_t>> alerted(ports::Transaction& transaction,
                                                    AccountId account) {
  std::map<std::string, std::int64_t> steps;
  std::int64_t after = 0;
  while (true) {
    const auto events = TRY(transaction.events().list(account, after, kEventsPerRead));
    for (const ports::Event& event : events) {
      after = event.seq;
      if (event.fact.kind != kEventKind) continue;
      std::int64_t& step = steps[key_of(event.fact.data)];
      step = std::max(step, event.fact.data.integer("percent"));
    }
    if (events.size() < kEventsPerRead) return steps;
  }
}

struct Alerting {
  const ImportTerms& terms;
  Month from, month;
  base::Date today;
  base::Instant now;
  const std::string& actor;
};

Result<> alert_account(ports::Transaction& transaction, const Alerting& alerting, AccountId account,
                       const std::vector<NumberedLevel>& levels,
                       std::vector<ports::NewEvent>& events) {
  const bool any =
      std::ranges::any_of(levels, [](const NumberedLevel& each) { return each.percent > 0; });
  if (!any) return {};
  const auto steps = TRY(alerted(transaction, account));
  for (const NumberedLevel& each : levels) {
    if (each.percent == 0) continue;
    Json data = Json()
                    .set("service", service_json(each.level))
                    .set("pool", each.level.pool)
                    .set("month", alerting.month.to_string())
                    .set("percent", each.percent)
                    .set("used", each.level.used.to_string())
                    .set("of", each.level.of.to_string())
                    .set("unit", each.level.unit);
    const auto step = steps.find(key_of(data));
    if (step != steps.end() && step->second >= each.percent) continue;
    events.push_back({.account = account,
                      .kind = std::string(kEventKind),
                      .effective = alerting.today,
                      .recorded = alerting.now,
                      .actor = alerting.actor,
                      .data = std::move(data)});
  }
  return {};
}

Result<> alert_range(ports::Transaction& transaction, const Alerting& alerting,
                     const ports::AccountRange& range, AlertReport& report) {
  TRY(transaction.work().lock(kAlertLock));
  const auto used = TRY(load(transaction, range, alerting.from, alerting.month, true));
  std::vector<ports::NewEvent> events;
  for (const auto& [account, of_account] : used) {
    ++report.accounts;
    const auto levels = levels_of(of_account, alerting.from, alerting.month, alerting.terms);
    if (!levels) {
      ++report.not_checked;
      continue;
    }
    TRY(alert_account(transaction, alerting, account, *levels, events));
  }
  report.alerts += static_cast<std::int64_t>(events.size());
  return events.empty() ? Result<>() : transaction.events().append(events);
}

}  // namespace

Result<AccountLevels> show_usage_levels(ports::Transaction& transaction, const base::Clock& clock,
                                        AccountId account, std::optional<Month> month) {
  const ImportTerms terms = TRY(load_terms(transaction, ""));
  if (!TRY(transaction.parties().find_account(account))) {
    return base::fail("unknown_account", "there is no such account", account.to_string());
  }
  AccountLevels shown{.account = account, .month = {}, .levels = {}};
  shown.month = month ? *month : Month::of(TRY(local_date(terms.seller.time_zone, clock.now())));
  const Month from = first_month(terms.catalogue, shown.month);
  const auto used = TRY(load(transaction, range_of(account), from, shown.month, false));
  const auto found = used.find(account);
  if (found == used.end()) return shown;
  shown.levels = TRY(levels_of(found->second, from, shown.month, terms));
  return shown;
}

Result<AlertReport> alert_usage(ports::Store& store, const base::Clock& clock,
                                const AlertRequest& request) {
  ImportTerms terms;
  std::vector<ports::AccountRange> ranges;
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    terms = TRY(load_terms(*transaction, ""));
    ranges = TRY(transaction->parties().account_bounds(kEverything, request.batch_accounts));
  }
  const base::Date today = TRY(local_date(terms.seller.time_zone, clock.now()));
  AlertReport report;
  report.month = request.month.value_or(Month::of(today));
  const Alerting alerting{.terms = terms,
                          .from = first_month(terms.catalogue, report.month),
                          .month = report.month,
                          .today = today,
                          .now = clock.now(),
                          .actor = request.actor};
  for (const ports::AccountRange& range : ranges) {
    AlertReport after;
    TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
      after = report;
      return alert_range(transaction, alerting, range, after);
    }));
    report = after;
  }
  return report;
}

Json to_json(const AccountLevels& shown) {
  Json rows = Json::array();
  for (const NumberedLevel& each : shown.levels) {
    rows.push(Json()
                  .set("service", service_json(each.level))
                  .set("number", each.number)
                  .set("pool", each.level.pool)
                  .set("used", each.level.used.to_string())
                  .set("of", each.level.of.to_string())
                  .set("unit", each.level.unit)
                  .set("percent", each.percent));
  }
  return Json()
      .set("account", shown.account.to_string())
      .set("month", shown.month.to_string())
      .set("levels", std::move(rows));
}

}  // namespace flows
