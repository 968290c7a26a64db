#include "storage/tables/usage.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <unordered_map>

#include "base/result/check.h"
#include "domain/intake/text_form.h"
#include "storage/sql/portable.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Decimal;
using base::Result;
using domain::AccountId;
using domain::ServiceTerms;
using ports::RecordState;
using ports::UsageRow;
using ports::UsageTotal;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kNumberColumns[] = {"division", "number", "account_id", "service_id",
                                               "customer_number"};
constexpr std::string_view kUsageColumns[] = {
    "month",     "account_id",     "usage_id",       "service_id", "division",     "plan",
    "item",      "kind",           "zone",           "at",         "duration_s",   "volume_bytes",
    "pieces",    "given_price",    "quantity",       "amount",     "includes_vat", "source",
    "record_id", "reverses_usage", "details_sealed", "epoch",      "recorded"};
constexpr std::string_view kRecordColumns[] = {"usage_id", "content"};
constexpr std::string_view kMonthColumns[] = {"account_id", "month", "epoch"};

constexpr std::string_view kSelectUsage =
    "SELECT month, account_id, usage_id, service_id, division, plan, item, kind, zone, at, "
    "duration_s, volume_bytes, pieces, given_price, quantity, amount, includes_vat, source, "
    "record_id, reverses_usage, details_sealed, epoch, recorded FROM usage ";

// Sums are taken of wholes and rests apart: neither engine can overflow, and both are exact.
constexpr std::string_view kSelectSums =
    "SELECT month, account_id, service_id, plan, item, division, includes_vat, "
    "CAST(SUM(CASE WHEN reverses_usage IS NULL THEN 1 ELSE -1 END) AS BIGINT), "
    "CAST(SUM(quantity / 10000000000) AS BIGINT), CAST(SUM(quantity % 10000000000) AS BIGINT), "
    "CAST(SUM(amount / 100000000) AS BIGINT), CAST(SUM(amount % 100000000) AS BIGINT) "
    "FROM usage ";
constexpr std::string_view kGroupSums =
    " GROUP BY month, account_id, service_id, plan, item, division, includes_vat "
    "HAVING SUM(CASE WHEN reverses_usage IS NULL THEN 1 ELSE -1 END) <> 0 "
    "OR SUM(amount / 100000000) <> 0 OR SUM(amount % 100000000) <> 0 "
    "OR SUM(quantity / 10000000000) <> 0 OR SUM(quantity % 10000000000) <> 0 "
    "ORDER BY month, account_id, service_id, plan, item, division, includes_vat";

constexpr std::int64_t kAmountOne = 100'000'000;  // Amounts have eight places.
constexpr base::Int128 kTenthPlace = Decimal::kOne / kAmountOne;
constexpr std::size_t kPageRows = 1'000;

std::string details_place(const UsageRow& row) {
  return sealed_place("usage", "details_sealed",
                      {to_value(row.account), to_column(row.month), to_value(row.id)});
}

std::string write_details(const domain::UsageEvent& event) {
  base::Json json = base::Json::object();
  if (!event.destination.empty()) json.set("destination", event.destination);
  if (!event.title.empty()) json.set("title", event.title);
  return json.dump();
}

// In order of a key: neighbours are written one after the other, which trees like. The keys lie
// beside their rows, so that sorting does not touch these.
template <class KeyOf>
std::vector<const UsageRow*> in_order(std::span<const UsageRow> rows, KeyOf key_of) {
  using Key = std::invoke_result_t<KeyOf, const UsageRow&>;
  std::vector<std::pair<Key, const UsageRow*>> keyed;
  keyed.reserve(rows.size());
  for (const UsageRow& row : rows) keyed.emplace_back(key_of(row), &row);
  std::ranges::sort(keyed, {}, &std::pair<Key, const UsageRow*>::first);
  std::vector<const UsageRow*> sorted;
  sorted.reserve(rows.size());
  for (const auto& [key, row] : keyed) sorted.push_back(row);
  return sorted;
}

// An id as a number: compared at once, and in the order of its bytes.
template <class IdType>
unsigned __int128 number_of(const IdType& id) {
  unsigned __int128 number = 0;
  for (const std::uint8_t byte : id.bytes()) number = number << 8 | byte;
  return number;
}

