// Mandates and the debits under them: runs that plan and order, and the files that went to banks.
//
// A mandate and a collection have one row each that follows the newest word; what happened to them
// stands in the account's events. A file is kept once, as the bytes that it is: whoever asks for it
// again gets the same. What is personal is sealed with the customer's key, files with the
// operator's.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/collection/collection.h"
#include "domain/mandate/mandate.h"
#include "ports/billing.h"

namespace ports {

struct MandateKey {
  domain::AccountId account;
  domain::MandateId mandate;
  friend auto operator<=>(const MandateKey&, const MandateKey&) = default;
};

struct MandateFilter {
  std::string state = {}, scheme = {}, creditor = {}, reference = {};  // Empty: any.
  std::optional<domain::AccountId> account = {};
  std::optional<domain::MandateId> mandate = {};  // Without its account: visits every node.
  // Only those after this one, in the order of the list: by account and id.
  MandateKey after = {};
  std::size_t limit = 50;
};

struct CollectionKey {
  domain::AccountId account;
  domain::CollectionId collection;
  friend auto operator<=>(const CollectionKey&, const CollectionKey&) = default;
};

struct CollectionFilter {
  std::string state = {}, scheme = {};
  std::optional<domain::AccountId> account = {};
  std::optional<domain::CollectionId> collection = {};
  std::optional<domain::OrderFileId> file = {};
  std::string batch = {};
  CollectionKey after = {};
  std::size_t limit = 50;
};

// A bulk migration of mandates from one creditor to another (MOON13).
struct MandateMigration {
  domain::MandateMigrationId id;
  std::string from, to;
  std::string state;  // applying | applied | taking_back | taken_back
  std::int64_t mandates = 0;
  std::int64_t taken_back = 0;
  std::string started_by;
  base::Instant recorded;
};

struct CollectionRun {
  base::Date day;
  std::string state;            // planning | ordering | done
  Billing::BillKey after = {};  // Bills up to this one are planned.
  std::int64_t bills = 0;       // Open ones that were looked at.
  std::int64_t planned = 0, ordered = 0, dropped = 0;
  std::int64_t problems = 0;  // Bills and debits that a person should look at.
  std::int64_t files = 0;
  std::string started_by;
  base::Instant recorded;
};

// What goes to one bank account's creditor in one file.
struct OrderGroup {
  domain::MandateScheme scheme = domain::MandateScheme::kSepaCore;
  std::string creditor;
  friend auto operator<=>(const OrderGroup&, const OrderGroup&) = default;
};

struct OrderFile {
  domain::OrderFileId id;
  base::Date day;  // Of the run.
  std::int64_t ordinal = 0;
  std::string format;  // pain.008
  OrderGroup group;
  std::string name;  // As it is given to the bank.
  std::int64_t debits = 0, mandates = 0;
  base::Money sum;
  std::string sha256;  // 32 bytes.
  std::int64_t size = 0;
  base::Instant recorded;
};

class Mandates {
 public:
  virtual ~Mandates() = default;

  // --- Mandates. Errors: no_customer_key, erased, cannot_unseal.
  [[nodiscard]] virtual base::Result<> add(std::span<const domain::Mandate> mandates) = 0;
  // Each has a version one higher than it was read with. Errors: database_busy where another
  // writer was quicker.
  [[nodiscard]] virtual base::Result<> update(std::span<const domain::Mandate> mandates) = 0;
  // Those that there are, by account and id; other writers of them wait.
  [[nodiscard]] virtual base::Result<std::vector<domain::Mandate>> hold(
      std::span<const MandateKey> keys) = 0;
  [[nodiscard]] virtual base::Result<std::vector<domain::Mandate>> list(
      const MandateFilter& filter) = 0;
  // Of many accounts those that are active, by account and id.
  [[nodiscard]] virtual base::Result<std::vector<domain::Mandate>> active_of(
      std::span<const domain::AccountId> accounts) = 0;
  // The same without what is sealed of them (names, accounts, proof, changes), which costs more
  // than all the rest: enough to plan by, and not to be written back.
  [[nodiscard]] virtual base::Result<std::vector<domain::Mandate>> active_terms_of(
      std::span<const domain::AccountId> accounts) = 0;
  // Of a creditor by its references, those that there are; of several schemes or accounts all.
  [[nodiscard]] virtual base::Result<std::vector<domain::Mandate>> find_references(
      std::string_view creditor, std::span<const std::string> references) = 0;
  // Written down and not yet sent, in order of their references.
  [[nodiscard]] virtual base::Result<std::vector<domain::Mandate>> to_submit(
      const OrderGroup& group, std::size_t limit) = 0;

