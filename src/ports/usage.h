// Rated usage: rows that are only ever added, and their sums.
//
// A record counts once: its id follows from its source and number, and what it said is kept as a
// keyed hash. A correction is a row that reverses another one. Sums are the database's own, exact.
// Where somebody called, and what he watched, is sealed with the customer's key (D10).
// Errors besides those of Store: cannot_unseal, wrong_master_key; on writing also erased.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "domain/intake/service_terms.h"
#include "domain/rating/rating.h"
#include "ports/billing.h"
#include "ports/imports.h"
#include "ports/parties.h"

namespace ports {

// One record as it was rated. Of `event`, the time of day and the weekend are not kept: they
// follow from `at`.
struct UsageRow {
  domain::UsageId id;
  domain::AccountId account;
  domain::CustomerId customer;  // Whose key seals the details; not set when read back.
  domain::ServiceId service;
  std::string division;
  std::string plan;  // Of the service on that day.
  std::string item;
  base::Month month;  // The event's day's.
  base::Instant at;
  domain::UsageEvent event;
  base::Decimal quantity;  // Both below zero in a row that reverses.
  base::Decimal amount;    // With eight places at the most.
  bool includes_vat = false;
  std::string source;     // "mobile.calls"
  std::string record_id;  // Its id there.
  std::optional<domain::UsageId> reverses = {};
  std::string content = {};  // Of a record of a file: what it said; not read back.
  std::int64_t epoch = 0;    // Set from the recording.
  base::Instant recorded = {};
};

struct UsageKey {
  domain::UsageId id;
  std::string content;
};

// What the rows of one service, plan and item of a month come to; reversals taken off.
struct UsageTotal {
  domain::AccountId account;
  std::string division;
  base::Month month;
  bool includes_vat = false;
  domain::UsageSum sum;

  friend bool operator==(const UsageTotal& a, const UsageTotal& b) {
    return a.account == b.account && a.division == b.division && a.month == b.month &&
           a.includes_vat == b.includes_vat && a.sum.service == b.sum.service &&
           a.sum.plan == b.sum.plan && a.sum.item == b.sum.item &&
           a.sum.quantity == b.sum.quantity && a.sum.amount == b.sum.amount &&
           a.sum.records == b.sum.records;
  }
};

// A month of an account.
struct UsageMonth {
  domain::AccountId account;
  base::Month month;

  friend auto operator<=>(const UsageMonth&, const UsageMonth&) = default;
};

// Rows of one month.
struct UsageFilter {
  base::Month month;
  AccountRange accounts = {};
  std::optional<domain::AccountId> account = {};
  std::optional<domain::ServiceId> service = {};
  std::int64_t cutoff_epoch = INT64_MAX;
  // Only rows after this (account, id): the cursor.
  domain::AccountId after_account = {};
  domain::UsageId after_id = {};
  std::size_t limit = SIZE_MAX;
};

class Usage {
 public:
  virtual ~Usage() = default;

  // --- Numbers under which usage comes in. Those that are there already stay.
  [[nodiscard]] virtual base::Result<> add_numbers(
      std::string_view division, std::span<const domain::ServiceNumber> numbers) = 0;
  // By number, all revisions of each service that has or had it: ascending by account, service and
  // revision. Numbers that nobody has are not in it.
  [[nodiscard]] virtual base::Result<std::map<std::string, std::vector<domain::ServiceTerms>>>
  find_services(std::string_view division, std::span<const std::string> numbers) = 0;
  // The services at an account that are the division's customer's of that number. Ascending.
  [[nodiscard]] virtual base::Result<std::vector<domain::ServiceNumber>> services_of(
      domain::AccountId account, std::string_view division, std::string_view customer_number) = 0;
  // All revisions of each, in the same order.
  [[nodiscard]] virtual base::Result<std::vector<domain::ServiceTerms>> revisions_of(
      std::span<const ServiceKey> services) = 0;

  // --- Records. One answer a key, in the same order.
  [[nodiscard]] virtual base::Result<std::vector<RecordState>> compare(
      std::span<const UsageKey> keys) = 0;
  // Rows of new records, and reversals.
  [[nodiscard]] virtual base::Result<> add(std::span<const UsageRow> rows,
                                           const Recording& recording) = 0;

  // --- Sums of rows up to the cutoff, ascending by month, account, service, plan, item. What comes
  // to nothing at all (every row reversed) is left out.
  [[nodiscard]] virtual base::Result<> sums(
      const AccountRange& range, base::Month from, base::Month through, std::int64_t cutoff_epoch,
      const std::function<base::Result<>(const UsageTotal&)>& visit) = 0;
  [[nodiscard]] virtual base::Result<std::vector<UsageTotal>> sums_of(
      domain::AccountId account, base::Month month, std::int64_t cutoff_epoch) = 0;
  // Which months of accounts have rows of epochs after `since_epoch`, up to the cutoff: what came
  // in late. Ascending.
  [[nodiscard]] virtual base::Result<std::vector<UsageMonth>> changed_months(
      const AccountRange& range, std::int64_t since_epoch, std::int64_t cutoff_epoch) = 0;

  // --- Rows: of an itemised bill, or of a month to be rated anew. Ascending by account and id, in
  // bounded memory.
  [[nodiscard]] virtual base::Result<> for_each(
      const UsageFilter& filter, const std::function<base::Result<>(const UsageRow&)>& visit) = 0;
};

}  // namespace ports
