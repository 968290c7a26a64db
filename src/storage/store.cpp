#include "storage/store.h"

#include <utility>

namespace storage {

SqlTransaction::SqlTransaction(ConnectionPool& pool, std::unique_ptr<sql::Connection> connection,
                               const crypto::Key& master, crypto::Random& random)
    : pool_(pool), connection_(std::move(connection)), vault_(*connection_, master, random) {}

SqlTransaction::~SqlTransaction() {
  connection_->rollback();
  pool_.give_back(std::move(connection_));
}

SqlStore::SqlStore(std::unique_ptr<sql::Database> database, const crypto::Key& master,
                   crypto::Random& random)
    : database_(std::move(database)), master_(master), random_(random) {}

base::Result<std::unique_ptr<ports::Transaction>> SqlStore::begin(ports::TransactionKind kind) {
  return TRY(begin_sql(kind));
}

base::Result<std::unique_ptr<SqlTransaction>> SqlStore::begin_sql(ports::TransactionKind kind) {
  const auto mode = kind == ports::TransactionKind::kRead ? sql::TransactionMode::kRead
                                                          : sql::TransactionMode::kWrite;
  auto connection = TRY(pool_.begin(mode));
  return std::make_unique<SqlTransaction>(pool_, std::move(connection), master_, random_);
}

base::Result<> SqlStore::check_master_key() {
  return TRY(begin_sql(ports::TransactionKind::kRead))->vault().check_master_key();
}

base::Result<> SqlStore::check_master_key(sql::Connection& connection) {
  return Vault(connection, master_, random_).check_master_key();
}

}  // namespace storage
