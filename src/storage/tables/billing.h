// Billing's rows: billing_run, billing_batch, billing_set_aside, billing_closing, number_series,
// bill, document, payment_reference and link. Documents are sealed with the customer's key.
#pragma once

#include "ports/billing.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlBilling final : public ports::Billing {
 public:
  SqlBilling(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  base::Result<> add_run(const ports::BillingRun& run,
                         std::span<const ports::BillingBatch> batches) override;
  base::Result<> update_run(const ports::BillingRun& run) override;
  base::Result<std::optional<ports::BillingRun>> find_run(domain::RunId id) override;
  base::Result<std::vector<ports::BillingRun>> list_runs(std::size_t limit) override;
  base::Result<std::vector<ports::BillingBatch>> batches_of(domain::RunId run) override;
  base::Result<std::optional<ports::BillingBatch>> find_batch(domain::RunId run,
                                                              std::int64_t batch) override;
  base::Result<> update_batch(domain::RunId run, const ports::BillingBatch& batch) override;
  base::Result<> add_set_aside(domain::RunId run,
                               std::span<const ports::SetAside> accounts) override;
  base::Result<std::vector<ports::SetAside>> set_aside_of(domain::RunId run,
                                                          std::size_t limit) override;
  base::Result<std::int64_t> take_invoice_numbers(std::string_view series, std::int64_t first,
                                                  std::int64_t count) override;

  base::Result<std::vector<ports::BillingMark>> load_marks(const ports::AccountRange& range,
                                                           base::Date since) override;
  base::Result<> add_marks(std::span<const ports::BillingMark> marks) override;

  base::Result<> add_bills(std::span<const domain::Bill> bills) override;
  base::Result<> seal_documents(std::span<ports::StoredDocument> documents) override;
  base::Result<> add_documents(std::span<const ports::StoredDocument> documents) override;
  base::Result<> update_bill(const domain::Bill& bill) override;
  base::Result<> update_bills(std::span<const domain::Bill> bills) override;
  base::Result<std::vector<domain::Bill>> hold_bills(std::span<const BillKey> keys) override;
  base::Result<std::vector<domain::Bill>> find_bills(std::span<const BillKey> keys) override;
  base::Result<std::optional<domain::Bill>> find_bill(domain::AccountId account,
                                                      domain::BillId bill) override;
  base::Result<std::vector<domain::Bill>> bills_before(const domain::Bill& bill,
                                                       std::size_t limit) override;
  base::Result<std::vector<domain::Bill>> list_bills(const ports::BillFilter& filter) override;
  base::Result<std::vector<ports::StoredDocument>> documents_of(domain::AccountId account,
                                                                domain::BillId bill) override;
  base::Result<std::vector<ports::StoredDocument>> documents_since(domain::AccountId account,
                                                                   base::Date since) override;
  base::Result<std::vector<ports::DocumentHead>> list_documents(std::string_view kind,
                                                                const ports::DocumentCursor& after,
                                                                std::size_t limit) override;

  base::Result<> add_references(std::span<const domain::Bill> bills) override;
  base::Result<std::optional<BillKey>> find_reference(std::string_view reference) override;
  base::Result<std::map<std::string, BillKey, std::less<>>> find_references(
      std::span<const std::string> references) override;
  base::Result<> add_links(std::span<const ports::Link> links) override;
  base::Result<std::optional<ports::Link>> find_link(std::string_view token_hash) override;
  base::Result<std::vector<ports::Link>> find_links(
      std::span<const std::string> token_hashes) override;
  base::Result<std::vector<VersionedBill>> versions_of(std::span<const BillKey> bills) override;
  base::Result<> revoke_links(domain::AccountId account, domain::BillId bill,
                              base::Instant at) override;

 private:
  // `suffix`: what happens to the rows that are read.
  [[nodiscard]] base::Result<std::vector<domain::Bill>> read_bills(std::span<const BillKey> keys,
                                                                   std::string_view suffix);
  [[nodiscard]] base::Result<> seal(ports::StoredDocument& document);
  [[nodiscard]] static base::Result<> add_document(sql::BulkInsert& rows,
                                                   const ports::StoredDocument& document);
  [[nodiscard]] base::Result<std::vector<ports::StoredDocument>> read_documents(
      domain::AccountId account, std::string_view condition, const sql::Value& value);

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
