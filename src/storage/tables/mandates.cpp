#include "storage/tables/mandates.h"

#include <algorithm>

#include "storage/sql/portable.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Json;
using base::Money;
using base::Result;
using domain::Mandate;
using ports::MandateKey;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kColumns[] = {
    "account_id",     "mandate_id",  "customer_id", "scheme",    "state",
    "kind",           "reference",   "creditor",    "signed_on", "limit_minor",
    "limit_currency", "notice_days", "last_debit",  "debits",    "reason",
    "details_sealed", "version",     "recorded",    "ending"};

constexpr std::string_view kSelect =
    "SELECT account_id, mandate_id, customer_id, scheme, state, kind, reference, creditor, "
    "signed_on, limit_minor, limit_currency, notice_days, last_debit, debits, reason, "
    "version, recorded, ending, details_sealed FROM mandate ";
constexpr std::string_view kSelectTerms =
    "SELECT account_id, mandate_id, customer_id, scheme, state, kind, reference, creditor, "
    "signed_on, limit_minor, limit_currency, notice_days, last_debit, debits, reason, "
    "version, recorded, ending FROM mandate ";

constexpr std::int64_t kNone = -1;

std::string details_place(const Mandate& mandate) {
  return sealed_place("mandate", "details_sealed",
                      {to_value(mandate.account), to_value(mandate.id)});
}

Json optional_text(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

Json changes_json(const std::vector<domain::MandateChange>& changes) {
  Json list = Json::array();
  for (const domain::MandateChange& change : changes) {
    list.push(Json()
                  .set("day", change.day.to_string())
                  .set("actor", change.actor)
                  .set("migration", change.migration)
                  .set("reference", optional_text(change.reference))
                  .set("creditor", optional_text(change.creditor))
                  .set("creditor_name", optional_text(change.creditor_name))
                  .set("payer_account", optional_text(change.payer_account))
                  .set("told", change.told));
  }
  return list;
}

std::optional<std::string> text_of(const Json& value) {
  return value.as_string() ? std::optional(*value.as_string()) : std::nullopt;
}

Result<std::vector<domain::MandateChange>> read_changes(const Json& list) {
  std::vector<domain::MandateChange> changes;
  if (list.as_array() == nullptr) return changes;
  for (const Json& json : *list.as_array()) {
    domain::MandateChange& change = changes.emplace_back();
    change.day = TRY(base::Date::parse(json.text("day")));
    change.actor = json.text("actor");
    change.migration = json.text("migration");
    change.reference = text_of(json["reference"]);
    change.creditor = text_of(json["creditor"]);
    change.creditor_name = text_of(json["creditor_name"]);
    change.payer_account = text_of(json["payer_account"]);
    change.told = json["told"] == Json(true);
  }
  return changes;
}

Result<> read_details(Mandate& mandate, std::string_view text) {
  const Json json = TRY(json::parse(text));
  mandate.payer_name = json.text("payer_name");
  mandate.payer_account = json.text("payer_account");
  mandate.payer_identity = json.text("payer_identity");
  const Json& consent = json["consent"];
  mandate.consent.given_by = consent.text("given_by");
  mandate.consent.channel = consent.text("channel");
  if (consent["at"].as_integer()) mandate.consent.at = {*consent["at"].as_integer()};
  mandate.consent.text_version = consent.text("text_version");
  mandate.consent.ip = consent.text("ip");
  mandate.consent.agent = consent.text("agent");
  mandate.consent.text_sha256 = consent.text("text_sha256");
  mandate.consent.identified_by = consent.text("identified_by");
  mandate.changes = TRY(read_changes(json["changes"]));
  return {};
}

Result<Mandate> read_mandate(const Row& row) {
  Mandate mandate;
  mandate.account = row.id<domain::AccountId>(0);
  mandate.id = row.id<domain::MandateId>(1);
  mandate.customer = row.id<domain::CustomerId>(2);
  mandate.scheme = TRY(domain::parse_mandate_scheme(row.text(3)));
  mandate.state = TRY(domain::parse_mandate_state(row.text(4)));
  mandate.use = TRY(domain::parse_mandate_use(row.text(5)));
  mandate.reference = row.text(6);
  mandate.creditor = row.text(7);
  mandate.signed_on = day(row, 8);
  if (row.integer(9) != kNone) {
    mandate.limit = Money(row.integer(9), TRY(base::Currency::parse(row.text(10))));
  }
  if (row.integer(11) != kNone) mandate.notice_days = static_cast<int>(row.integer(11));
  if (row.integer(12) != kNone) mandate.last_debit = day(row, 12);
  mandate.debits = row.integer(13);
  mandate.reason = row.text(14);
  mandate.version = row.integer(15);
  mandate.recorded = {row.integer(16)};
  mandate.ending = TRY(domain::parse_mandate_ending(row.text(17)));
  return mandate;
}

std::int64_t limit_column(const std::optional<Money>& limit) {
  return limit ? limit->minor() : kNone;
}
std::string currency_column(const std::optional<Money>& limit) {
  return limit ? std::string(limit->currency().code()) : "";
}
std::int64_t day_column(const std::optional<base::Date>& day) { return day ? day->days() : kNone; }

// Reads rows and what is sealed of them.
struct Reading {
  std::vector<Mandate> mandates;
  std::vector<std::string> sealed;
  Result<> add(const Row& row) {
    mandates.push_back(TRY(read_mandate(row)));
    sealed.emplace_back(row.bytes(18));
    return {};
  }
};

}  // namespace

