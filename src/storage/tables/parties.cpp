#include "storage/tables/parties.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/result/check.h"
#include "domain/operator/operator.h"
#include "storage/sql/portable.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Result;
using domain::AccountId;
using domain::CustomerId;
using ports::Recording;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kCustomerColumns[] = {
    "customer_id", "number", "kind", "segment", "language", "party_sealed", "epoch", "recorded"};
constexpr std::string_view kNumberColumns[] = {"number", "customer_id"};
constexpr std::string_view kSourceColumns[] = {"division",   "number",    "customer_id",
                                               "account_id", "joined_by", "recorded"};
constexpr std::string_view kAccountColumns[] = {"account_id", "customer_id", "country", "currency",
                                                "profile",    "epoch",       "recorded"};
constexpr std::string_view kCustomerAccountColumns[] = {"customer_id", "account_id"};
constexpr std::string_view kServiceColumns[] = {
    "account_id", "service_id", "revision",   "division", "source_number",
    "plan",       "starts",     "ends",       "campaign", "details_sealed",
    "epoch",      "recorded",   "holds_from", "add_ons",  "paused"};
constexpr std::string_view kChargeColumns[] = {
    "account_id", "charge_id",  "service_id", "kind",      "item",      "division",
    "quantity",   "unit_price", "net_minor",  "currency",  "vat_class", "payment",
    "effective",  "period",     "source",     "record_id", "epoch",     "recorded"};

constexpr std::string_view kSelectCustomer =
    "SELECT customer_id, number, kind, segment, language, party_sealed FROM customer ";
constexpr std::string_view kSelectSource =
    "SELECT division, number, customer_id, account_id, joined_by FROM source_identity ";
constexpr std::string_view kSelectAccount =
    "SELECT account_id, customer_id, country, currency, profile FROM account ";
constexpr std::string_view kSelectService =
    "SELECT account_id, service_id, revision, division, source_number, plan, starts, ends, "
    "campaign, details_sealed, epoch, holds_from, add_ons, paused FROM service ";
constexpr std::string_view kSelectCharge =
    "SELECT account_id, charge_id, service_id, kind, item, division, quantity, unit_price, "
    "net_minor, currency, vat_class, payment, effective, period, source, record_id, epoch "
    "FROM charge ";

std::string select(std::string_view columns, std::string_view rest) {
  return std::string(columns) + std::string(rest);
}

std::string party_place(CustomerId customer) {
  return sealed_place("customer", "party_sealed", {to_value(customer)});
}

std::string details_place(const domain::Service& service) {
  return sealed_place("service", "details_sealed",
                      {to_value(service.account), to_value(service.id), service.revision});
}

std::string write_party(const domain::Party& party) {
  base::Json lines = base::Json::array();
  for (const std::string& line : party.address.lines) lines.push(line);
  base::Json address;
  address.set("lines", std::move(lines))
      .set("postal_code", party.address.postal_code)
      .set("city", party.address.city)
      .set("country", party.address.country);
  base::Json json;
  json.set("name", party.name)
      .set("national_id", party.national_id)
      .set("email", party.email)
      .set("phone", party.phone)
      .set("address", std::move(address));
  return json.dump();
}

Result<> read_party(domain::Party& party, std::string_view text) {
  const base::Json json = TRY(json::parse(text));
  party.name = json.text("name");
  party.national_id = json.text("national_id");
  party.email = json.text("email");
  party.phone = json.text("phone");
  const base::Json& address = json["address"];
  if (const auto* lines = address["lines"].as_array()) {
    for (const base::Json& line : *lines) {
      if (line.as_string()) party.address.lines.push_back(*line.as_string());
    }
  }
  party.address.postal_code = address.text("postal_code");
  party.address.city = address.text("city");
  party.address.country = address.text("country");
  return {};
}

Result<domain::Customer> read_customer(const Row& row) {
  domain::Customer customer;
  customer.id = row.id<CustomerId>(0);
  customer.number = row.integer(1);
  customer.party.kind = TRY(domain::parse_party_kind(row.text(2)));
  customer.segment = TRY(domain::parse_segment(row.text(3)));
  customer.language = row.text(4);
  return customer;
}

ports::SourceIdentity read_source(const Row& row) {
  return {.division = std::string(row.text(0)),
          .number = std::string(row.text(1)),
          .customer = row.id<CustomerId>(2),
          .account = row.id<AccountId>(3),
          .joined_by = std::string(row.text(4))};
}

