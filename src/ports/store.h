// The Store: everything that is kept, behind one interface, in transactions.
//
// A Transaction sees one consistent state. It ends with commit(); a transaction that goes out of
// scope without it leaves no trace. The areas are views of one transaction and die with it.
// Errors of any call, besides those that a method names: database_unavailable, database_busy
// (begin again; run_in_transaction does), disk_full, constraint_violated, database_error.
#pragma once

#include <functional>
#include <memory>

#include "base/result/result.h"

namespace ports {

class Access;
class Billing;
class CatalogueStore;
class Credits;
class Events;
class Imports;
class Intents;
class Ledger;
class Mandates;
class Orders;
class Parties;
class Payments;
class Plans;
class Profiles;
class Tills;
class Usage;
class Work;

class Transaction {
 public:
  virtual ~Transaction() = default;
  [[nodiscard]] virtual base::Result<> commit() = 0;

  [[nodiscard]] virtual Access& access() = 0;             // ports/access.h
  [[nodiscard]] virtual Billing& billing() = 0;           // ports/billing.h
  [[nodiscard]] virtual CatalogueStore& catalogue() = 0;  // ports/catalogue.h
  [[nodiscard]] virtual Credits& credits() = 0;           // ports/credits.h
  [[nodiscard]] virtual Events& events() = 0;             // ports/events.h
  [[nodiscard]] virtual Imports& imports() = 0;           // ports/imports.h
  [[nodiscard]] virtual Intents& intents() = 0;           // ports/intents.h
  [[nodiscard]] virtual Ledger& ledger() = 0;             // ports/ledger.h
  [[nodiscard]] virtual Mandates& mandates() = 0;         // ports/mandates.h
  [[nodiscard]] virtual Orders& orders() = 0;             // ports/orders.h
  [[nodiscard]] virtual Parties& parties() = 0;           // ports/parties.h
  [[nodiscard]] virtual Payments& payments() = 0;         // ports/payments.h
  [[nodiscard]] virtual Plans& plans() = 0;               // ports/plans.h
  [[nodiscard]] virtual Profiles& profiles() = 0;         // ports/profiles.h
  [[nodiscard]] virtual Tills& tills() = 0;               // ports/tills.h
  [[nodiscard]] virtual Usage& usage() = 0;               // ports/usage.h
  [[nodiscard]] virtual Work& work() = 0;                 // ports/work.h
};

enum class TransactionKind {
  kRead,  // A consistent snapshot.
  kWrite,
};

// Safe to call from any thread; each transaction has a connection of its own.
class Store {
 public:
  virtual ~Store() = default;
  [[nodiscard]] virtual base::Result<std::unique_ptr<Transaction>> begin(TransactionKind kind) = 0;
  // How many threads writing at once make sense (1 where the engine has one writer).
  [[nodiscard]] virtual int writers_max() const = 0;
};

// How often a write that met another writer is begun again before database_busy is the answer.
inline constexpr int kTransactionTriesMax = 8;

// Runs `work` in a write transaction and commits it; begins again, with nothing kept, when it met
// another writer. `work` may run several times: it must not change anything outside.
[[nodiscard]] inline base::Result<> run_in_transaction(
    Store& store, const std::function<base::Result<>(Transaction&)>& work) {
  base::Result<> outcome;
  for (int attempt = 0; attempt < kTransactionTriesMax; ++attempt) {
    auto transaction = store.begin(TransactionKind::kWrite);
    if (!transaction) {
      outcome = std::unexpected(std::move(transaction).error());
    } else {
      outcome = work(**transaction);
      if (outcome) outcome = (*transaction)->commit();
    }
    if (outcome || outcome.error().code != "database_busy") return outcome;
  }
  return outcome;
}

}  // namespace ports
