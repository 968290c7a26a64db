// The Store port on a SQL database: transactions on pooled connections, each with its areas.
#pragma once

#include <memory>

#include "ports/store.h"
#include "storage/connection_pool.h"
#include "storage/sql/connection.h"
#include "storage/tables/access.h"
#include "storage/tables/billing.h"
#include "storage/tables/catalogue.h"
#include "storage/tables/credits.h"
#include "storage/tables/events.h"
#include "storage/tables/imports.h"
#include "storage/tables/intents.h"
#include "storage/tables/ledger.h"
#include "storage/tables/mandates.h"
#include "storage/tables/orders.h"
#include "storage/tables/parties.h"
#include "storage/tables/payments.h"
#include "storage/tables/plans.h"
#include "storage/tables/profiles.h"
#include "storage/tables/tills.h"
#include "storage/tables/usage.h"
#include "storage/tables/work.h"
#include "storage/vault.h"
#include "support/crypto/crypto.h"

namespace storage {

class SqlTransaction final : public ports::Transaction {
 public:
  // Takes a connection with an open transaction; gives it back to the pool in the end.
  SqlTransaction(ConnectionPool& pool, std::unique_ptr<sql::Connection> connection,
                 const crypto::Key& master, crypto::Random& random);
  ~SqlTransaction() override;
  SqlTransaction(const SqlTransaction&) = delete;
  SqlTransaction& operator=(const SqlTransaction&) = delete;

  [[nodiscard]] base::Result<> commit() override { return connection_->commit(); }

  [[nodiscard]] ports::Access& access() override { return access_; }
  [[nodiscard]] ports::Billing& billing() override { return billing_; }
  [[nodiscard]] ports::CatalogueStore& catalogue() override { return catalogue_; }
  [[nodiscard]] ports::Credits& credits() override { return credits_; }
  [[nodiscard]] ports::Events& events() override { return events_; }
  [[nodiscard]] ports::Imports& imports() override { return imports_; }
  [[nodiscard]] ports::Intents& intents() override { return intents_; }
  [[nodiscard]] ports::Ledger& ledger() override { return ledger_; }
  [[nodiscard]] ports::Mandates& mandates() override { return mandates_; }
  [[nodiscard]] ports::Orders& orders() override { return orders_; }
  [[nodiscard]] ports::Parties& parties() override { return parties_; }
  [[nodiscard]] ports::Payments& payments() override { return payments_; }
  [[nodiscard]] ports::Plans& plans() override { return plans_; }
  [[nodiscard]] ports::Profiles& profiles() override { return profiles_; }
  [[nodiscard]] ports::Tills& tills() override { return tills_; }
  [[nodiscard]] ports::Usage& usage() override { return usage_; }
  [[nodiscard]] ports::Work& work() override { return work_; }

  // For what belongs to storage itself: dump, key maintenance.
  [[nodiscard]] sql::Connection& connection() { return *connection_; }
  [[nodiscard]] Vault& vault() { return vault_; }

 private:
  ConnectionPool& pool_;
  std::unique_ptr<sql::Connection> connection_;
  Vault vault_;
  SqlAccess access_{*connection_, vault_};
  SqlBilling billing_{*connection_, vault_};
  SqlCatalogue catalogue_{*connection_, vault_};
  SqlCredits credits_{*connection_, vault_};
  SqlEvents events_{*connection_, vault_};
  SqlImports imports_{*connection_, vault_};
  SqlIntents intents_{*connection_, vault_};
  SqlLedger ledger_{*connection_, vault_};
  SqlMandates mandates_{*connection_, vault_};
  SqlOrders orders_{*connection_, vault_};
  SqlParties parties_{*connection_, vault_};
  SqlPayments payments_{*connection_, vault_};
  SqlPlans plans_{*connection_, vault_};
  SqlProfiles profiles_{*connection_, vault_};
  SqlTills tills_{*connection_, vault_};
  SqlUsage usage_{*connection_, vault_};
  SqlWork work_{*connection_, vault_};
};

// Outlives its transactions. `random` outlives the store.
class SqlStore final : public ports::Store {
 public:
  SqlStore(std::unique_ptr<sql::Database> database, const crypto::Key& master,
           crypto::Random& random);

  [[nodiscard]] base::Result<std::unique_ptr<ports::Transaction>> begin(
      ports::TransactionKind kind) override;
  [[nodiscard]] int writers_max() const override { return database_->writers_max(); }

  // The same as begin(), as what it is.
  [[nodiscard]] base::Result<std::unique_ptr<SqlTransaction>> begin_sql(
      ports::TransactionKind kind);
  // Whether the master key is the one that this database was made with.
  // Errors: wrong_master_key.
  [[nodiscard]] base::Result<> check_master_key();
  // The same of what a transaction of `connection` sees.
  [[nodiscard]] base::Result<> check_master_key(sql::Connection& connection);
  [[nodiscard]] sql::Database& database() { return *database_; }

 private:
  std::unique_ptr<sql::Database> database_;
  crypto::Key master_;
  crypto::Random& random_;
  ConnectionPool pool_{*database_};
};

}  // namespace storage