// Most accounts have the same profile: what was read last is kept for the next row.
struct ReadProfile {
  std::string text;
  domain::BillingProfile profile;
};

Result<domain::Account> read_account(const Row& row, ReadProfile& last) {
  domain::Account account;
  account.id = row.id<AccountId>(0);
  account.customer = row.id<CustomerId>(1);
  account.country = row.text(2);
  account.currency = TRY(base::Currency::parse(row.text(3)));
  if (last.text != row.text(4)) {
    last.profile = TRY(domain::read_profile(TRY(json::parse(row.text(4))), {}));
    last.text = row.text(4);
  }
  account.profile = last.profile;
  return account;
}

// Codes hold no spaces, so a space keeps them apart.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    words.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

std::string join_words(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

domain::Service read_service(const Row& row) {
  domain::Service service;
  service.account = row.id<AccountId>(0);
  service.id = row.id<domain::ServiceId>(1);
  service.revision = row.integer(2);
  service.division = row.text(3);
  service.source_number = row.text(4);
  service.plan = row.text(5);
  service.starts = day(row, 6);
  if (!row.is_null(7)) service.ends = day(row, 7);
  if (!row.is_null(8)) service.campaign = row.text(8);
  service.epoch = row.integer(10);
  if (!row.is_null(11)) service.holds_from = day(row, 11);
  service.add_ons = words_of(row.text(12));
  service.paused = row.integer(13) != 0;
  return service;
}

Result<domain::Charge> read_charge(const Row& row) {
  const auto currency = TRY(base::Currency::parse(row.text(9)));
  domain::Charge charge;
  charge.account = row.id<AccountId>(0);
  charge.id = row.id<domain::ChargeId>(1);
  if (!row.is_null(2)) charge.service = row.id<domain::ServiceId>(2);
  charge.kind = row.text(3);
  charge.item = row.text(4);
  charge.division = row.text(5);
  charge.quantity = TRY(base::Decimal::parse(row.text(6)));
  charge.unit_price = {TRY(base::Decimal::parse(row.text(7)))};
  charge.net = base::Money(row.integer(8), currency);
  charge.vat_class = row.text(10);
  charge.payment = TRY(domain::parse_charge_payment(row.text(11)));
  charge.effective = day(row, 12);
  charge.period = month(row, 13);
  charge.source = row.text(14);
  charge.record_id = row.text(15);
  charge.epoch = row.integer(16);
  return charge;
}

}  // namespace

// --- Customers.

Result<> SqlParties::add_customers(std::span<const domain::Customer> customers,
                                   const Recording& recording) {
  std::vector<CustomerId> ids;
  for (const domain::Customer& customer : customers) ids.push_back(customer.id);
  TRY(vault_.create_customer_keys(ids));
  auto rows = TRY(connection_.bulk_insert("customer", kCustomerColumns));
  for (const domain::Customer& customer : customers) {
    const Value row[] = {to_value(customer.id),
                         customer.number,
                         to_column(domain::to_text(customer.party.kind)),
                         to_column(domain::to_text(customer.segment)),
                         customer.language,
                         bytes_column(TRY(seal_party(customer))),
                         recording.epoch,
                         recording.at.micros};
    TRY(rows->add(row));
  }
  TRY(rows->finish());
  auto numbers = TRY(connection_.bulk_insert("customer_number", kNumberColumns));
  for (const domain::Customer& customer : customers) {
    const Value row[] = {customer.number, to_value(customer.id)};
    TRY(numbers->add(row));
  }
  return numbers->finish();
}

Result<> SqlParties::update_customers(std::span<const domain::Customer> customers,
                                      const Recording& recording) {
  for (const domain::Customer& customer : customers) {
    TRY(connection_.execute(
        "UPDATE customer SET kind = $2, segment = $3, language = $4, party_sealed = $5, "
        "epoch = $6, recorded = $7 WHERE customer_id = $1",
        {to_value(customer.id), to_column(domain::to_text(customer.party.kind)),
         to_column(domain::to_text(customer.segment)), customer.language,
         bytes_column(TRY(seal_party(customer))), recording.epoch, recording.at.micros}));
  }
  return {};
}

Result<std::string> SqlParties::seal_party(const domain::Customer& customer) {
  return vault_.seal(customer.id, party_place(customer.id), write_party(customer.party));
}

