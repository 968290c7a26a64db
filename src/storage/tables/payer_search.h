// Where the payer of a payment may be found: payer_account and payer_match, and the numbers,
// words and bills of other tables, asked for many at once.
#pragma once

#include "ports/payer_search.h"
#include "storage/sql/connection.h"
#include "storage/vault.h"

namespace storage {

// What find_named() asks: the sum, the days, its currency, the largest sum where there are several,
// and so many names.
enum class NamedSums { kOne, kUpTo };
[[nodiscard]] std::string select_named(std::size_t names, NamedSums sums = NamedSums::kOne);

class SqlPayerSearch final : public ports::PayerSearch {
 public:
  SqlPayerSearch(sql::Connection& connection, Vault& vault)
      : connection_(connection), vault_(vault) {}

  base::Result<std::map<std::int64_t, ports::Billing::BillKey>> find_invoices(
      std::string_view series, std::span<const std::int64_t> numbers) override;
  base::Result<std::map<std::int64_t, domain::CustomerId>> find_customer_numbers(
      std::span<const std::int64_t> numbers) override;
  base::Result<std::map<std::string, std::vector<domain::CustomerId>, std::less<>>> find_words(
      std::span<const std::string> words, std::size_t limit) override;
  base::Result<std::vector<CustomerAccount>> accounts_of(
      std::span<const domain::CustomerId> customers) override;
  base::Result<std::vector<ports::PaidFor>> find_payers(
      std::span<const std::string> payer_accounts) override;
  base::Result<> count_payers(std::span<const ports::PaidFor> rows) override;
  base::Result<std::vector<ports::NamedPayment>> find_named(const NamesAsked& asked) override;
  base::Result<std::vector<std::vector<ports::Billing::BillKey>>> bills_of_totals(
      std::span<const TotalAsked> asked, std::size_t limit) override;
  base::Result<std::int64_t> count_bills(base::Month since, std::size_t limit) override;
  base::Result<std::vector<domain::Bill>> bills_of(std::span<const domain::AccountId> accounts,
                                                   base::Date since) override;
  base::Result<> add_matches(std::span<const ports::KeptMatch> matches) override;
  base::Result<std::vector<ports::KeptMatch>> matches_of(domain::PaymentId payment) override;
  base::Result<> take_back(domain::PaymentId payment, domain::AccountId account,
                           base::Instant at) override;
  base::Result<ports::LearnedMatches> learned() override;

 private:
  [[nodiscard]] sql::Value payer_token(std::string_view payer_account) const;

  sql::Connection& connection_;
  Vault& vault_;
};

}  // namespace storage