Result<std::string> SqlMandates::seal_details(const Mandate& mandate) {
  const domain::Consent& consent = mandate.consent;
  Json agreed;
  agreed.set("given_by", consent.given_by)
      .set("channel", consent.channel)
      .set("at", consent.at.micros)
      .set("text_version", consent.text_version)
      .set("ip", consent.ip)
      .set("agent", consent.agent)
      .set("text_sha256", consent.text_sha256)
      .set("identified_by", consent.identified_by);
  Json json;
  json.set("payer_name", mandate.payer_name)
      .set("payer_account", mandate.payer_account)
      .set("payer_identity", mandate.payer_identity)
      .set("consent", std::move(agreed))
      .set("changes", changes_json(mandate.changes));
  return vault_.seal(mandate.customer, details_place(mandate), json.dump());
}

Result<> SqlMandates::open_details(std::vector<Mandate>& mandates,
                                   const std::vector<std::string>& sealed) {
  std::vector<domain::CustomerId> customers;
  for (const std::string& bytes : sealed) {
    if (const auto customer = Vault::sealed_by(bytes)) customers.push_back(*customer);
  }
  TRY(vault_.prefetch(customers));
  for (std::size_t at = 0; at < mandates.size(); ++at) {
    const auto text = vault_.unseal(details_place(mandates[at]), sealed[at]);
    // Of an erased customer nothing is left but the books.
    if (!text && text.error().code == "erased") continue;
    if (!text) return std::unexpected(text.error());
    TRY(read_details(mandates[at], *text));
  }
  return {};
}

