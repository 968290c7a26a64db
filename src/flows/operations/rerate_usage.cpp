#include "flows/operations/rerate_usage.h"

#include <set>
#include <utility>
#include <vector>

#include "domain/intake/usage.h"
#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "ports/events.h"
#include "ports/usage.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::ServiceTerms;
using ports::UsageRow;

constexpr std::int64_t kAccountsPerTransaction = 500;

// What is rated anew in one transaction: the rows of a filter, account by account.
class Rerating {
 public:
  using Calendar = std::optional<domain::BankCalendar>;

  Rerating(ports::Transaction& transaction, const ImportTerms& terms, const base::TimeZone& zone,
           const Calendar& calendar, const RerateRequest& request, ports::Recording recording)
      : transaction_(transaction),
        terms_(terms),
        zone_(zone),
        calendar_(calendar),
        request_(request),
        recording_(recording),
        book_(terms.catalogue) {}

  Result<> run(const ports::UsageFilter& filter, RerateReport& report) {
    std::vector<UsageRow> rows;
    TRY(transaction_.usage().for_each(filter, [&](const UsageRow& row) -> Result<> {
      if (!rows.empty() && rows.front().account != row.account) {
        TRY(rate_account(rows, report));
        rows.clear();
      }
      rows.push_back(row);
      return {};
    }));
    if (!rows.empty()) TRY(rate_account(rows, report));
    TRY(transaction_.usage().add(added_, recording_));
    return transaction_.events().append(events_);
  }

 private:
  Result<> rate_account(const std::vector<UsageRow>& rows, RerateReport& report);
  Result<std::vector<ServiceTerms>> load_terms_of(const std::vector<UsageRow>& rows);
  [[nodiscard]] Result<UsageRow> rated_now(const UsageRow& row,
                                           std::span<const ServiceTerms> revisions) const;
  void replace(const UsageRow& row, UsageRow now, domain::CustomerId customer);

  ports::Transaction& transaction_;
  const ImportTerms& terms_;
  const base::TimeZone& zone_;
  const Calendar& calendar_;
  const RerateRequest& request_;
  ports::Recording recording_;
  domain::RatingBook book_;
  std::vector<UsageRow> added_;
  std::vector<ports::NewEvent> events_;
};

bool comes_to_the_same(const UsageRow& a, const UsageRow& b) {
  return a.plan == b.plan && a.item == b.item && a.quantity == b.quantity && a.amount == b.amount &&
         a.includes_vat == b.includes_vat;
}

Result<std::vector<ServiceTerms>> Rerating::load_terms_of(const std::vector<UsageRow>& rows) {
  std::set<ports::ServiceKey> keys;
  for (const UsageRow& row : rows) keys.insert({row.account, row.service});
  const std::vector<ports::ServiceKey> services(keys.begin(), keys.end());
  return transaction_.usage().revisions_of(services);
}

Result<UsageRow> Rerating::rated_now(const UsageRow& row,
                                     std::span<const ServiceTerms> revisions) const {
  UsageRow now = row;
  domain::set_time(now.event, row.at, zone_, calendar_ ? &*calendar_ : nullptr);
  std::vector<ServiceTerms> of_service;
  for (const ServiceTerms& terms : revisions) {
    if (terms.service == row.service) of_service.push_back(terms);
  }
  const ServiceTerms* terms = TRY(domain::find_service(of_service, now.event.day));
  const auto rated =
      TRY(book_.rate(now.event, domain::usage_terms(*terms, row.division, terms_.seller.brand)));
  TRY(domain::check_rated(rated));
  now.plan = terms->plan;
  now.item = rated.item;
  now.quantity = rated.quantity;
  now.amount = rated.amount;
  now.includes_vat = rated.includes_vat;
  return now;
}

// Each row can be reversed once, so the ids of what replaces it follow from its own.
void Rerating::replace(const UsageRow& row, UsageRow now, domain::CustomerId customer) {
  const std::string id = row.id.to_string();
  UsageRow reversal = row;
  reversal.id = derived_id<domain::UsageId>({"usage_reversal", id});
  reversal.customer = customer;
  reversal.quantity = -row.quantity;
  reversal.amount = -row.amount;
  reversal.reverses = row.id;
  now.id = derived_id<domain::UsageId>({"usage_rerated", id});
  now.customer = customer;
  added_.push_back(std::move(reversal));
  added_.push_back(std::move(now));
}

