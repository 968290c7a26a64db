// What finding the payer of a payment asks of the store: numbers, names and payers' accounts that
// lead to accounts of ours, the bills of these, and what people have confirmed so far.
//
// Everything is asked for many payments at once. Bank accounts of payers are looked up by a keyed
// hash and cannot be read back.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/ids.h"
#include "domain/matching/payer_model.h"
#include "ports/billing.h"

namespace ports {

// That a payer's bank account has paid for an account of ours, so many times.
struct PaidFor {
  std::string payer_account;
  domain::AccountId account;
  std::int64_t payments = 0;
};

// What was seen of a payment when it was said whose it is. Those that were booked by themselves
// are kept to explain them; only what a person said is learned from.
struct KeptMatch {
  domain::PaymentId payment;
  domain::AccountId account;
  std::string by;  // matched | accepted | agent
  domain::matching::LevelVector levels = {};
  std::string probability;   // "0.999987", as it was then; empty where nobody asked.
  std::int64_t version = 0;  // Of what had been learned.
  base::Instant recorded;
  bool taken_back = false;
};

// What matching has learned: how many matches of each kind stand. The version grows with every
// match that is confirmed and with every one that is taken back.
struct LearnedMatches {
  std::vector<domain::matching::LevelCount> counts;
  std::int64_t version = 0;
};

// A payment with what it is called.
struct NamedPayment {
  domain::PaymentId id;
  base::Money amount;
  base::Date booked;
  std::string reference, bank_reference, end_to_end_id;
};

class PayerSearch {
 public:
  virtual ~PayerSearch() = default;

  // --- By number.
  [[nodiscard]] virtual base::Result<std::map<std::int64_t, Billing::BillKey>> find_invoices(
      std::string_view series, std::span<const std::int64_t> numbers) = 0;
  [[nodiscard]] virtual base::Result<std::map<std::int64_t, domain::CustomerId>>
  find_customer_numbers(std::span<const std::int64_t> numbers) = 0;

  // --- By name. Of each word that the index has, at most `limit` customers, ascending.
  [[nodiscard]] virtual base::Result<
      std::map<std::string, std::vector<domain::CustomerId>, std::less<>>>
  find_words(std::span<const std::string> words, std::size_t limit) = 0;
  // Ascending by customer and account.
  struct CustomerAccount {
    domain::CustomerId customer;
    domain::AccountId account;
  };
  [[nodiscard]] virtual base::Result<std::vector<CustomerAccount>> accounts_of(
      std::span<const domain::CustomerId> customers) = 0;

  // --- By the payer's bank account.
  [[nodiscard]] virtual base::Result<std::vector<PaidFor>> find_payers(
      std::span<const std::string> payer_accounts) = 0;
  // Adds to the counts (below zero: takes off). Rows with an empty payer's account are passed over.
  [[nodiscard]] virtual base::Result<> count_payers(std::span<const PaidFor> rows) = 0;

  // --- Payments that came and did not go back.
  // Of that sum, booked in [from, to], with one of the names as their reference, the bank's or the
  // payer's own; ascending by id. Reads the payments of the sum: for money that went back alone.
  struct NamesAsked {
    base::Money sum;
    std::int64_t more_max = 0;  // Or of up to so much more, which reads all of these sums.
    base::Date from, to;
    std::span<const std::string> names;
  };
  [[nodiscard]] virtual base::Result<std::vector<NamedPayment>> find_named(
      const NamesAsked& asked) = 0;

  // --- Bills.
  // Due in [from, to], with that total: of each the first `limit` by the day they are due, in the
  // order of what was asked.
  struct TotalAsked {
    base::Money total;
    base::Date from, to;
  };
  [[nodiscard]] virtual base::Result<std::vector<std::vector<Billing::BillKey>>> bills_of_totals(
      std::span<const TotalAsked> asked, std::size_t limit) = 0;
  // How many were billed in months from `since` on; counts no further than `limit`.
  [[nodiscard]] virtual base::Result<std::int64_t> count_bills(base::Month since,
                                                               std::size_t limit) = 0;
  // Open ones, and others issued since: ascending by account and bill.
  [[nodiscard]] virtual base::Result<std::vector<domain::Bill>> bills_of(
      std::span<const domain::AccountId> accounts, base::Date since) = 0;

  // --- What was said.
  [[nodiscard]] virtual base::Result<> add_matches(std::span<const KeptMatch> matches) = 0;
  // Oldest first.
  [[nodiscard]] virtual base::Result<std::vector<KeptMatch>> matches_of(
      domain::PaymentId payment) = 0;
  // Those of the payment and account that stand are taken back.
  [[nodiscard]] virtual base::Result<> take_back(domain::PaymentId payment,
                                                 domain::AccountId account, base::Instant at) = 0;
  [[nodiscard]] virtual base::Result<LearnedMatches> learned() = 0;
};

}  // namespace ports
