// Billing's rows: runs and their batches, marks of what was billed, bills, documents, links.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/ids.h"

namespace ports {

// A range of account ids [from, to); a nil `to` has no end.
struct AccountRange {
  domain::AccountId from;
  domain::AccountId to;
};

struct BillingRun {
  domain::RunId id;
  base::Month period;
  std::string state;  // counting | issuing | done
  std::int64_t cutoff_epoch = 0;
  base::Date issue_day;
  std::string series;
  std::int64_t first_number = 0;
  std::int64_t accounts = 0;
  std::int64_t documents = 0;  // Invoices; credit notes have numbers of their own.
  std::int64_t set_aside = 0;
  std::string started_by;
  base::Instant recorded;
  std::int64_t credit_notes = 0;
  std::int64_t first_credit_number = 0;
};

struct BillingBatch {
  std::int64_t batch = 0;
  AccountRange range;
  std::string state;  // waiting | counted | issued
  std::int64_t accounts = 0;
  std::int64_t documents = 0;
  std::int64_t first_number = 0;
  std::int64_t set_aside = 0;
  std::int64_t net_minor = 0;
  std::int64_t vat_minor = 0;
  std::int64_t total_minor = 0;  // Of invoices less credit notes, as the other sums.
  std::int64_t credit_notes = 0;
  std::int64_t first_credit_number = 0;
};

// An account that a run could not bill, with the reason; the run goes on without it.
struct SetAside {
  domain::AccountId account;
  base::Error error;
};

// That a boundary of an account's calendar was closed, by which run and from which facts.
struct BillingMark {
  domain::AccountId account;
  std::string group_key;
  base::Date boundary;
  domain::RunId run;
  std::int64_t cutoff_epoch = 0;
  domain::BillId bill;  // Nil where there was nothing to bill.
};

// A document as stored: the head in columns, the whole as canonical bytes (sealed on disk).
struct StoredDocument {
  domain::AccountId account;
  domain::CustomerId customer;  // Whose key seals the content; not set when read back.
  domain::DocumentId id;
  domain::BillId bill;
  std::string kind;  // invoice | credit_note
  std::string series;
  std::int64_t number = 0;
  base::Date issued;
  base::Date due;
  base::Money net, vat, rounding, total;
  base::Instant recorded;
  std::string content;
  // The content as it is kept, and its hash: made by seal_documents, not set when read back.
  std::string sealed = {}, sealed_hash = {};
};

struct Link {
  std::string token_hash;  // 32 bytes: SHA-256 of the token (D6).
  domain::AccountId account;
  domain::BillId bill;
  std::string attempt;
  std::optional<base::Instant> expires = {};
  std::optional<base::Instant> revoked = {};
  base::Instant recorded;
};

struct BillFilter {
  std::optional<base::Month> period = {};
  std::optional<domain::AccountId> account = {};
  std::optional<domain::BillId> bill = {};  // Without its account this visits every node.
  std::string state = {};                   // Empty: any.
  std::string reference = {};               // Empty: any. Of one bill: see find_reference.
  // Only bills after this (account, bill): the cursor.
  domain::AccountId after_account = {};
  domain::BillId after_bill = {};
  std::size_t limit = 50;
};

struct DocumentHead {
  domain::AccountId account;
  domain::DocumentId id;
  domain::BillId bill;
  std::string kind;
  std::string series;
  std::int64_t number = 0;
  base::Date issued, due;
  base::Money net, vat, rounding, total;
};

// Where a list of documents goes on: after this one, or after this number in every series.
struct DocumentCursor {
  std::string series = {};
  std::int64_t number = 0;
};

class Billing {
 public:
  virtual ~Billing() = default;

  // --- Runs.
  [[nodiscard]] virtual base::Result<> add_run(const BillingRun& run,
                                               std::span<const BillingBatch> batches) = 0;
  [[nodiscard]] virtual base::Result<> update_run(const BillingRun& run) = 0;
  [[nodiscard]] virtual base::Result<std::optional<BillingRun>> find_run(domain::RunId id) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<BillingRun>> list_runs(std::size_t limit) = 0;
  [[nodiscard]] virtual base::Result<std::vector<BillingBatch>> batches_of(domain::RunId run) = 0;
  [[nodiscard]] virtual base::Result<std::optional<BillingBatch>> find_batch(
      domain::RunId run, std::int64_t batch) = 0;
  [[nodiscard]] virtual base::Result<> update_batch(domain::RunId run,
                                                    const BillingBatch& batch) = 0;
  [[nodiscard]] virtual base::Result<> add_set_aside(domain::RunId run,
                                                     std::span<const SetAside> accounts) = 0;
  [[nodiscard]] virtual base::Result<std::vector<SetAside>> set_aside_of(domain::RunId run,
                                                                         std::size_t limit) = 0;
  // Takes `count` numbers of a series at once; returns the first. Gapless, because it is part
  // of the transaction that plans the run.
  [[nodiscard]] virtual base::Result<std::int64_t> take_invoice_numbers(std::string_view series,
                                                                        std::int64_t first,
                                                                        std::int64_t count) = 0;

