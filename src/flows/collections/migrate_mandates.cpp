#include "flows/collections/migrate_mandates.h"

#include <functional>

#include "domain/bank/creditor_id.h"
#include "domain/bank/giro.h"
#include "domain/bank/norwegian_account.h"
#include "domain/mandate/mandate_changes.h"
#include "flows/care/touch_bills.h"
#include "flows/collections/debit_rows.h"
#include "flows/collections/debit_terms.h"
#include "flows/collections/register_mandate.h"
#include "flows/operations/derived_ids.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::Mandate;
using domain::MandateState;
using ports::MandateMigration;

constexpr std::size_t kConflictsShown = 100;
constexpr std::size_t kBillsMax = 1'000;

bool is_over(const Mandate& mandate) {
  return mandate.state == MandateState::kCancelled || mandate.state == MandateState::kRejected ||
         mandate.state == MandateState::kDormant;
}

Result<std::vector<Mandate>> page_of(ports::Transaction& transaction, const std::string& creditor,
                                     const ports::MandateKey& after, std::size_t page) {
  ports::MandateFilter filter;
  filter.creditor = creditor;
  filter.after = after;
  filter.limit = page;
  return transaction.mandates().list(filter);
}

Result<std::int64_t> count_of(ports::Transaction& transaction, const std::string& creditor,
                              std::size_t page) {
  std::int64_t count = 0;
  ports::MandateKey after;
  for (;;) {
    const auto mandates = TRY(page_of(transaction, creditor, after, page));
    for (const Mandate& mandate : mandates) count += is_over(mandate) ? 0 : 1;
    if (mandates.size() < page) return count;
    after = {mandates.back().account, mandates.back().id};
  }
}

// Whose pages tell of the mandate.
Result<std::vector<ports::Billing::BillKey>> open_bills_of(
    ports::Transaction& transaction, std::span<const domain::AccountId> accounts) {
  std::vector<ports::Billing::BillKey> keys;
  for (const domain::AccountId account : accounts) {
    const ports::BillFilter filter{.account = account, .state = "open", .limit = kBillsMax};
    for (const domain::Bill& bill : TRY(transaction.billing().list_bills(filter))) {
      keys.push_back({bill.account, bill.id});
    }
  }
  return keys;
}

// Goes over all mandates of a creditor and moves each, a page at a time.
class Moving {
 public:
  using Change = std::function<Result<bool>(Mandate&, base::Date)>;
  Moving(std::string from, std::string to, const base::Clock& clock, std::string actor,
         std::size_t page)
      : from_(std::move(from)),
        to_(std::move(to)),
        clock_(clock),
        actor_(std::move(actor)),
        page_(page) {}

  Result<> count_before(ports::Transaction& transaction) {
    report.from_before = TRY(count_of(transaction, from_, page_));
    report.to_before = TRY(count_of(transaction, to_, page_));
    return {};
  }
  Result<> count_after(ports::Transaction& transaction) {
    report.from_after = TRY(count_of(transaction, from_, page_));
    report.to_after = TRY(count_of(transaction, to_, page_));
    return {};
  }
  // One page; what it did counts when it is kept.
  Result<> step(ports::Transaction& transaction, const Change& change);
  void kept();
  [[nodiscard]] bool is_done() const { return done_; }

  MigrationReport report;
  std::int64_t step_changed = 0;

 private:
  std::string from_, to_;
  const base::Clock& clock_;
  std::string actor_;
  std::size_t page_;
  ports::MandateKey after_, next_;
  bool done_ = false, last_ = false;
  std::vector<domain::MandateId> step_conflicts_;
};

Result<> Moving::step(ports::Transaction& transaction, const Change& change) {
  step_changed = 0;
  step_conflicts_.clear();
  TRY(transaction.work().lock(kMandateLock));
  const DebitContext context = TRY(debit_context(transaction, clock_, actor_));
  const auto mandates = TRY(page_of(transaction, from_, after_, page_));
  std::vector<std::string> references;
  for (const Mandate& mandate : mandates) references.push_back(mandate.reference);
  std::map<std::string, domain::MandateId> taken;
  for (const Mandate& other : TRY(transaction.mandates().find_references(to_, references))) {
    if (!is_over(other)) taken.emplace(other.reference, other.id);
  }
  DebitRows rows(context);
  std::vector<domain::AccountId> moved;
  for (Mandate mandate : mandates) {
    if (is_over(mandate)) continue;
    if (taken.contains(mandate.reference)) {
      step_conflicts_.push_back(mandate.id);
      continue;
    }
    if (!TRY(change(mandate, context.day))) continue;
    ++step_changed;
    const std::string migration = mandate.changes.back().migration;
    moved.push_back(mandate.account);
    rows.amend(std::move(mandate), "creditor", migration);
  }
  if (!mandates.empty()) next_ = {mandates.back().account, mandates.back().id};
  last_ = mandates.size() < page_;
  TRY(rows.keep(transaction));
  return touch_bills(transaction, TRY(open_bills_of(transaction, moved)));
}

void Moving::kept() {
  report.changed += step_changed;
  report.conflicts += static_cast<std::int64_t>(step_conflicts_.size());
  for (const auto& id : step_conflicts_) {
    if (report.conflicting.size() < kConflictsShown) report.conflicting.push_back(id);
  }
  after_ = next_;
  done_ = last_;
}

// As mandates have it: "5050-1055" is 50501055. What is no creditor's number stays as it is.
std::string plain_creditor(const std::string& text) {
  if (const auto bankgiro = domain::Bankgiro::parse(text)) return bankgiro->text();
  if (const auto account = domain::NorwegianAccount::parse(text)) return account->text();
  if (const auto id = domain::CreditorId::parse(text)) return id->text();
  return text;
}