Result<> Rerating::rate_account(const std::vector<UsageRow>& rows, RerateReport& report) {
  std::set<domain::UsageId> reversed;
  for (const UsageRow& row : rows) {
    if (row.reverses) reversed.insert(*row.reverses);
  }
  const domain::AccountId account = rows.front().account;
  const auto revisions = TRY(load_terms_of(rows));
  const auto owner = TRY(transaction_.parties().find_account(account));
  if (!owner) return base::fail("unknown_account", "there is no such account", account.to_string());
  std::int64_t changed = 0;
  base::Decimal before, after;
  for (const UsageRow& row : rows) {
    if (row.reverses || reversed.contains(row.id)) continue;
    ++report.records;
    auto now = rated_now(row, revisions);
    if (!now) {
      ++report.not_rated[now.error().code];
    } else if (!comes_to_the_same(row, *now)) {
      ++changed;
      before = before + row.amount;
      after = after + now->amount;
      replace(row, *std::move(now), owner->customer);
    }
  }
  if (changed == 0) return {};
  report.changed += changed;
  ++report.accounts;
  report.before = report.before + before;
  report.after = report.after + after;
  events_.push_back({.account = account,
                     .kind = "usage_rerated",
                     .effective = zone_.local_date(recording_.at),
                     .recorded = recording_.at,
                     .actor = request_.actor,
                     .data = base::Json()
                                 .set("month", request_.month.to_string())
                                 .set("records", changed)
                                 .set("before", before.to_string())
                                 .set("after", after.to_string())});
  return {};
}

// What to rate anew, a transaction each.
Result<std::vector<ports::UsageFilter>> make_filters(ports::Transaction& transaction,
                                                     const RerateRequest& request) {
  std::vector<ports::UsageFilter> filters;
  if (request.service_number.empty()) {
    for (const auto& range :
         TRY(transaction.parties().account_bounds(INT64_MAX, kAccountsPerTransaction))) {
      filters.push_back({.month = request.month, .accounts = range});
    }
    return filters;
  }
  auto found =
      TRY(transaction.usage().find_services(request.division, {&request.service_number, 1}));
  if (found.empty()) {
    return base::fail("unknown_service", "the division has no service of this number",
                      request.service_number);
  }
  std::set<ports::ServiceKey> keys;
  for (const ServiceTerms& terms : found[request.service_number]) {
    keys.insert({terms.account, terms.service});
  }
  for (const ports::ServiceKey& key : keys) {
    filters.push_back({.month = request.month, .account = key.account, .service = key.service});
  }
  return filters;
}

}  // namespace

Result<RerateReport> rerate_usage(ports::Store& store, const base::Clock& clock,
                                  const RerateRequest& request) {
  ImportTerms terms;
  std::vector<ports::UsageFilter> filters;
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    terms = TRY(load_terms(*transaction, ""));
    filters = TRY(make_filters(*transaction, request));
  }
  const base::TimeZone zone = TRY(time_zone(terms.seller.time_zone));
  const auto calendar = TRY(holidays_of(terms.seller, request.rules));
  RerateReport report;
  for (const ports::UsageFilter& filter : filters) {
    RerateReport so_far;
    const auto work = [&](ports::Transaction& transaction) -> Result<> {
      so_far = report;
      TRY(transaction.work().lock(kImportLock));
      const ports::Recording recording{clock.now(), TRY(transaction.work().hold_epoch())};
      return Rerating(transaction, terms, zone, calendar, request, recording).run(filter, so_far);
    };
    if (request.dry_run) {
      const auto transaction = TRY(store.begin(ports::TransactionKind::kWrite));
      TRY(work(*transaction));
    } else {
      TRY(ports::run_in_transaction(store, work));
    }
    report = std::move(so_far);
  }
  return report;
}

}  // namespace flows