std::int64_t scaled(Decimal value, base::Int128 unit) {
  CHECK(value.scaled() % unit == 0);
  const base::Int128 whole = value.scaled() / unit;
  CHECK(INT64_MIN <= whole && whole <= INT64_MAX);
  return static_cast<std::int64_t>(whole);
}

ServiceTerms read_terms(const Row& row) {
  ServiceTerms terms;
  terms.account = row.id<AccountId>(0);
  terms.service = row.id<domain::ServiceId>(1);
  terms.revision = row.integer(2);
  terms.plan = row.text(3);
  terms.starts = day(row, 4);
  if (!row.is_null(5)) terms.ends = day(row, 5);
  if (!row.is_null(6)) terms.campaign = row.text(6);
  if (!row.is_null(7)) terms.holds_from = day(row, 7);
  terms.add_ons = domain::words_of(row.text(8));
  terms.paused = row.integer(9) != 0;
  return terms;
}

UsageTotal read_total(const Row& row) {
  UsageTotal total;
  total.month = month(row, 0);
  total.account = row.id<AccountId>(1);
  total.sum.service = row.id<domain::ServiceId>(2);
  total.sum.plan = row.text(3);
  total.sum.item = row.text(4);
  total.division = row.text(5);
  total.includes_vat = row.integer(6) != 0;
  total.sum.records = row.integer(7);
  const auto sum = [&](int whole, int rest, std::int64_t one, base::Int128 unit) {
    return Decimal::from_scaled((base::Int128{row.integer(whole)} * one + row.integer(rest)) *
                                unit);
  };
  total.sum.quantity = sum(8, 9, Decimal::kOne, 1);
  total.sum.amount = sum(10, 11, kAmountOne, kTenthPlace);
  return total;
}

Result<UsageRow> read_usage(const Row& row) {
  UsageRow usage;
  usage.month = month(row, 0);
  usage.account = row.id<AccountId>(1);
  usage.id = row.id<domain::UsageId>(2);
  usage.service = row.id<domain::ServiceId>(3);
  usage.division = row.text(4);
  usage.plan = row.text(5);
  usage.item = row.text(6);
  usage.event.kind = row.text(7);
  usage.event.zone = row.text(8);
  usage.at = {row.integer(9)};
  usage.event.duration_s = row.integer(10);
  usage.event.volume_bytes = row.integer(11);
  usage.event.pieces = row.integer(12);
  if (!row.is_null(13)) {
    usage.event.given_price = base::UnitPrice{TRY(Decimal::parse(row.text(13)))};
  }
  usage.quantity = Decimal::from_scaled(row.integer(14));
  usage.amount = Decimal::from_scaled(row.integer(15) * kTenthPlace);
  usage.includes_vat = row.integer(16) != 0;
  usage.source = row.text(17);
  usage.record_id = row.text(18);
  if (!row.is_null(19)) usage.reverses = row.id<domain::UsageId>(19);
  usage.epoch = row.integer(21);
  usage.recorded = {row.integer(22)};
  return usage;
}

}  // namespace

// --- Numbers.