MigrationRequest plain(MigrationRequest request) {
  request.from = plain_creditor(request.from);
  request.to = plain_creditor(request.to);
  return request;
}

// Which scheme the mandates of the old creditor have, and whether the new one may debit by it.
Result<> check(ports::Transaction& transaction, const domain::RuleBook& rules,
               const MigrationRequest& request, base::Date day) {
  if (request.from == request.to) {
    return base::fail("same_creditor", "the mandates are this creditor's already", request.to);
  }
  const auto first = TRY(page_of(transaction, request.from, {}, 1));
  if (first.empty()) {
    return base::fail("nothing_to_migrate", "the creditor has no mandates", request.from);
  }
  const DebitTerms terms = TRY(DebitTerms::load(transaction, rules, day));
  TRY(terms.agreement(first.front().scheme, request.to));
  return {};
}

// The same creditors on the same day are the same migration.
domain::MandateMigrationId id_of(const MigrationRequest& request, base::Date day) {
  return derived_id<domain::MandateMigrationId>(
      {"mandate_migration", request.from, request.to, day.to_string()});
}

Moving::Change to_creditor(const MigrationRequest& request, const std::string& migration) {
  return [request, migration](Mandate& mandate, base::Date day) -> Result<bool> {
    domain::MandateAmend amend{.creditor = request.to};
    amend.actor = request.actor;
    amend.migration = migration;
    mandate = TRY(domain::amended(std::move(mandate), amend, day));
    return true;
  };
}

Result<MandateMigration> open_migration(ports::Transaction& transaction,
                                        const domain::RuleBook& rules, const base::Clock& clock,
                                        const MigrationRequest& request) {
  const DebitContext context = TRY(debit_context(transaction, clock, request.actor));
  const auto id = id_of(request, context.day);
  if (const auto found = TRY(transaction.mandates().find_migration(id))) return *found;
  TRY(check(transaction, rules, request, context.day));
  MandateMigration migration{.id = id,
                             .from = request.from,
                             .to = request.to,
                             .state = "applying",
                             .started_by = request.actor,
                             .recorded = context.recorded};
  TRY(transaction.mandates().add_migration(migration));
  return migration;
}

}  // namespace

Result<MigrationReport> try_migration(ports::Store& store, const domain::RuleBook& rules,
                                      const base::Clock& clock, const MigrationRequest& asked) {
  const MigrationRequest request = plain(asked);
  const auto transaction = TRY(store.begin(ports::TransactionKind::kWrite));
  Moving moving(request.from, request.to, clock, request.actor, request.page);
  moving.report.migration = TRY(open_migration(*transaction, rules, clock, request));
  TRY(moving.count_before(*transaction));
  const auto change = to_creditor(request, moving.report.migration.id.to_string());
  while (!moving.is_done()) {
    TRY(moving.step(*transaction, change));
    moving.kept();
  }
  TRY(moving.count_after(*transaction));
  moving.report.migration.mandates = moving.report.changed;
  return moving.report;
}

Result<MigrationReport> migrate_mandates(ports::Store& store, const domain::RuleBook& rules,
                                         const base::Clock& clock, const MigrationRequest& asked) {
  const MigrationRequest request = plain(asked);
  Moving moving(request.from, request.to, clock, request.actor, request.page);
  MandateMigration migration;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kMandateLock));
    migration = TRY(open_migration(transaction, rules, clock, request));
    return moving.count_before(transaction);
  }));
  if (migration.state == "taking_back" || migration.state == "taken_back") {
    return base::fail("migration_taken_back",
                      "the migration was taken back today; begin another one tomorrow",
                      migration.id.to_string());
  }
  const auto change = to_creditor(request, migration.id.to_string());
  while (!moving.is_done()) {
    MandateMigration next;
    TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
      TRY(moving.step(transaction, change));
      next = TRY(transaction.mandates().find_migration(migration.id)).value_or(migration);
      next.mandates += moving.step_changed;
      return transaction.mandates().update_migration(next);
    }));
    migration = next;
    moving.kept();
  }
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    migration.state = "applied";
    TRY(transaction.mandates().update_migration(migration));
    return moving.count_after(transaction);
  }));
  moving.report.migration = migration;
  return moving.report;
}

Result<MigrationReport> take_back_migration(ports::Store& store, const base::Clock& clock,
                                            domain::MandateMigrationId id,
                                            const std::string& actor) {
  MandateMigration migration;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    const auto found = TRY(transaction.mandates().find_migration(id));
    if (!found) {
      return base::fail("migration_not_found", "there is no such migration", id.to_string());
    }
    migration = *found;
    migration.state = "taking_back";
    return transaction.mandates().update_migration(migration);
  }));
  Moving moving(migration.to, migration.from, clock, actor, MigrationRequest().page);
  TRY(ports::run_in_transaction(
      store, [&](ports::Transaction& transaction) { return moving.count_before(transaction); }));
  const std::string name = id.to_string();
  const Moving::Change change = [&](Mandate& mandate, base::Date day) {
    return domain::take_back_migration(mandate, name, actor, day);
  };
  while (!moving.is_done()) {
    MandateMigration next;
    TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
      TRY(moving.step(transaction, change));
      next = TRY(transaction.mandates().find_migration(id)).value_or(migration);
      next.taken_back += moving.step_changed;
      return transaction.mandates().update_migration(next);
    }));
    migration = next;
    moving.kept();
  }
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    migration.state = "taken_back";
    TRY(transaction.mandates().update_migration(migration));
    return moving.count_after(transaction);
  }));
  moving.report.migration = migration;
  return moving.report;
}

}  // namespace flows