  // --- Marks. Of a range, with boundaries >= `since`, ascending by account and boundary.
  [[nodiscard]] virtual base::Result<std::vector<BillingMark>> load_marks(const AccountRange& range,
                                                                          base::Date since) = 0;
  [[nodiscard]] virtual base::Result<> add_marks(std::span<const BillingMark> marks) = 0;

  // --- Bills and documents.
  [[nodiscard]] virtual base::Result<> add_bills(std::span<const domain::Bill> bills) = 0;
  // Seals ahead of add_documents, in a transaction of any kind, so that the one writer of an
  // engine need not. Errors: no_customer_key, erased.
  [[nodiscard]] virtual base::Result<> seal_documents(std::span<StoredDocument> documents) = 0;
  // Seals those that are not sealed.
  [[nodiscard]] virtual base::Result<> add_documents(std::span<const StoredDocument> documents) = 0;
  // `bill.version` is one more than it was when it was read. Errors: database_busy where another
  // writer has changed the bill since.
  [[nodiscard]] virtual base::Result<> update_bill(const domain::Bill& bill) = 0;
  // The same of many bills in few statements.
  [[nodiscard]] virtual base::Result<> update_bills(std::span<const domain::Bill> bills) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::Bill>> find_bill(
      domain::AccountId account, domain::BillId bill) = 0;
  struct BillKey {
    domain::AccountId account;
    domain::BillId bill;
    friend auto operator<=>(const BillKey&, const BillKey&) = default;
  };
  // Those that there are of many, ascending by (account, bill). To change them: other writers of
  // them wait until this transaction ends.
  [[nodiscard]] virtual base::Result<std::vector<domain::Bill>> hold_bills(
      std::span<const BillKey> keys) = 0;
  // The same where nobody waits: who changes one of them meanwhile makes update_bills() answer
  // database_busy.
  [[nodiscard]] virtual base::Result<std::vector<domain::Bill>> find_bills(
      std::span<const BillKey> keys) = 0;
  // Ascending by (account, bill), after the filter's cursor.
  [[nodiscard]] virtual base::Result<std::vector<domain::Bill>> list_bills(
      const BillFilter& filter) = 0;
  // What the account was billed before this bill in the same group, newest first.
  [[nodiscard]] virtual base::Result<std::vector<domain::Bill>> bills_before(
      const domain::Bill& bill, std::size_t limit) = 0;
  // Of one bill, in the order in which they were issued. Errors: cannot_unseal, erased.
  [[nodiscard]] virtual base::Result<std::vector<StoredDocument>> documents_of(
      domain::AccountId account, domain::BillId bill) = 0;
  // Of one account, issued on or after the day, in order of series and number. Errors:
  // cannot_unseal, erased.
  [[nodiscard]] virtual base::Result<std::vector<StoredDocument>> documents_since(
      domain::AccountId account, base::Date since) = 0;
  // Ascending by series and number; an empty kind is any.
  [[nodiscard]] virtual base::Result<std::vector<DocumentHead>> list_documents(
      std::string_view kind, const DocumentCursor& after, std::size_t limit) = 0;

  // --- References and links.
  // Errors: constraint_violated where a reference is taken.
  [[nodiscard]] virtual base::Result<> add_references(std::span<const domain::Bill> bills) = 0;
  [[nodiscard]] virtual base::Result<std::optional<BillKey>> find_reference(
      std::string_view reference) = 0;
  // Those that there are of many.
  [[nodiscard]] virtual base::Result<std::map<std::string, BillKey, std::less<>>> find_references(
      std::span<const std::string> references) = 0;
  [[nodiscard]] virtual base::Result<> add_links(std::span<const Link> links) = 0;
  [[nodiscard]] virtual base::Result<std::optional<Link>> find_link(
      std::string_view token_hash) = 0;
  // Those of these links that there are, in no order: one question for many.
  [[nodiscard]] virtual base::Result<std::vector<Link>> find_links(
      std::span<const std::string> token_hashes) = 0;
  struct VersionedBill {
    domain::AccountId account;
    domain::BillId bill;
    std::int64_t version = 0;
  };
  // The versions of those of these bills that there are, in no order: one question for many.
  [[nodiscard]] virtual base::Result<std::vector<VersionedBill>> versions_of(
      std::span<const BillKey> bills) = 0;
  // Marks every link of a bill as revoked.
  [[nodiscard]] virtual base::Result<> revoke_links(domain::AccountId account, domain::BillId bill,
                                                    base::Instant at) = 0;
};

}  // namespace ports