  // Cancelled here, and the bank is still to be told; in the same order.
  [[nodiscard]] virtual base::Result<std::vector<domain::Mandate>> to_end(const OrderGroup& group,
                                                                          std::size_t limit) = 0;

  [[nodiscard]] virtual base::Result<> add_migration(const MandateMigration& migration) = 0;
  // State and counts.
  [[nodiscard]] virtual base::Result<> update_migration(const MandateMigration& migration) = 0;
  [[nodiscard]] virtual base::Result<std::optional<MandateMigration>> find_migration(
      domain::MandateMigrationId id) = 0;

  // --- Collections.
  // Errors: constraint_violated where an id is taken.
  [[nodiscard]] virtual base::Result<> add_collections(
      std::span<const domain::Collection> collections) = 0;
  // As update().
  [[nodiscard]] virtual base::Result<> update_collections(
      std::span<const domain::Collection> collections) = 0;
  // Of many bills, by account and id.
  [[nodiscard]] virtual base::Result<std::vector<domain::Collection>> of_bills(
      std::span<const Billing::BillKey> bills) = 0;
  // Of them those that are with a bank: ordered or accepted, and not yet settled.
  [[nodiscard]] virtual base::Result<std::vector<domain::Collection>> pending_of(
      std::span<const Billing::BillKey> bills) = 0;
  // Which of them have a debit that is planned or with a bank.
  [[nodiscard]] virtual base::Result<std::vector<domain::BillId>> under_way(
      std::span<const Billing::BillKey> bills) = 0;
  // What a bank calls so; other writers of them wait.
  [[nodiscard]] virtual base::Result<std::vector<domain::Collection>> hold_wires(
      std::span<const std::string> wires) = 0;
  [[nodiscard]] virtual base::Result<std::vector<domain::Collection>> list_collections(
      const CollectionFilter& filter) = 0;
  // Planned, to be handed in by the day: which groups there are, and of one group the first ones
  // by day, account and id; other writers of them wait.
  [[nodiscard]] virtual base::Result<std::vector<OrderGroup>> groups_due(base::Date hand_in) = 0;
  [[nodiscard]] virtual base::Result<std::vector<domain::Collection>> hold_due(
      const OrderGroup& group, base::Date hand_in, std::size_t limit) = 0;

  // --- Runs and files.
  [[nodiscard]] virtual base::Result<> add_run(const CollectionRun& run) = 0;
  [[nodiscard]] virtual base::Result<> update_run(const CollectionRun& run) = 0;
  [[nodiscard]] virtual base::Result<std::optional<CollectionRun>> find_run(base::Date day) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<CollectionRun>> list_runs(std::size_t limit) = 0;
  [[nodiscard]] virtual base::Result<> add_file(const OrderFile& file, std::string_view bytes) = 0;
  [[nodiscard]] virtual base::Result<std::optional<OrderFile>> find_file(
      domain::OrderFileId id) = 0;
  // By number.
  [[nodiscard]] virtual base::Result<std::vector<OrderFile>> files_of(base::Date day) = 0;
  [[nodiscard]] virtual base::Result<> read_file(
      domain::OrderFileId id, const std::function<base::Result<>(std::string_view)>& visit) = 0;
};

}  // namespace ports
