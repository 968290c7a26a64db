// Money that came by the bank: bank_file, bank_file_problem, payment and allocation. What a bank
// says of payers is sealed with the operator's key: who paid is not always a customer.
#pragma once

#include "ports/payments.h"
#include "storage/sql/connection.h"
#include "storage/tables/payer_search.h"
#include "storage/tables/reconciliation.h"
#include "storage/tables/refunds.h"
#include "storage/vault.h"

namespace storage {

class SqlPayments final : public ports::Payments {
 public:
  SqlPayments(sql::Connection& connection, Vault& vault)
      : connection_(connection), vault_(vault), payer_search_(connection, vault) {}

  [[nodiscard]] ports::PayerSearch& payer_search() override { return payer_search_; }

  base::Result<> add_file(const ports::BankFileRow& file) override;
  base::Result<> update_file(const ports::BankFileRow& file) override;
  base::Result<std::optional<ports::BankFileRow>> find_file(domain::BankFileId id) override;
  base::Result<std::vector<ports::BankFileRow>> list_files(std::size_t limit) override;
  base::Result<> add_problems(domain::BankFileId file,
                              std::span<const ports::BankFileProblem> problems) override;
  base::Result<std::vector<ports::BankFileProblem>> problems_of(domain::BankFileId file,
                                                                std::size_t limit) override;

  base::Result<std::vector<domain::PaymentId>> known(
      std::span<const domain::PaymentId> ids) override;
  void seal_payers(std::span<ports::IncomingPayment> payments) const override;
  base::Result<> add_payments(std::span<const ports::IncomingPayment> payments) override;
  base::Result<> update_payment(const ports::IncomingPayment& payment) override;
  base::Result<> update_payments(std::span<const ports::IncomingPayment> payments) override;
  base::Result<> set_return_of(domain::PaymentId back, domain::PaymentId original) override;
  base::Result<std::vector<ports::PaymentStanding>> standing_of(
      std::span<const domain::PaymentId> ids) override;
  base::Result<std::optional<ports::IncomingPayment>> find_payment(domain::PaymentId id) override;
  base::Result<std::vector<ports::IncomingPayment>> list_payments(
      const ports::PaymentFilter& filter) override;
  base::Result<std::vector<ports::PaymentTotals>> totals() override;

  base::Result<> add_allocations(std::span<const ports::Allocation> rows) override;
  base::Result<std::vector<ports::Allocation>> allocations_of(domain::AccountId account,
                                                              domain::BillId bill) override;
  base::Result<std::vector<ports::Allocation>> allocations_of_payment(
      domain::PaymentId payment) override;

  ports::Reconciliation& reconciliation() override { return reconciliation_; }
  ports::Refunds& refunds() override { return refunds_; }

 private:
  [[nodiscard]] std::string sealed_payer(const ports::IncomingPayment& payment) const;
  [[nodiscard]] base::Result<ports::IncomingPayment> read_payment(const sql::Row& row);
  [[nodiscard]] base::Result<std::vector<ports::Allocation>> read_allocations(
      std::string_view condition, std::span<const sql::Value> values);

  sql::Connection& connection_;
  Vault& vault_;
  SqlPayerSearch payer_search_;
  SqlReconciliation reconciliation_{connection_, vault_};
  SqlRefunds refunds_{connection_, vault_};
};

}  // namespace storage
