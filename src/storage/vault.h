// Seals and opens what is personal (D10), with a key of each customer and one of the operator.
//
// A customer's key lies in customer_key, wrapped with a key derived from the master key; to erase
// a customer is to destroy that row's key. Sealed bytes begin with the 16 bytes of the customer
// whose key they need (all zero: the operator's), so that they open also when an account has
// moved on to another customer. A Vault lives as long as its transaction and keeps what it has
// unwrapped.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "storage/sql/connection.h"
#include "support/crypto/crypto.h"

namespace storage {

// The one form of a sealed column's context: where the value stands, so that sealed bytes copied
// to another row do not open. `key` is the row's whole primary key, in its order; the canonical
// dump opens every column named *_sealed by this rule.
[[nodiscard]] std::string sealed_place(std::string_view table, std::string_view column,
                                       std::span<const sql::Value> key);
[[nodiscard]] std::string sealed_place(std::string_view table, std::string_view column,
                                       std::initializer_list<sql::Value> key);

class Vault {
 public:
  Vault(sql::Connection& connection, const crypto::Key& master, crypto::Random& random);

  // `context` is sealed_place(...). Errors: erased (the customer's key is destroyed),
  // no_customer_key (place: the customer), wrong_master_key.
  [[nodiscard]] base::Result<std::string> seal(domain::CustomerId customer,
                                               std::string_view context, std::string_view text);
  [[nodiscard]] std::string seal_operator(std::string_view context, std::string_view text) const;
  // Opens either kind. Errors: those of seal, and cannot_unseal (another place, changed bytes).
  [[nodiscard]] base::Result<std::string> unseal(std::string_view context, std::string_view sealed);
  // Whose key it needs; nullopt where it is the operator's, or these are no sealed bytes.
  [[nodiscard]] static std::optional<domain::CustomerId> sealed_by(std::string_view sealed);

  // Gives new customers their keys, before anything of theirs is sealed.
  // Errors: constraint_violated where one has a key, or had one.
  [[nodiscard]] base::Result<> create_customer_keys(std::span<const domain::CustomerId> customers);
  [[nodiscard]] base::Result<> create_customer_key(domain::CustomerId customer) {
    return create_customer_keys({&customer, 1});
  }
  // Destroys the key: what it sealed can never be read again. Errors: no_customer_key.
  [[nodiscard]] base::Result<> erase_customer_key(domain::CustomerId customer, base::Instant at);

  // Reads many keys in few statements, before seal() and unseal() ask for each by itself.
  [[nodiscard]] base::Result<> prefetch(std::span<const domain::CustomerId> customers);

  // A keyed hash of 32 bytes by which a value can be looked up without being stored: the same
  // for the same kind ("national_id") and value; nothing without the master key.
  [[nodiscard]] sql::Bytes index_hash(std::string_view kind, std::string_view value) const;

  // Tries one stored key. Errors: wrong_master_key.
  [[nodiscard]] base::Result<> check_master_key();

 private:
  // Nullopt: erased.
  using CachedKey = std::optional<crypto::Key>;

  [[nodiscard]] base::Result<crypto::Key> key_of(domain::CustomerId customer);
  [[nodiscard]] base::Result<> remember(const sql::Row& row);
  [[nodiscard]] base::Result<crypto::Key> unwrap(domain::CustomerId customer,
                                                 std::string_view wrapped) const;

  sql::Connection& connection_;
  crypto::Random& random_;
  crypto::Key wrapping_;
  crypto::Key operator_;
  crypto::Key index_;
  std::unordered_map<domain::CustomerId, CachedKey> keys_;
};

}  // namespace storage
