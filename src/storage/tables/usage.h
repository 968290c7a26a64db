// Rated usage: usage, usage_record, usage_month and service_number. The called number and the
// title of a row are sealed with its customer's key; what a record said is kept as a keyed hash.
#pragma once

#include "ports/usage.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

class SqlUsage final : public ports::Usage {
 public:
  SqlUsage(sql::Connection& connection, Vault& vault) : connection_(connection), vault_(vault) {}

  base::Result<> add_numbers(std::string_view division,
                             std::span<const domain::ServiceNumber> numbers) override;
  base::Result<std::map<std::string, std::vector<domain::ServiceTerms>>> find_services(
      std::string_view division, std::span<const std::string> numbers) override;
  base::Result<std::vector<domain::ServiceNumber>> services_of(
      domain::AccountId account, std::string_view division,
      std::string_view customer_number) override;
  base::Result<std::vector<domain::ServiceTerms>> revisions_of(
      std::span<const ports::ServiceKey> services) override;

  base::Result<std::vector<ports::RecordState>> compare(
      std::span<const ports::UsageKey> keys) override;
  base::Result<> add(std::span<const ports::UsageRow> rows,
                     const ports::Recording& recording) override;

  base::Result<> sums(
      const ports::AccountRange& range, base::Month from, base::Month through,
      std::int64_t cutoff_epoch,
      const std::function<base::Result<>(const ports::UsageTotal&)>& visit) override;
  base::Result<std::vector<ports::UsageTotal>> sums_of(domain::AccountId account, base::Month month,
                                                       std::int64_t cutoff_epoch) override;
  base::Result<std::vector<ports::UsageMonth>> changed_months(const ports::AccountRange& range,
                                                              std::int64_t since_epoch,
                                                              std::int64_t cutoff_epoch) override;

  base::Result<> for_each(
      const ports::UsageFilter& filter,
      const std::function<base::Result<>(const ports::UsageRow&)>& visit) override;

 private:
  // A row whose details are still closed.
  struct SealedRow {
    ports::UsageRow row;
    std::string sealed;
  };

  [[nodiscard]] std::int64_t content_hash(std::string_view content) const;
  [[nodiscard]] base::Result<> add_rows(std::span<const ports::UsageRow> rows,
                                        const ports::Recording& recording);
  [[nodiscard]] base::Result<> add_marks(std::span<const ports::UsageRow> rows);
  [[nodiscard]] base::Result<> add_months(std::span<const ports::UsageRow> rows,
                                          std::int64_t epoch);
  [[nodiscard]] base::Result<std::vector<SealedRow>> read_page(const ports::UsageFilter& filter);
  [[nodiscard]] base::Result<> open(std::vector<SealedRow>& rows);

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
