// What people at their desks look for and decide: bills by what they have in hand, entries of the
// ledger, customers by words, and dry runs that wait for an approval.
//
// The search index is a projection: keyed hashes of words and numbers, from which nothing can be
// read. It can be deleted and made again from the customers (flows/care/index_customers.h).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/ids.h"
#include "ports/billing.h"

namespace ports {

// Where a list of bills goes on: newest period first, then by account and bill.
struct BillPlace {
  base::Month period;
  domain::AccountId account;
  domain::BillId bill;
};

struct BillSearch {
  std::optional<base::Month> period = {};
  std::optional<domain::BillFace> face = {};  // As of `today`; bills in parts are kInstalments.
  base::Date today = {};
  std::string reference = {};
  std::optional<std::int64_t> amount_minor = {};  // The total, or what is left to pay.
  // Of these accounts only, where it is set.
  std::optional<std::vector<domain::AccountId>> accounts = {};
  std::optional<Billing::BillKey> bill = {};
};

struct BillSums {
  std::int64_t count = 0;
  std::int64_t total_minor = 0;
  std::int64_t rest_minor = 0;
};

// One side of a posting, as the journal of a ledger account shows it.
struct LedgerEntry {
  domain::AccountId account;
  domain::PostingId posting;
  std::int64_t ordinal = 0;
  std::string kind;
  std::string source;
  base::Date effective;
  base::Instant recorded;
  base::Money amount;  // Debits above zero.
};

struct EntrySearch {
  std::string ledger_account;
  std::optional<base::Date> from = {}, to = {};
  std::optional<base::Instant> recorded = {};  // As it was known then.
};

// A dry run that was kept.
struct RunProposal {
  domain::JobId job;  // That made it.
  base::Month period;
  std::string state;  // waiting | approved | outdated
  std::int64_t cutoff_epoch = 0;
  std::string digest;  // 32 bytes: of the bills that it would give.
  base::Json outcome;  // flows/billing/propose_run.h
  std::string asked_by;
  base::Instant recorded;
  std::string decided_by = {};  // Empty: nobody has decided yet.
  std::optional<base::Instant> decided = {};
  domain::JobId run_job = {};  // That issues what was approved.
};

class Desk {
 public:
  virtual ~Desk() = default;

  // --- Bills. Newest period first; `skip` rows of the list are passed over.
  [[nodiscard]] virtual base::Result<std::vector<domain::Bill>> find_bills(
      const BillSearch& search, const std::optional<BillPlace>& after, std::size_t skip,
      std::size_t limit) = 0;
  [[nodiscard]] virtual base::Result<BillSums> sum_bills(const BillSearch& search) = 0;
  // The bill of an issued paper.
  [[nodiscard]] virtual base::Result<std::optional<Billing::BillKey>> find_document(
      std::string_view series, std::int64_t number) = 0;
  // "A1000123" of each bill's first paper, in the order of the bills; "" where there is none.
  [[nodiscard]] virtual base::Result<std::vector<std::string>> invoice_numbers(
      std::span<const domain::Bill> bills) = 0;

  // --- The ledger. Newest first.
  [[nodiscard]] virtual base::Result<std::vector<LedgerEntry>> list_entries(
      const EntrySearch& search, std::size_t skip, std::size_t limit) = 0;
  [[nodiscard]] virtual base::Result<std::int64_t> count_entries(const EntrySearch& search) = 0;

  // --- Proposals.
  [[nodiscard]] virtual base::Result<> add_proposal(const RunProposal& proposal) = 0;
  // State, who decided and when, and the job that issues it.
  [[nodiscard]] virtual base::Result<> update_proposal(const RunProposal& proposal) = 0;
  [[nodiscard]] virtual base::Result<std::optional<RunProposal>> find_proposal(
      domain::JobId job) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<RunProposal>> list_proposals(
      std::size_t limit) = 0;

  // --- The search index. Words of what kind they are, made by domain/party/search_words.h.
  struct Words {
    domain::CustomerId customer;
    std::vector<std::string> words;
  };
  // What was there of these customers is replaced.
  [[nodiscard]] virtual base::Result<> index_customers(std::span<const Words> customers) = 0;
  // Customers that have one word of each group, ascending by id.
  [[nodiscard]] virtual base::Result<std::vector<domain::CustomerId>> find_customers(
      std::span<const std::vector<std::string>> groups, std::size_t limit) = 0;
  // Customers with facts recorded later than the index knows, ascending, after `after`.
  [[nodiscard]] virtual base::Result<std::vector<domain::CustomerId>> customers_to_index(
      domain::CustomerId after, std::size_t limit) = 0;
  // When the newest fact of any customer or service was recorded.
  [[nodiscard]] virtual base::Result<base::Instant> newest_fact() = 0;
  // How far the index is. Everything that was recorded until then is in it; what was recorded later
  // and is in it, too, stands in the mark: a number that facts added or changed since make another.
  struct Indexed {
    base::Instant until;
    std::int64_t mark = 0;
  };
  [[nodiscard]] virtual base::Result<std::int64_t> mark_of_facts(base::Instant since) = 0;
  [[nodiscard]] virtual base::Result<std::optional<Indexed>> indexed() = 0;
  [[nodiscard]] virtual base::Result<> set_indexed(const Indexed& indexed) = 0;
  [[nodiscard]] virtual base::Result<> clear_index() = 0;
};

}  // namespace ports