Result<> SqlMandates::add(std::span<const Mandate> mandates) {
  if (mandates.empty()) return {};
  std::vector<domain::CustomerId> customers;
  for (const Mandate& mandate : mandates) customers.push_back(mandate.customer);
  TRY(vault_.prefetch(customers));
  auto rows = TRY(connection_.bulk_insert("mandate", kColumns));
  for (const Mandate& mandate : mandates) {
    const std::string sealed = TRY(seal_details(mandate));
    const Value row[] = {to_value(mandate.account),
                         to_value(mandate.id),
                         to_value(mandate.customer),
                         to_column(domain::to_text(mandate.scheme)),
                         to_column(domain::to_text(mandate.state)),
                         to_column(domain::to_text(mandate.use)),
                         mandate.reference,
                         mandate.creditor,
                         to_column(mandate.signed_on),
                         limit_column(mandate.limit),
                         currency_column(mandate.limit),
                         std::int64_t{mandate.notice_days.value_or(kNone)},
                         day_column(mandate.last_debit),
                         mandate.debits,
                         mandate.reason,
                         bytes_column(sealed),
                         mandate.version,
                         mandate.recorded.micros,
                         to_column(domain::to_text(mandate.ending))};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<> SqlMandates::update(std::span<const Mandate> mandates) {
  constexpr std::string_view kKey[] = {"account_id", "mandate_id", "version"};
  constexpr std::string_view kChanged[] = {
      "state",      "reference", "creditor", "limit_minor",    "limit_currency", "notice_days",
      "last_debit", "debits",    "reason",   "details_sealed", "version",        "ending"};
  std::vector<domain::CustomerId> customers;
  for (const Mandate& mandate : mandates) customers.push_back(mandate.customer);
  TRY(vault_.prefetch(customers));
  std::vector<std::vector<Value>> rows;
  for (const Mandate& mandate : mandates) {
    const std::string sealed = TRY(seal_details(mandate));
    rows.push_back({to_value(mandate.account), to_value(mandate.id), mandate.version - 1,
                    to_column(domain::to_text(mandate.state)), mandate.reference, mandate.creditor,
                    limit_column(mandate.limit), currency_column(mandate.limit),
                    std::int64_t{mandate.notice_days.value_or(kNone)},
                    day_column(mandate.last_debit), mandate.debits, mandate.reason,
                    bytes_column(sealed), mandate.version,
                    to_column(domain::to_text(mandate.ending))});
  }
  const auto changed = TRY(sql::update_rows(connection_, {"mandate", kKey, kChanged}, rows));
  if (changed == static_cast<std::int64_t>(mandates.size())) return {};
  return base::fail("database_busy", "another writer changed the mandate; try again", "mandate");
}

Result<std::vector<Mandate>> SqlMandates::hold(std::span<const MandateKey> keys) {
  std::vector<MandateKey> sorted(keys.begin(), keys.end());
  std::ranges::sort(sorted);
  const auto repeated = std::ranges::unique(sorted);
  sorted.erase(repeated.begin(), repeated.end());
  std::vector<std::vector<Value>> pairs;
  for (const MandateKey& key : sorted) {
    pairs.push_back({to_value(key.account), to_value(key.mandate)});
  }
  Reading read;
  TRY(sql::query_key_rows(connection_,
                          std::string(kSelect) +
                              "WHERE (account_id, mandate_id) IN (VALUES {keys}) "
                              "ORDER BY account_id, mandate_id" +
                              std::string(sql::for_update(connection_)),
                          pairs, [&](const Row& row) { return read.add(row); }));
  TRY(open_details(read.mandates, read.sealed));
  return std::move(read.mandates);
}

Result<std::vector<Mandate>> SqlMandates::list(const ports::MandateFilter& filter) {
  std::string sql(kSelect);
  sql += "WHERE (account_id, mandate_id) > ($1, $2)";
  std::vector<Value> values = {to_value(filter.after.account), to_value(filter.after.mandate)};
  const auto add = [&](std::string_view column, Value value) {
    values.push_back(std::move(value));
    sql += " AND " + std::string(column) + " = $" + std::to_string(values.size());
  };
  if (filter.account) add("account_id", to_value(*filter.account));
  if (filter.mandate) add("mandate_id", to_value(*filter.mandate));
  if (!filter.state.empty()) add("state", filter.state);
  if (!filter.scheme.empty()) add("scheme", filter.scheme);
  if (!filter.creditor.empty()) add("creditor", filter.creditor);
  if (!filter.reference.empty()) add("reference", filter.reference);
  values.push_back(storage::limit_column(filter.limit));
  sql += " ORDER BY account_id, mandate_id LIMIT $" + std::to_string(values.size());
  Reading read;
  TRY(connection_.query(sql, values, [&](const Row& row) { return read.add(row); }));
  TRY(open_details(read.mandates, read.sealed));
  return std::move(read.mandates);
}

namespace {

Result<> read_active(sql::Connection& connection, std::string_view select,
                     std::span<const domain::AccountId> accounts,
                     const std::function<Result<>(const Row&)>& on_row) {
  std::vector<domain::AccountId> sorted(accounts.begin(), accounts.end());
  std::ranges::sort(sorted);
  const auto repeated = std::ranges::unique(sorted);
  sorted.erase(repeated.begin(), repeated.end());
  return sql::query_keys(connection,
                         std::string(select) +
                             "WHERE state = 'active' AND account_id IN ({keys}) "
                             "ORDER BY account_id, mandate_id",
                         id_columns<domain::AccountId>(sorted), on_row);
}

}  // namespace

Result<std::vector<Mandate>> SqlMandates::active_of(std::span<const domain::AccountId> accounts) {
  Reading read;
  TRY(read_active(connection_, kSelect, accounts, [&](const Row& row) { return read.add(row); }));
  TRY(open_details(read.mandates, read.sealed));
  return std::move(read.mandates);
}

Result<std::vector<Mandate>> SqlMandates::active_terms_of(
    std::span<const domain::AccountId> accounts) {
  std::vector<Mandate> mandates;
  TRY(read_active(connection_, kSelectTerms, accounts, [&](const Row& row) -> Result<> {
    mandates.push_back(TRY(read_mandate(row)));
    return {};
  }));
  return mandates;
}

Result<std::vector<Mandate>> SqlMandates::find_references(std::string_view creditor,
                                                          std::span<const std::string> references) {
  std::vector<Value> keys;
  for (const std::string& reference : references) keys.push_back(reference);
  const Value fixed[] = {to_column(creditor)};
  Reading read;
  TRY(sql::query_keys(
      connection_,
      std::string(kSelect) + "WHERE creditor = $1 AND reference IN ({keys}) "
                             "ORDER BY reference, account_id, mandate_id",
      keys, [&](const Row& row) { return read.add(row); }, fixed));
  TRY(open_details(read.mandates, read.sealed));
  return std::move(read.mandates);
}

Result<std::vector<Mandate>> SqlMandates::of_group(std::string_view where,
                                                   const ports::OrderGroup& group,
                                                   std::size_t limit) {
  Reading read;
  TRY(connection_.query(
      std::string(kSelect) + "WHERE " + std::string(where) +
          " AND scheme = $1 AND creditor = $2 ORDER BY reference, account_id, mandate_id LIMIT $3" +
          std::string(sql::for_update(connection_)),
      {to_column(domain::to_text(group.scheme)), group.creditor, storage::limit_column(limit)},
      [&](const Row& row) { return read.add(row); }));
  TRY(open_details(read.mandates, read.sealed));
  return std::move(read.mandates);
}

Result<std::vector<Mandate>> SqlMandates::to_submit(const ports::OrderGroup& group,
                                                    std::size_t limit) {
  return of_group("state = 'draft'", group, limit);
}

Result<std::vector<Mandate>> SqlMandates::to_end(const ports::OrderGroup& group,
                                                 std::size_t limit) {
  return of_group("ending = 'to_send'", group, limit);
}

// --- Migrations.

Result<> SqlMandates::add_migration(const ports::MandateMigration& migration) {
  TRY(connection_.execute(
      "INSERT INTO mandate_migration (migration_id, creditor_from, creditor_to, state, mandates, "
      "taken_back, started_by, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {to_value(migration.id), migration.from, migration.to, migration.state, migration.mandates,
       migration.taken_back, migration.started_by, migration.recorded.micros}));
  return {};
}

Result<> SqlMandates::update_migration(const ports::MandateMigration& migration) {
  TRY(connection_.execute(
      "UPDATE mandate_migration SET state = $2, mandates = $3, taken_back = $4 "
      "WHERE migration_id = $1",
      {to_value(migration.id), migration.state, migration.mandates, migration.taken_back}));
  return {};
}

Result<std::optional<ports::MandateMigration>> SqlMandates::find_migration(
    domain::MandateMigrationId id) {
  std::optional<ports::MandateMigration> found;
  TRY(connection_.query(
      "SELECT creditor_from, creditor_to, state, mandates, taken_back, started_by, recorded "
      "FROM mandate_migration WHERE migration_id = $1",
      {to_value(id)}, [&](const Row& row) -> Result<> {
        found = ports::MandateMigration{.id = id,
                                        .from = std::string(row.text(0)),
                                        .to = std::string(row.text(1)),
                                        .state = std::string(row.text(2)),
                                        .mandates = row.integer(3),
                                        .taken_back = row.integer(4),
                                        .started_by = std::string(row.text(5)),
                                        .recorded = {row.integer(6)}};
        return {};
      }));
  return found;
}

}  // namespace storage