Result<> SqlUsage::add_numbers(std::string_view division,
                               std::span<const domain::ServiceNumber> numbers) {
  std::vector<Value> keys;
  for (const auto& number : numbers) keys.emplace_back(number.number);
  using Held = std::tuple<std::string, AccountId, domain::ServiceId>;
  std::set<Held> held;
  const Value fixed[] = {to_column(division)};
  TRY(sql::query_keys(
      connection_,
      "SELECT number, account_id, service_id FROM service_number "
      "WHERE division = $1 AND number IN ({keys})",
      keys,
      [&](const Row& row) -> Result<> {
        held.emplace(row.text(0), row.id<AccountId>(1), row.id<domain::ServiceId>(2));
        return {};
      },
      fixed));
  auto rows = TRY(connection_.bulk_insert("service_number", kNumberColumns));
  for (const auto& [number, customer, account, service] : numbers) {
    if (!held.emplace(number, account, service).second) continue;
    const Value row[] = {to_column(division), number, to_value(account), to_value(service),
                         customer};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::map<std::string, std::vector<ServiceTerms>>> SqlUsage::find_services(
    std::string_view division, std::span<const std::string> numbers) {
  const std::vector<Value> keys(numbers.begin(), numbers.end());
  std::map<ports::ServiceKey, std::vector<std::string>> numbers_of;
  std::vector<ports::ServiceKey> services;
  const Value fixed[] = {to_column(division)};
  TRY(sql::query_keys(
      connection_,
      "SELECT number, account_id, service_id FROM service_number "
      "WHERE division = $1 AND number IN ({keys})",
      keys,
      [&](const Row& row) -> Result<> {
        const ports::ServiceKey key{row.id<AccountId>(1), row.id<domain::ServiceId>(2)};
        auto& of_key = numbers_of[key];
        if (of_key.empty()) services.push_back(key);
        of_key.emplace_back(row.text(0));
        return {};
      },
      fixed));
  std::map<std::string, std::vector<ServiceTerms>> found;
  for (const ServiceTerms& terms : TRY(revisions_of(services))) {
    for (const std::string& number : numbers_of.at({terms.account, terms.service})) {
      found[number].push_back(terms);
    }
  }
  return found;
}

Result<std::vector<domain::ServiceNumber>> SqlUsage::services_of(AccountId account,
                                                                 std::string_view division,
                                                                 std::string_view customer_number) {
  std::vector<domain::ServiceNumber> found;
  TRY(connection_.query(
      "SELECT number, service_id FROM service_number WHERE account_id = $1 AND division = $2 AND "
      "customer_number = $3 ORDER BY service_id, number",
      {to_value(account), to_column(division), to_column(customer_number)},
      [&](const Row& row) -> Result<> {
        found.push_back({std::string(row.text(0)), std::string(customer_number), account,
                         row.id<domain::ServiceId>(1)});
        return {};
      }));
  return found;
}

Result<std::vector<ServiceTerms>> SqlUsage::revisions_of(
    std::span<const ports::ServiceKey> services) {
  const std::set<ports::ServiceKey> wanted(services.begin(), services.end());
  std::set<AccountId> accounts;
  for (const ports::ServiceKey& key : wanted) accounts.insert(key.account);
  std::vector<Value> keys;
  for (const AccountId account : accounts) keys.push_back(to_value(account));
  std::vector<ServiceTerms> found;
  TRY(sql::query_keys(connection_,
                      "SELECT account_id, service_id, revision, plan, starts, ends, campaign, "
                      "holds_from, add_ons, paused FROM service WHERE account_id IN ({keys})",
                      keys, [&](const Row& row) -> Result<> {
                        ServiceTerms terms = read_terms(row);
                        if (wanted.contains({terms.account, terms.service})) {
                          found.push_back(std::move(terms));
                        }
                        return {};
                      }));
  std::ranges::sort(found, {}, [](const ServiceTerms& terms) {
    return std::tuple(terms.account, terms.service, terms.revision);
  });
  return found;
}

// --- Records.

// Eight bytes tell a changed record from a repeated one; they are no proof of anything.
std::int64_t SqlUsage::content_hash(std::string_view content) const {
  const sql::Bytes hash = vault_.index_hash("usage_record", content);
  std::int64_t number = 0;
  std::memcpy(&number, hash.value.data(), sizeof number);
  return number;
}

Result<std::vector<RecordState>> SqlUsage::compare(std::span<const ports::UsageKey> keys) {
  std::vector<domain::UsageId> sorted;
  for (const ports::UsageKey& key : keys) sorted.push_back(key.id);
  std::ranges::sort(sorted);
  const std::vector<Value> ids = id_columns(std::span<const domain::UsageId>(sorted));
  std::unordered_map<domain::UsageId, std::int64_t> known;
  TRY(sql::query_keys(connection_,
                      "SELECT usage_id, content FROM usage_record WHERE usage_id IN ({keys})", ids,
                      [&](const Row& row) -> Result<> {
                        known.emplace(row.id<domain::UsageId>(0), row.integer(1));
                        return {};
                      }));
  std::vector<RecordState> states;
  for (const ports::UsageKey& key : keys) {
    const auto found = known.find(key.id);
    if (found == known.end()) {
      states.push_back(RecordState::kNew);
    } else {
      const bool same = found->second == content_hash(key.content);
      states.push_back(same ? RecordState::kRepeated : RecordState::kChanged);
    }
  }
  return states;
}

Result<> SqlUsage::add(std::span<const UsageRow> rows, const ports::Recording& recording) {
  TRY(add_rows(rows, recording));
  TRY(add_marks(rows));
  return add_months(rows, recording.epoch);
}

Result<> SqlUsage::add_rows(std::span<const UsageRow> rows, const ports::Recording& recording) {
  std::vector<domain::CustomerId> owners;
  for (const UsageRow& row : rows) owners.push_back(row.customer);
  TRY(vault_.prefetch(owners));
  auto inserts = TRY(connection_.bulk_insert("usage", kUsageColumns));
  const auto key = [](const UsageRow& row) {
    return std::tuple(number_of(row.account), row.month, number_of(row.id));
  };
  for (const UsageRow* each : in_order(rows, key)) {
    const UsageRow& row = *each;
    const domain::UsageEvent& event = row.event;
    const Value values[] = {
        to_column(row.month),
        to_value(row.account),
        to_value(row.id),
        to_value(row.service),
        row.division,
        row.plan,
        row.item,
        event.kind,
        event.zone,
        row.at.micros,
        event.duration_s,
        event.volume_bytes,
        event.pieces,
        event.given_price ? Value(event.given_price->amount.to_string()) : Value(),
        scaled(row.quantity, 1),
        scaled(row.amount, kTenthPlace),
        std::int64_t{row.includes_vat},
        row.source,
        row.record_id,
        row.reverses ? to_value(*row.reverses) : Value(),
        bytes_column(TRY(vault_.seal(row.customer, details_place(row), write_details(event)))),
        recording.epoch,
        recording.at.micros};
    TRY(inserts->add(values));
  }
  return inserts->finish();
}

Result<> SqlUsage::add_marks(std::span<const UsageRow> rows) {
  auto inserts = TRY(connection_.bulk_insert("usage_record", kRecordColumns));
  const auto key = [](const UsageRow& row) { return number_of(row.id); };
  for (const UsageRow* row : in_order(rows, key)) {
    if (row->content.empty()) continue;
    const Value values[] = {to_value(row->id), content_hash(row->content)};
    TRY(inserts->add(values));
  }
  return inserts->finish();
}

Result<> SqlUsage::add_months(std::span<const UsageRow> rows, std::int64_t epoch) {
  std::set<ports::UsageMonth> months;
  for (const UsageRow& row : rows) months.insert({row.account, row.month});
  std::vector<Value> accounts;
  for (const auto& [account, month] : months) {
    const Value value = to_value(account);
    if (accounts.empty() || accounts.back() != value) accounts.push_back(value);
  }
  const Value fixed[] = {epoch};
  TRY(sql::query_keys(
      connection_,
      "SELECT account_id, month FROM usage_month WHERE epoch = $1 AND account_id IN ({keys})",
      accounts,
      [&](const Row& row) -> Result<> {
        months.erase({row.id<AccountId>(0), month(row, 1)});
        return {};
      },
      fixed));
  auto inserts = TRY(connection_.bulk_insert("usage_month", kMonthColumns));
  for (const auto& [account, month] : months) {
    const Value values[] = {to_value(account), to_column(month), epoch};
    TRY(inserts->add(values));
  }
  return inserts->finish();
}

// --- Sums.

Result<> SqlUsage::sums(const ports::AccountRange& range, base::Month from, base::Month through,
                        std::int64_t cutoff_epoch,
                        const std::function<Result<>(const UsageTotal&)>& visit) {
  for (base::Month month = from; month <= through; month = month.next()) {
    TRY(connection_.query(std::string(kSelectSums) +
                              "WHERE account_id IN (SELECT account_id FROM usage_month WHERE "
                              "account_id >= $2 AND account_id < $3 AND month = $1 AND "
                              "epoch <= $4) AND month = $1 AND epoch <= $4" +
                              std::string(kGroupSums),
                          {to_column(month), to_value(range.from), range_end(range), cutoff_epoch},
                          [&](const Row& row) { return visit(read_total(row)); }));
  }
  return {};
}

Result<std::vector<UsageTotal>> SqlUsage::sums_of(AccountId account, base::Month month,
                                                  std::int64_t cutoff_epoch) {
  std::vector<UsageTotal> totals;
  TRY(connection_.query(
      std::string(kSelectSums) + "WHERE month = $1 AND account_id = $2 AND epoch <= $3" +
          std::string(kGroupSums),
      {to_column(month), to_value(account), cutoff_epoch}, [&](const Row& row) -> Result<> {
        totals.push_back(read_total(row));
        return {};
      }));
  return totals;
}

Result<std::vector<ports::UsageMonth>> SqlUsage::changed_months(const ports::AccountRange& range,
                                                                std::int64_t since_epoch,
                                                                std::int64_t cutoff_epoch) {
  std::vector<ports::UsageMonth> months;
  TRY(connection_.query(
      "SELECT DISTINCT account_id, month FROM usage_month WHERE account_id >= $1 AND "
      "account_id < $2 AND epoch > $3 AND epoch <= $4 ORDER BY account_id, month",
      {to_value(range.from), range_end(range), since_epoch, cutoff_epoch},
      [&](const Row& row) -> Result<> {
        months.push_back({row.id<AccountId>(0), month(row, 1)});
        return {};
      }));
  return months;
}

// --- Rows.

Result<> SqlUsage::for_each(const ports::UsageFilter& filter,
                            const std::function<Result<>(const UsageRow&)>& visit) {
  ports::UsageFilter rest = filter;
  while (rest.limit > 0) {
    std::vector<SealedRow> page = TRY(read_page(rest));
    if (page.empty()) return {};
    const bool is_last = page.size() < std::min(kPageRows, rest.limit);
    rest.after_account = page.back().row.account;
    rest.after_id = page.back().row.id;
    rest.limit -= page.size();
    TRY(open(page));
    for (const SealedRow& each : page) TRY(visit(each.row));
    if (is_last) return {};
  }
  return {};
}

Result<std::vector<SqlUsage::SealedRow>> SqlUsage::read_page(const ports::UsageFilter& filter) {
  std::vector<Value> values;
  const auto parameter = [&](Value value) {
    values.push_back(std::move(value));
    return "$" + std::to_string(values.size());
  };
  std::string where = "WHERE month = " + parameter(to_column(filter.month));
  if (filter.account) {
    where += " AND account_id = " + parameter(to_value(*filter.account));
  } else {
    where += " AND account_id >= " + parameter(to_value(filter.accounts.from));
    where += " AND account_id < " + parameter(range_end(filter.accounts));
  }
  if (filter.service) where += " AND service_id = " + parameter(to_value(*filter.service));
  where += " AND epoch <= " + parameter(filter.cutoff_epoch);
  const std::string account = parameter(to_value(filter.after_account));
  where += " AND (account_id, usage_id) > (" + account + ", " +
           parameter(to_value(filter.after_id)) + ")";
  std::vector<SealedRow> page;
  TRY(connection_.query(std::string(kSelectUsage) + where +
                            " ORDER BY account_id, usage_id LIMIT " +
                            std::to_string(std::min(kPageRows, filter.limit)),
                        values, [&](const Row& row) -> Result<> {
                          UsageRow usage = TRY(read_usage(row));
                          page.push_back({std::move(usage), std::string(row.bytes(20))});
                          return {};
                        }));
  return page;
}

Result<> SqlUsage::open(std::vector<SealedRow>& rows) {
  std::vector<domain::CustomerId> owners;
  for (const SealedRow& each : rows) {
    if (const auto owner = Vault::sealed_by(each.sealed)) owners.push_back(*owner);
  }
  TRY(vault_.prefetch(owners));
  for (SealedRow& each : rows) {
    auto text = vault_.unseal(details_place(each.row), each.sealed);
    // Whose data were erased: what was used stays in the books, where and what is gone.
    if (!text && text.error().code == "erased") continue;
    const base::Json details = TRY(json::parse(TRY(std::move(text))));
    each.row.event.destination = details.text("destination");
    each.row.event.title = details.text("title");
  }
  return {};
}

}  // namespace storage