Result<std::optional<std::string>> SqlParties::open(std::string_view place,
                                                    std::string_view sealed) {
  auto text = vault_.unseal(place, sealed);
  if (text) return *std::move(text);
  if (text.error().code == "erased") return std::nullopt;
  return std::unexpected(std::move(text).error());
}

Result<std::vector<domain::Customer>> SqlParties::open_customers(std::vector<SealedCustomer> rows) {
  std::vector<CustomerId> ids;
  for (const SealedCustomer& row : rows) ids.push_back(row.customer.id);
  TRY(vault_.prefetch(ids));
  std::vector<domain::Customer> customers;
  for (SealedCustomer& row : rows) {
    const auto party = TRY(open(party_place(row.customer.id), row.sealed));
    if (party) TRY(read_party(row.customer.party, *party));
    customers.push_back(std::move(row.customer));
  }
  std::ranges::sort(customers, {}, &domain::Customer::id);
  return customers;
}

Result<std::vector<domain::Customer>> SqlParties::find_customers(std::span<const CustomerId> ids) {
  std::vector<SealedCustomer> rows;
  TRY(sql::query_keys(connection_, select(kSelectCustomer, "WHERE customer_id IN ({keys})"),
                      id_columns(ids), [&](const Row& row) -> Result<> {
                        rows.push_back({TRY(read_customer(row)), std::string(row.bytes(5))});
                        return {};
                      }));
  return open_customers(std::move(rows));
}

Result<std::optional<CustomerId>> SqlParties::find_customer_number(std::int64_t number) {
  std::optional<CustomerId> found;
  TRY(connection_.query("SELECT customer_id FROM customer_number WHERE number = $1", {number},
                        [&](const Row& row) -> Result<> {
                          found = row.id<CustomerId>(0);
                          return {};
                        }));
  return found;
}

Result<> SqlParties::point_customer_number(std::int64_t number, CustomerId customer) {
  TRY(connection_.execute("UPDATE customer_number SET customer_id = $2 WHERE number = $1",
                          {number, to_value(customer)}));
  return {};
}

Result<std::vector<domain::Customer>> SqlParties::list_customers(CustomerId after,
                                                                 std::size_t limit) {
  std::vector<SealedCustomer> rows;
  TRY(connection_.query(
      select(kSelectCustomer, "WHERE customer_id > $1 ORDER BY customer_id LIMIT $2"),
      {to_value(after), limit_column(limit)}, [&](const Row& row) -> Result<> {
        rows.push_back({TRY(read_customer(row)), std::string(row.bytes(5))});
        return {};
      }));
  return open_customers(std::move(rows));
}

// --- Identity numbers.

Result<std::vector<ports::Parties::IdentityEntry>> SqlParties::find_identities(
    std::span<const std::string> keys) {
  std::map<std::string, std::string> key_of_hash;
  std::vector<Value> hashes;
  for (const std::string& key : keys) {
    const sql::Bytes hash = vault_.index_hash("national_id", key);
    if (key_of_hash.emplace(hash.value, key).second) hashes.emplace_back(hash);
  }
  std::vector<IdentityEntry> entries;
  TRY(sql::query_keys(
      connection_,
      "SELECT identity_hash, customer_id FROM identity_index WHERE identity_hash IN ({keys})",
      hashes, [&](const Row& row) -> Result<> {
        entries.push_back({key_of_hash.at(std::string(row.bytes(0))), row.id<CustomerId>(1)});
        return {};
      }));
  return entries;
}

Result<> SqlParties::save_identities(std::span<const IdentityEntry> entries) {
  for (const IdentityEntry& entry : entries) {
    TRY(connection_.execute(
        "INSERT INTO identity_index (identity_hash, customer_id) VALUES ($1, $2) "
        "ON CONFLICT (identity_hash) DO UPDATE SET customer_id = EXCLUDED.customer_id",
        {vault_.index_hash("national_id", entry.key), to_value(entry.customer)}));
  }
  return {};
}

Result<> SqlParties::remove_identity(std::string_view key) {
  TRY(connection_.execute("DELETE FROM identity_index WHERE identity_hash = $1",
                          {vault_.index_hash("national_id", key)}));
  return {};
}

// --- Source identities.

