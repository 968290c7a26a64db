#include "storage/vault.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/result/check.h"
#include "storage/sql/portable.h"

namespace storage {
namespace {

using domain::CustomerId;

// How many unwrapped keys are kept at once; a walk over all customers stays within it.
constexpr std::size_t kKeysMax = 100'000;
constexpr std::size_t kOwnerBytes = sizeof(base::IdBytes);
constexpr std::string_view kColumns[] = {"customer_id", "wrapped_key", "erased"};

std::string owner_bytes(CustomerId owner) {
  return {reinterpret_cast<const char*>(owner.bytes().data()), kOwnerBytes};
}

std::string key_place(CustomerId customer) {
  return sealed_place("customer_key", "wrapped_key", {sql::to_value(customer)});
}

std::unexpected<base::Error> no_key(CustomerId customer) {
  return base::fail("no_customer_key", "the customer has no key: there is no such customer",
                    customer.to_string());
}

std::string printed(const sql::Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* bytes = std::get_if<sql::Bytes>(&value)) {
    const auto* start = reinterpret_cast<const std::uint8_t*>(bytes->value.data());
    return crypto::to_hex({start, bytes->value.size()});
  }
  const auto* text = std::get_if<std::string>(&value);
  CHECK(text != nullptr);
  return std::to_string(text->size()) + ":" + *text;
}

}  // namespace

std::string sealed_place(std::string_view table, std::string_view column,
                         std::span<const sql::Value> key) {
  std::string place(table);
  place.push_back('.');
  place += column;
  for (const sql::Value& part : key) {
    place.push_back('/');
    place += printed(part);
  }
  return place;
}

std::string sealed_place(std::string_view table, std::string_view column,
                         std::initializer_list<sql::Value> key) {
  return sealed_place(table, column, std::span<const sql::Value>(key.begin(), key.size()));
}

Vault::Vault(sql::Connection& connection, const crypto::Key& master, crypto::Random& random)
    : connection_(connection),
      random_(random),
      wrapping_(crypto::derive_key(master, "telgiro customer keys")),
      operator_(crypto::derive_key(master, "telgiro operator key")),
      index_(crypto::derive_key(master, "telgiro index")) {}

base::Result<std::string> Vault::seal(CustomerId customer, std::string_view context,
                                      std::string_view text) {
  const crypto::Key key = TRY(key_of(customer));
  return owner_bytes(customer) + crypto::seal(key, context, text);
}

std::string Vault::seal_operator(std::string_view context, std::string_view text) const {
  return owner_bytes(CustomerId()) + crypto::seal(operator_, context, text);
}

std::optional<CustomerId> Vault::sealed_by(std::string_view sealed) {
  if (sealed.size() < kOwnerBytes) return std::nullopt;
  base::IdBytes bytes{};
  std::memcpy(bytes.data(), sealed.data(), bytes.size());
  const CustomerId owner(bytes);
  return owner.is_nil() ? std::nullopt : std::optional(owner);
}

base::Result<std::string> Vault::unseal(std::string_view context, std::string_view sealed) {
  if (sealed.size() < kOwnerBytes) {
    return base::fail("cannot_unseal", "the sealed text is cut short", std::string(context));
  }
  const auto owner = sealed_by(sealed);
  const crypto::Key key = owner ? TRY(key_of(*owner)) : operator_;
  auto text = crypto::unseal(key, context, sealed.substr(kOwnerBytes));
  if (!text) text.error().place = context;
  return text;
}

base::Result<> Vault::create_customer_keys(std::span<const CustomerId> customers) {
  auto rows = TRY(connection_.bulk_insert("customer_key", kColumns));
  for (const CustomerId customer : customers) {
    CHECK(!customer.is_nil());
    const crypto::Key key = crypto::random_key(random_, "customer_key:" + customer.to_string());
    const auto bytes = key.bytes();
    const sql::Value row[] = {
        sql::to_value(customer),
        sql::Bytes{crypto::seal(wrapping_, key_place(customer),
                                {reinterpret_cast<const char*>(bytes.data()), bytes.size()})},
        sql::Value()};
    TRY(rows->add(row));
    if (keys_.size() >= kKeysMax) keys_.clear();
    keys_.insert_or_assign(customer, key);
  }
  return rows->finish();
}

base::Result<> Vault::erase_customer_key(CustomerId customer, base::Instant at) {
  const std::int64_t changed =
      TRY(connection_.execute("UPDATE customer_key SET wrapped_key = NULL, erased = $2 "
                              "WHERE customer_id = $1 AND erased IS NULL",
                              {sql::to_value(customer), at.micros}));
  keys_.erase(customer);
  if (changed == 1) return {};
  // Erased before, which is as well, or never there.
  const auto key = key_of(customer);
  CHECK(!key);
  if (key.error().code == "erased") return {};
  return std::unexpected(key.error());
}

base::Result<> Vault::prefetch(std::span<const CustomerId> customers) {
  std::vector<CustomerId> missing;
  for (const CustomerId customer : customers) {
    if (!keys_.contains(customer)) missing.push_back(customer);
  }
  std::ranges::sort(missing);
  const auto repeated = std::ranges::unique(missing);
  missing.erase(repeated.begin(), repeated.end());
  if (keys_.size() + missing.size() > kKeysMax) keys_.clear();
  std::vector<sql::Value> values;
  for (const CustomerId customer : missing) values.push_back(sql::to_value(customer));
  return sql::query_keys(
      connection_,
      "SELECT customer_id, wrapped_key FROM customer_key WHERE customer_id IN ({keys})", values,
      [&](const sql::Row& row) { return remember(row); });
}

base::Result<crypto::Key> Vault::key_of(CustomerId customer) {
  if (!keys_.contains(customer)) TRY(prefetch({&customer, 1}));
  const auto cached = keys_.find(customer);
  if (cached == keys_.end()) return no_key(customer);
  if (!cached->second) {
    return base::fail("erased", "the customer's data were erased and can never be read again",
                      customer.to_string());
  }
  return *cached->second;
}

base::Result<> Vault::remember(const sql::Row& row) {
  const auto customer = row.id<CustomerId>(0);
  CachedKey key;
  if (!row.is_null(1)) key = TRY(unwrap(customer, row.bytes(1)));
  keys_.insert_or_assign(customer, key);
  return {};
}

base::Result<crypto::Key> Vault::unwrap(CustomerId customer, std::string_view wrapped) const {
  const auto bytes = crypto::unseal(wrapping_, key_place(customer), wrapped);
  std::array<std::uint8_t, 32> key{};
  if (!bytes || bytes->size() != key.size()) {
    return base::fail("wrong_master_key",
                      "the master key does not open the customers' keys; start with the master "
                      "key that this database was made with",
                      customer.to_string());
  }
  std::memcpy(key.data(), bytes->data(), key.size());
  return crypto::Key(key);
}

sql::Bytes Vault::index_hash(std::string_view kind, std::string_view value) const {
  std::string named(kind);
  named.push_back('\0');
  named += value;
  const crypto::Digest digest = crypto::keyed_hash(index_, named);
  return {std::string(reinterpret_cast<const char*>(digest.data()), digest.size())};
}

base::Result<> Vault::check_master_key() {
  return connection_.query(
      "SELECT customer_id, wrapped_key FROM customer_key WHERE wrapped_key IS NOT NULL LIMIT 1", {},
      [&](const sql::Row& row) { return remember(row); });
}

}  // namespace storage