Result<std::vector<ports::SourceIdentity>> SqlParties::find_sources(
    std::string_view division, std::span<const std::string> numbers) {
  const std::vector<Value> keys(numbers.begin(), numbers.end());
  const Value fixed[] = {to_column(division)};
  std::vector<ports::SourceIdentity> sources;
  TRY(sql::query_keys(
      connection_, select(kSelectSource, "WHERE division = $1 AND number IN ({keys})"), keys,
      [&](const Row& row) -> Result<> {
        sources.push_back(read_source(row));
        return {};
      },
      fixed));
  return sources;
}

Result<std::vector<ports::SourceIdentity>> SqlParties::sources_of(CustomerId customer) {
  std::vector<ports::SourceIdentity> sources;
  TRY(connection_.query(select(kSelectSource, "WHERE customer_id = $1 ORDER BY division, number"),
                        {to_value(customer)}, [&](const Row& row) -> Result<> {
                          sources.push_back(read_source(row));
                          return {};
                        }));
  return sources;
}

Result<> SqlParties::add_sources(std::span<const ports::SourceIdentity> sources,
                                 base::Instant recorded) {
  auto rows = TRY(connection_.bulk_insert("source_identity", kSourceColumns));
  for (const ports::SourceIdentity& source : sources) {
    const Value row[] = {source.division,          source.number,    to_value(source.customer),
                         to_value(source.account), source.joined_by, recorded.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<> SqlParties::update_source(const ports::SourceIdentity& source, base::Instant recorded) {
  TRY(connection_.execute(
      "UPDATE source_identity SET customer_id = $3, account_id = $4, joined_by = $5, "
      "recorded = $6 WHERE division = $1 AND number = $2",
      {source.division, source.number, to_value(source.customer), to_value(source.account),
       source.joined_by, recorded.micros}));
  return {};
}

// --- Accounts.

Result<> SqlParties::add_accounts(std::span<const domain::Account> accounts,
                                  const Recording& recording) {
  auto rows = TRY(connection_.bulk_insert("account", kAccountColumns));
  for (const domain::Account& account : accounts) {
    const Value row[] = {to_value(account.id),
                         to_value(account.customer),
                         account.country,
                         to_column(account.currency.code()),
                         domain::to_json(account.profile).dump(),
                         recording.epoch,
                         recording.at.micros};
    TRY(rows->add(row));
  }
  TRY(rows->finish());
  auto owners = TRY(connection_.bulk_insert("customer_account", kCustomerAccountColumns));
  for (const domain::Account& account : accounts) {
    const Value row[] = {to_value(account.customer), to_value(account.id)};
    TRY(owners->add(row));
  }
  return owners->finish();
}

Result<> SqlParties::update_account(const domain::Account& account) {
  TRY(connection_.execute(
      "UPDATE account SET country = $2, currency = $3, profile = $4 WHERE account_id = $1",
      {to_value(account.id), account.country, to_column(account.currency.code()),
       domain::to_json(account.profile).dump()}));
  return {};
}

Result<> SqlParties::move_account(const domain::Account& account, CustomerId to) {
  TRY(connection_.execute("UPDATE account SET customer_id = $2 WHERE account_id = $1",
                          {to_value(account.id), to_value(to)}));
  TRY(connection_.execute("DELETE FROM customer_account WHERE customer_id = $1 AND account_id = $2",
                          {to_value(account.customer), to_value(account.id)}));
  TRY(connection_.execute("INSERT INTO customer_account (customer_id, account_id) VALUES ($1, $2)",
                          {to_value(to), to_value(account.id)}));
  return {};
}

Result<std::optional<domain::Account>> SqlParties::find_account(AccountId id) {
  auto found = TRY(find_accounts({&id, 1}));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

Result<std::vector<domain::Account>> SqlParties::find_accounts(std::span<const AccountId> ids) {
  std::vector<domain::Account> accounts;
  ReadProfile last;
  TRY(sql::query_keys(connection_, select(kSelectAccount, "WHERE account_id IN ({keys})"),
                      id_columns(ids), [&](const Row& row) -> Result<> {
                        accounts.push_back(TRY(read_account(row, last)));
                        return {};
                      }));
  std::ranges::sort(accounts, {}, &domain::Account::id);
  return accounts;
}

Result<std::vector<domain::Account>> SqlParties::accounts_of(CustomerId customer) {
  std::vector<AccountId> ids;
  TRY(connection_.query("SELECT account_id FROM customer_account WHERE customer_id = $1",
                        {to_value(customer)}, [&](const Row& row) -> Result<> {
                          ids.push_back(row.id<AccountId>(0));
                          return {};
                        }));
  return find_accounts(ids);
}

// --- Services and charges.

// The customer of each service's account, in the same order.
Result<std::vector<CustomerId>> SqlParties::owners_of(std::span<const domain::Service> services) {
  std::vector<AccountId> ids;
  for (const domain::Service& service : services) ids.push_back(service.account);
  std::ranges::sort(ids);
  const auto repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  std::unordered_map<AccountId, CustomerId> owner_of;
  TRY(sql::query_keys(connection_,
                      "SELECT account_id, customer_id FROM account WHERE account_id IN ({keys})",
                      id_columns(std::span<const AccountId>(ids)), [&](const Row& row) -> Result<> {
                        owner_of.emplace(row.id<AccountId>(0), row.id<CustomerId>(1));
                        return {};
                      }));
  std::vector<CustomerId> owners;
  for (const domain::Service& service : services) {
    const auto owner = owner_of.find(service.account);
    CHECK(owner != owner_of.end());
    owners.push_back(owner->second);
  }
  return owners;
}

Result<> SqlParties::add_services(std::span<const domain::Service> revisions,
                                  const Recording& recording) {
  const std::vector<CustomerId> owners = TRY(owners_of(revisions));
  TRY(vault_.prefetch(owners));
  auto rows = TRY(connection_.bulk_insert("service", kServiceColumns));
  for (std::size_t at = 0; at < revisions.size(); ++at) {
    const domain::Service& service = revisions[at];
    base::Json details = base::Json::object();
    if (!service.label.empty()) details.set("label", service.label);
    const Value row[] = {
        to_value(service.account),
        to_value(service.id),
        service.revision,
        service.division,
        service.source_number,
        service.plan,
        to_column(service.starts),
        service.ends ? to_column(*service.ends) : Value(),
        service.campaign.empty() ? Value() : Value(service.campaign),
        bytes_column(TRY(vault_.seal(owners[at], details_place(service), details.dump()))),
        recording.epoch,
        recording.at.micros,
        service.holds_from ? to_column(*service.holds_from) : Value(),
        join_words(service.add_ons),
        std::int64_t{service.paused}};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::vector<domain::Service>> SqlParties::open_services(std::vector<SealedService> rows) {
  std::vector<CustomerId> owners;
  for (const SealedService& row : rows) {
    if (const auto owner = Vault::sealed_by(row.sealed)) owners.push_back(*owner);
  }
  TRY(vault_.prefetch(owners));
  std::vector<domain::Service> services;
  for (SealedService& row : rows) {
    const auto details = TRY(open(details_place(row.service), row.sealed));
    if (details) row.service.label = TRY(json::parse(*details)).text("label");
    services.push_back(std::move(row.service));
  }
  return services;
}

Result<std::vector<domain::Service>> SqlParties::find_services(
    std::span<const ports::ServiceKey> keys) {
  std::vector<SealedService> rows;
  for (const ports::ServiceKey& key : keys) {
    TRY(connection_.query(
        select(kSelectService,
               "WHERE account_id = $1 AND service_id = $2 ORDER BY revision DESC LIMIT 1"),
        {to_value(key.account), to_value(key.service)}, [&](const Row& row) -> Result<> {
          rows.push_back({read_service(row), std::string(row.bytes(9))});
          return {};
        }));
  }
  std::ranges::sort(rows, {}, [](const SealedService& row) {
    return ports::ServiceKey{row.service.account, row.service.id};
  });
  return open_services(std::move(rows));
}

Result<> SqlParties::add_charges(std::span<const domain::Charge> charges,
                                 const Recording& recording) {
  auto rows = TRY(connection_.bulk_insert("charge", kChargeColumns));
  for (const domain::Charge& charge : charges) {
    const Value row[] = {to_value(charge.account),
                         to_value(charge.id),
                         optional_id(charge.service),
                         charge.kind,
                         charge.item,
                         charge.division,
                         charge.quantity.to_string(),
                         charge.unit_price.amount.to_string(),
                         charge.net.minor(),
                         to_column(charge.net.currency().code()),
                         charge.vat_class,
                         to_column(domain::to_text(charge.payment)),
                         to_column(charge.effective),
                         to_column(charge.period),
                         charge.source,
                         charge.record_id,
                         recording.epoch,
                         recording.at.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

// --- Runs over many accounts.

Result<std::vector<ports::AccountRange>> SqlParties::account_bounds(std::int64_t cutoff_epoch,
                                                                    std::int64_t batch_size) {
  CHECK(batch_size > 0);
  const auto nth_from = [&](AccountId from, std::int64_t nth) -> Result<std::optional<AccountId>> {
    std::optional<AccountId> found;
    TRY(
        connection_.query("SELECT account_id FROM account WHERE account_id >= $1 AND epoch <= $2 "
                          "ORDER BY account_id LIMIT 1 OFFSET $3",
                          {to_value(from), cutoff_epoch, nth}, [&](const Row& row) -> Result<> {
                            found = row.id<AccountId>(0);
                            return {};
                          }));
    return found;
  };
  std::vector<ports::AccountRange> ranges;
  std::optional<AccountId> next = TRY(nth_from({}, 0));
  for (AccountId from; next; from = *next) {
    next = TRY(nth_from(from, batch_size));
    ranges.push_back({.from = from, .to = next.value_or(AccountId())});
    if (!next) break;
  }
  return ranges;
}

Result<std::int64_t> SqlParties::count_accounts(std::int64_t cutoff_epoch) {
  std::int64_t count = 0;
  TRY(connection_.query("SELECT COUNT(*) FROM account WHERE epoch <= $1", {cutoff_epoch},
                        [&](const Row& row) -> Result<> {
                          count = row.integer(0);
                          return {};
                        }));
  return count;
}

Result<> SqlParties::for_each_account_in(
    const ports::AccountRange& range, std::int64_t cutoff_epoch,
    const std::function<Result<>(const domain::Account&)>& visit) {
  ReadProfile last;
  return connection_.query(
      select(kSelectAccount,
             "WHERE account_id >= $1 AND account_id < $2 AND epoch <= $3 ORDER BY account_id"),
      {to_value(range.from), range_end(range), cutoff_epoch},
      [&](const Row& row) -> Result<> { return visit(TRY(read_account(row, last))); });
}

Result<std::vector<domain::Customer>> SqlParties::load_customers_for(
    const ports::AccountRange& range, std::int64_t cutoff_epoch, Details details) {
  std::vector<CustomerId> ids;
  TRY(connection_.query(
      "SELECT customer_id FROM account WHERE account_id >= $1 AND account_id < $2 AND epoch <= $3",
      {to_value(range.from), range_end(range), cutoff_epoch}, [&](const Row& row) -> Result<> {
        ids.push_back(row.id<CustomerId>(0));
        return {};
      }));
  std::ranges::sort(ids);
  const auto repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  if (details == Details::kOpened) return find_customers(ids);
  std::vector<domain::Customer> customers;
  TRY(sql::query_keys(connection_, select(kSelectCustomer, "WHERE customer_id IN ({keys})"),
                      id_columns<CustomerId>(ids), [&](const Row& row) -> Result<> {
                        customers.push_back(TRY(read_customer(row)));
                        return {};
                      }));
  std::ranges::sort(customers, {}, &domain::Customer::id);
  return customers;
}

Result<> SqlParties::load_services(const ports::AccountRange& range, std::int64_t cutoff_epoch,
                                   Details details,
                                   const std::function<Result<>(const domain::Service&)>& visit) {
  std::vector<SealedService> rows;
  TRY(connection_.query(select(kSelectService,
                               "WHERE account_id >= $1 AND account_id < $2 AND epoch <= $3 "
                               "ORDER BY account_id, service_id, revision"),
                        {to_value(range.from), range_end(range), cutoff_epoch},
                        [&](const Row& row) -> Result<> {
                          if (details == Details::kLeftSealed) return visit(read_service(row));
                          rows.push_back({read_service(row), std::string(row.bytes(9))});
                          return {};
                        }));
  for (const domain::Service& service : TRY(open_services(std::move(rows)))) TRY(visit(service));
  return {};
}

Result<> SqlParties::load_charges(const ports::AccountRange& range,
                                  const ports::ChargeWindow& window,
                                  const std::function<Result<>(const domain::Charge&)>& visit) {
  return connection_.query(
      select(kSelectCharge,
             "WHERE account_id >= $1 AND account_id < $2 AND period <= $3 AND epoch <= $4 "
             "AND (period > $5 OR epoch > $6) ORDER BY account_id, effective, charge_id"),
      {to_value(range.from), range_end(range), to_column(window.through), window.cutoff_epoch,
       to_column(window.since), window.since_epoch},
      [&](const Row& row) -> Result<> { return visit(TRY(read_charge(row))); });
}

}  // namespace storage
