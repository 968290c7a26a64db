#include "flows/collections/run_collections.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <set>
#include <utility>

#include "domain/collection/plan.h"
#include "domain/collection/reasons.h"
#include "domain/mandate/mandate_changes.h"
#include "domain/mandate/mandate_states.h"
#include "flows/care/time_zone.h"
#include "flows/care/touch_bills.h"
#include "flows/collections/debit_rows.h"
#include "flows/collections/debit_terms.h"
#include "flows/collections/order_file.h"
#include "flows/collections/plan_pages.h"
#include "flows/operations/derived_ids.h"
#include "ports/intents.h"
#include "ports/work.h"
#include "support/observe/log.h"

namespace flows {
namespace {

using base::Date;
using base::Money;
using base::Result;
using domain::Bill;
using domain::Collection;
using domain::CollectionState;
using domain::Mandate;
using BillKey = ports::Billing::BillKey;

constexpr std::size_t kProblemsShown = 200;
constexpr std::int64_t kMicrosPerMinute = 60'000'000;
constexpr int kMinutesPerDay = 24 * 60;

// One day's run. Each step is one transaction's work and may be repeated.
class Run {
 public:
  Run(const domain::RuleBook& rules, const base::Clock& clock, const CollectionRequest& request)
      : rules_(rules), clock_(clock), request_(request) {}

  Result<> begin(ports::Transaction& transaction);
  [[nodiscard]] bool is_done() const { return run_.state == "done"; }
  // Plans a page of bills, which may have been read ahead, or writes a file.
  Result<> step(ports::Transaction& transaction, const PlanPage* ahead = nullptr);
  // What the last step did, once it is kept.
  void count();
  [[nodiscard]] CollectionReport report() const;
  [[nodiscard]] const ports::CollectionRun& run() const { return run_; }

 private:
  Result<> plan_page(ports::Transaction& transaction, const PlanPage* ahead);
  Result<> plan_bill(const Bill& bill, const PlanPage& page, DebitRows& rows);
  Result<> order_files(ports::Transaction& transaction);
  Result<bool> move_on(ports::Transaction& transaction, std::span<Collection> due,
                       const std::map<domain::MandateId, Mandate>& mandates);
  Result<bool> order_group(ports::Transaction& transaction, const ports::OrderGroup& group);
  Result<> add_intents(ports::Transaction& transaction, const std::map<BillKey, Bill>& bills,
                       std::map<domain::BillId, Money>& pending);
  Result<> decide(ports::Transaction& transaction, std::vector<Collection>& due,
                  const std::map<BillKey, Bill>& bills,
                  const std::map<domain::MandateId, Mandate>& mandates);
  Result<> put_aside(const ports::OrderGroup& group, base::Error error);
  // What one file may say besides its debits.
  struct Besides {
    std::vector<Mandate> drafts, ended;
    std::vector<Collection> withdrawn;                 // Of ended ones, under AvtaleGiro.
    std::map<domain::BillId, std::string> references;  // Of their bills.
    [[nodiscard]] bool empty() const { return drafts.empty() && ended.empty(); }
  };
  Result<Besides> besides(ports::Transaction& transaction, const ports::OrderGroup& group);
  Result<> withdraw(ports::Transaction& transaction, const Mandate& mandate, Besides& besides);
  Result<OrderBytes> write_file(ports::OrderFile& file, std::vector<Collection>& due,
                                const std::map<BillKey, Bill>& bills,
                                const std::map<domain::MandateId, Mandate>& mandates,
                                Besides& besides);
  Result<> keep_besides(Besides& besides, const OrderBytes& written, DebitRows& rows);
  Result<> keep_file(ports::Transaction& transaction, const ports::OrderGroup& group,
                     std::vector<Collection>& due, const std::map<BillKey, Bill>& bills,
                     std::map<domain::MandateId, Mandate>& mandates);
  void keep_debits(const OrderBytes& written, const ports::OrderFile& file,
                   std::vector<Collection>& due, std::map<domain::MandateId, Mandate>& mandates,
                   DebitRows& rows);
  Result<> put_to_sleep(ports::Transaction& transaction, DebitRows& rows);
  void problem(base::Error error);
  [[nodiscard]] DebitContext context() const { return {run_.day, recorded_, request_.actor}; }

  const domain::RuleBook& rules_;
  const base::Clock& clock_;
  const CollectionRequest& request_;
  std::optional<DebitTerms> terms_;
  base::Instant recorded_;
  int minute_ = 0;
  ports::CollectionRun run_;               // As kept.
  ports::CollectionRun next_;              // As it is after the step.
  std::vector<ports::MandateKey> lapsed_;  // In the step that is going on.
  // Since the run began: a page that was read ahead may still have them awake.
  std::set<domain::MandateId> asleep_;
  std::set<ports::OrderGroup> set_aside_;
  std::deque<ports::OrderGroup> groups_;  // Where something may be due, in order.
  // Of the step that is going on, and of all that are kept.
  CollectionReport step_, all_;
};

Result<> Run::begin(ports::Transaction& transaction) {
  TRY(transaction.work().lock(kCollectionRunLock));
  terms_ = TRY(DebitTerms::load(transaction, rules_, request_.day));
  const base::Instant now = clock_.now();
  const base::TimeZone zone = TRY(time_zone(terms_->seller().time_zone));
  // A run of another day than today is in time all day.
  if (zone.local_date(now) == request_.day) {
    const auto since = now.micros - zone.start_of(request_.day).micros;
    minute_ = std::min(static_cast<int>(since / kMicrosPerMinute), kMinutesPerDay - 1);
  }
  const auto latest = TRY(transaction.mandates().list_runs(1));
  if (!latest.empty() && latest.front().day > request_.day) {
    return base::fail("run_day_passed",
                      "the run of " + latest.front().day.to_string() +
                          " is there already; run that day, or a later one",
                      request_.day.to_string());
  }
  const auto found = TRY(transaction.mandates().find_run(request_.day));
  if (found) {
    run_ = *found;
  } else {
    run_ = {
        .day = request_.day, .state = "planning", .started_by = request_.actor, .recorded = now};
    TRY(transaction.mandates().add_run(run_));
  }
  recorded_ = run_.recorded;
  all_.before = run_;
  if (run_.state != "done") return {};
  if (!request_.again) {
    all_.was_done = true;
    return {};
  }
  // Anew over all bills: what is planned stays planned.
  run_.state = "planning";
  run_.after = {};
  run_.bills = 0;
  return transaction.mandates().update_run(run_);
}

Result<> Run::step(ports::Transaction& transaction, const PlanPage* ahead) {
  step_ = {};
  TRY(transaction.work().lock(kCollectionRunLock));
  const auto found = TRY(transaction.mandates().find_run(request_.day));
  CHECK(found.has_value());
  next_ = *found;
  if (next_.state == "done") return {};  // Another process has done it meanwhile.
  if (next_.state == "planning") {
    TRY(plan_page(transaction, ahead));
  } else {
    TRY(order_files(transaction));
  }
  return transaction.mandates().update_run(next_);
}

void Run::count() {
  run_ = next_;
  for (const ports::MandateKey& key : std::exchange(lapsed_, {})) asleep_.insert(key.mandate);
  for (auto& file : step_.files) all_.files.push_back(std::move(file));
  for (auto& error : step_.problems) {
    if (all_.problems.size() < kProblemsShown) all_.problems.push_back(std::move(error));
  }
  for (const auto& [code, number] : step_.problem_counts) all_.problem_counts[code] += number;
  for (const auto& [code, number] : step_.dropped) all_.dropped[code] += number;
}

CollectionReport Run::report() const {
  CollectionReport report = all_;
  report.run = run_;
  return report;
}

void Run::problem(base::Error error) {
  ++next_.problems;
  ++step_.problem_counts[error.code];
  step_.problems.push_back(std::move(error));
}

// --- Planning.

// Only now is a mandate needed with all that is sealed of it.
Result<> Run::put_to_sleep(ports::Transaction& transaction, DebitRows& rows) {
  for (Mandate& mandate : TRY(transaction.mandates().hold(lapsed_))) {
    if (!domain::take(mandate, domain::MandateStep::kLapse, "mandate_dormant")) continue;
    rows.change_state(std::move(mandate));
  }
  return {};
}

Result<> Run::plan_bill(const Bill& bill, const PlanPage& page, DebitRows& rows) {
  const auto mandates = page.mandates.find(bill.account);
  if (mandates == page.mandates.end()) return {};
  std::span<const Mandate> candidates = mandates->second;
  std::vector<Mandate> awake;
  if (!asleep_.empty()) {
    std::ranges::copy_if(candidates, std::back_inserter(awake),
                         [&](const Mandate& each) { return !asleep_.contains(each.id); });
    candidates = awake;
  }
  const Mandate* mandate = domain::mandate_to_debit(candidates);
  if (mandate == nullptr) return {};
  std::span<const Collection* const> before;
  if (const auto known = page.collections_of.find(bill.id); known != page.collections_of.end()) {
    before = known->second;
  }
  if (!may_have_another(before)) return {};
  const SchemeTerms& scheme = *TRY(terms_->of(mandate->scheme));
  const Money nothing(0, bill.total.currency());
  const auto plan = domain::plan_debit({.bill = bill,
                                        .mandate = *mandate,
                                        .terms = scheme.terms,
                                        .calendar = scheme.calendar,
                                        .today = request_.day,
                                        .disputed = nothing,
                                        .pending = nothing});
  if (!plan) {
    if (plan.error().code == "mandate_dormant") lapsed_.push_back({mandate->account, mandate->id});
    base::Error error = plan.error();
    error.place = bill.id.to_string();
    problem(std::move(error));
    return {};
  }
  if (!*plan) return {};
  rows.announce(planned_debit(bill, *mandate, **plan, before.size(), context()));
  ++next_.planned;
  return {};
}

Result<> Run::plan_page(ports::Transaction& transaction, const PlanPage* ahead) {
  std::optional<PlanPage> own;
  if (ahead == nullptr || ahead->after != next_.after) {
    own = TRY(read_page(transaction, next_.after, request_.bills_per_page));
  }
  const PlanPage& page = own ? *own : *ahead;
  lapsed_.clear();
  DebitRows rows(context());
  for (const Bill& bill : page.bills) TRY(plan_bill(bill, page, rows));
  TRY(put_to_sleep(transaction, rows));
  next_.bills += static_cast<std::int64_t>(page.looked_at);
  if (page.looked_at > 0) next_.after = page.last;
  if (page.looked_at < request_.bills_per_page) next_.state = "ordering";
  TRY(rows.keep_and_touch(transaction));
  return touch_bills(transaction, page.untold);
}

// --- Ordering.

Result<> Run::order_files(ports::Transaction& transaction) {
  // Which groups there are is asked again only when those that there were are empty: of a million
  // debits one group has fifty files.
  for (bool has_asked = false;; has_asked = true) {
    for (; !groups_.empty(); groups_.pop_front()) {
      if (set_aside_.contains(groups_.front())) continue;
      if (TRY(order_group(transaction, groups_.front()))) return {};
    }
    if (has_asked) break;
    const auto due = TRY(transaction.mandates().groups_due(request_.day));
    groups_.assign(due.begin(), due.end());
  }
  next_.state = "done";
  return {};
}

// What others are paying just now by card, wallet or phone.
Result<> Run::add_intents(ports::Transaction& transaction, const std::map<BillKey, Bill>& bills,
                          std::map<domain::BillId, Money>& pending) {
  std::vector<domain::AccountId> accounts;
  for (const auto& [key, bill] : bills) accounts.push_back(key.account);
  for (const auto& other : TRY(transaction.intents().live_of(accounts))) {
    for (const domain::IntentPart& part : other.intent.parts) {
      if (!bills.contains({other.intent.account, part.bill})) continue;
      const Money held = domain::held_for(other.intent, part.bill);
      if (held.is_zero()) continue;
      const auto [sum, added] = pending.emplace(part.bill, held);
      if (!added) sum->second += held;
    }
  }
  return {};
}

// Looks at each again: what it is debited, or why it is not.
Result<> Run::decide(ports::Transaction& transaction, std::vector<Collection>& due,
                     const std::map<BillKey, Bill>& bills,
                     const std::map<domain::MandateId, Mandate>& mandates) {
  std::vector<BillKey> keys;
  for (const auto& [key, bill] : bills) keys.push_back(key);
  std::map<domain::BillId, Money> pending;
  for (const Collection& other : TRY(transaction.mandates().pending_of(keys))) {
    const auto [sum, added] = pending.emplace(other.bill, other.amount);
    if (!added) sum->second += other.amount;
  }
  TRY(add_intents(transaction, bills, pending));
  for (Collection& collection : due) {
    const auto bill = bills.find({collection.account, collection.bill});
    const auto mandate = mandates.find(collection.mandate);
    if (bill == bills.end() || mandate == mandates.end()) {
      collection.state = CollectionState::kDropped;
      collection.reason = "nothing_owed";
      continue;
    }
    const SchemeTerms& scheme = *TRY(terms_->of(collection.scheme));
    const Money nothing(0, collection.amount.currency());
    const auto known = pending.find(collection.bill);
    const auto decision =
        TRY(domain::decide_order({.collection = collection,
                                  .bill = bill->second,
                                  .mandate = mandate->second,
                                  .terms = scheme.terms,
                                  .calendar = scheme.calendar,
                                  .today = request_.day,
                                  .minute = minute_,
                                  .disputed = nothing,
                                  .pending = known == pending.end() ? nothing : known->second}));
    if (!decision.dropped.empty()) {
      collection.state = CollectionState::kDropped;
      collection.reason = decision.dropped;
      continue;
    }
    collection.amount = decision.amount;
    collection.day = decision.day;
    collection.sequence = domain::sequence_of(mandate->second, false);
    collection.changes_told = mandate->second.changes.size();
  }
  return {};
}

// Debits whose mandates have gone to another creditor since they were planned go with them, and
// are ordered there. True: there were such.
Result<bool> Run::move_on(ports::Transaction& transaction, std::span<Collection> due,
                          const std::map<domain::MandateId, Mandate>& mandates) {
  DebitRows rows(context());
  bool moved = false;
  for (Collection& each : due) {
    const auto mandate = mandates.find(each.mandate);
    if (mandate == mandates.end() || mandate->second.creditor == each.creditor) continue;
    each.creditor = mandate->second.creditor;
    rows.move(each);
    moved = true;
  }
  TRY(rows.keep(transaction));
  return moved;
}

// True: a file was written, or something was dropped; there may be more.
Result<bool> Run::order_group(ports::Transaction& transaction, const ports::OrderGroup& group) {
  auto due = TRY(transaction.mandates().hold_due(group, request_.day, request_.debits_per_file));
  std::vector<BillKey> bill_keys;
  std::vector<ports::MandateKey> mandate_keys;
  for (const Collection& each : due) {
    bill_keys.push_back({each.account, each.bill});
    mandate_keys.push_back({each.account, each.mandate});
  }
  std::map<BillKey, Bill> bills;
  for (Bill& bill : TRY(transaction.billing().hold_bills(bill_keys))) {
    const BillKey key{bill.account, bill.id};
    bills.emplace(key, std::move(bill));
  }
  std::map<domain::MandateId, Mandate> mandates;
  for (Mandate& mandate : TRY(transaction.mandates().hold(mandate_keys))) {
    const auto id = mandate.id;
    mandates.emplace(id, std::move(mandate));
  }
  if (TRY(move_on(transaction, due, mandates))) {
    groups_.clear();  // Theirs may be the first now.
    return true;
  }
  TRY(decide(transaction, due, bills, mandates));
  const std::int64_t before = next_.files + next_.dropped;
  TRY(keep_file(transaction, group, due, bills, mandates));
  return next_.files + next_.dropped > before;
}

// What is wrong with a whole file keeps its debits planned until it is mended; other files go.
Result<> Run::put_aside(const ports::OrderGroup& group, base::Error error) {
  if (error.code != "no_debit_agreement" && error.code != "order_refused") {
    return std::unexpected(std::move(error));
  }
  set_aside_.insert(group);
  problem(std::move(error));
  return {};
}

// Under AvtaleGiro a bank goes on debiting what it was sent, until we take it back before its day.
Result<> Run::withdraw(ports::Transaction& transaction, const Mandate& mandate, Besides& besides) {
  ports::CollectionFilter filter;
  filter.account = mandate.account;
  filter.limit = request_.debits_per_file;
  std::vector<BillKey> keys;
  for (Collection& each : TRY(transaction.mandates().list_collections(filter))) {
    if (each.mandate != mandate.id || !each.is_pending() || each.day <= request_.day) continue;
    keys.push_back({each.account, each.bill});
    besides.withdrawn.push_back(std::move(each));
  }
  for (const Bill& bill : TRY(transaction.billing().hold_bills(keys))) {
    besides.references[bill.id] = bill.reference;
  }
  return {};
}

Result<Run::Besides> Run::besides(ports::Transaction& transaction, const ports::OrderGroup& group) {
  Besides besides;
  besides.ended = TRY(transaction.mandates().to_end(group, request_.debits_per_file));
  if (group.scheme == domain::MandateScheme::kAvtalegiro) {
    for (const Mandate& mandate : besides.ended) TRY(withdraw(transaction, mandate, besides));
    return besides;
  }
  if (group.scheme != domain::MandateScheme::kAutogiro) return besides;
  besides.drafts = TRY(transaction.mandates().to_submit(group, request_.debits_per_file));
  // A new mandate with the number of one that ends goes in a file after it.
  std::set<std::string_view> numbers;
  for (const Mandate& mandate : besides.ended) numbers.insert(mandate.reference);
  std::erase_if(besides.drafts,
                [&](const Mandate& draft) { return numbers.contains(draft.reference); });
  return besides;
}

Result<OrderBytes> Run::write_file(ports::OrderFile& file, std::vector<Collection>& due,
                                   const std::map<BillKey, Bill>& bills,
                                   const std::map<domain::MandateId, Mandate>& mandates,
                                   Besides& besides) {
  std::vector<OrderDebit> debits, withdrawn;
  for (Collection& each : due) {
    if (each.state == CollectionState::kDropped) continue;
    debits.push_back(
        {&each, &mandates.at(each.mandate), bills.at({each.account, each.bill}).reference});
  }
  for (Collection& each : besides.withdrawn) {
    const auto mandate = std::ranges::find(besides.ended, each.mandate, &Mandate::id);
    withdrawn.push_back({&each, &*mandate, besides.references[each.bill]});
  }
  if (debits.empty() && besides.empty()) return OrderBytes{};
  return write_order_file(*terms_, {.file = file,
                                    .debits = debits,
                                    .new_mandates = besides.drafts,
                                    .ended = file.group.scheme == domain::MandateScheme::kAutogiro
                                                 ? std::span<const Mandate>(besides.ended)
                                                 : std::span<const Mandate>(),
                                    .withdrawn = withdrawn,
                                    .created = recorded_});
}

void Run::keep_debits(const OrderBytes& written, const ports::OrderFile& file,
                      std::vector<Collection>& due, std::map<domain::MandateId, Mandate>& mandates,
                      DebitRows& rows) {
  std::set<domain::MandateId> first;
  for (Collection& each : due) {
    if (const auto refused = written.refused.find(each.id); refused != written.refused.end()) {
      each.state = CollectionState::kDropped;
      each.reason = refused->second;
    }
    if (each.state == CollectionState::kDropped) {
      ++next_.dropped;
      ++step_.dropped[each.reason];
      rows.drop(each);
      continue;
    }
    each.state = CollectionState::kOrdered;
    each.file = file.id;
    ++next_.ordered;
    // From now on its debits are recurrent ones.
    Mandate& mandate = mandates.at(each.mandate);
    if (mandate.debits == 0 && first.insert(mandate.id).second) {
      mandate.debits = 1;
      rows.change(mandate);
    }
    rows.order(each);
  }
}

Result<> Run::keep_besides(Besides& besides, const OrderBytes& written, DebitRows& rows) {
  for (Mandate& mandate : besides.drafts) {
    const auto refused = written.refused_mandates.find(mandate.id);
    const bool is_refused = refused != written.refused_mandates.end();
    TRY(domain::take(mandate,
                     is_refused ? domain::MandateStep::kReject : domain::MandateStep::kSubmit,
                     is_refused ? refused->second : ""));
    rows.change_state(std::move(mandate));
  }
  for (Mandate& mandate : besides.ended) {
    mandate.ending = written.refused_mandates.contains(mandate.id) ? domain::MandateEnding::kRefused
                                                                   : domain::MandateEnding::kSent;
    rows.change_state(std::move(mandate));
  }
  for (Collection& each : besides.withdrawn) {
    each.state = CollectionState::kFailed;
    each.reason = kWithdrawn;
    each.action = domain::to_text(domain::FailureAction::kStop);
    rows.fail(std::move(each), "");
  }
  return {};
}

Result<> Run::keep_file(ports::Transaction& transaction, const ports::OrderGroup& group,
                        std::vector<Collection>& due, const std::map<BillKey, Bill>& bills,
                        std::map<domain::MandateId, Mandate>& mandates) {
  Besides told = TRY(besides(transaction, group));
  ports::OrderFile file;
  file.day = request_.day;
  file.ordinal = next_.files + 1;
  file.group = group;
  file.id = derived_id<domain::OrderFileId>(
      {"order_file", request_.day.to_string(), std::to_string(file.ordinal)});
  file.recorded = recorded_;
  file.sum = Money(0, TRY(terms_->of(group.scheme))->terms.currency);
  auto order = write_file(file, due, bills, mandates, told);
  if (!order) return put_aside(group, std::move(order).error());
  DebitRows rows(context());
  keep_debits(*order, file, due, mandates, rows);
  TRY(keep_besides(told, *order, rows));
  TRY(rows.keep_and_touch(transaction));
  if (order->bytes.empty()) return {};
  ++next_.files;
  TRY(transaction.mandates().add_file(file, order->bytes));
  step_.files.push_back(std::move(file));
  return {};
}

// While a page is written, the next one is read.
Result<> take_step(ports::Store& store, Run& run, PagesAhead& pages,
                   const CollectionRequest& request) {
  std::optional<PlanPage> page;
  if (run.run().state == "planning") {
    page = pages.take(run.run().after);
    if (!page) {
      pages.read(run.run().after);
      page = pages.take(run.run().after);
    }
    if (page && page->looked_at == request.bills_per_page) pages.read(page->last);
  }
  const auto step = [&](const PlanPage* ahead) {
    return ports::run_in_transaction(
        store, [&](ports::Transaction& transaction) { return run.step(transaction, ahead); });
  };
  auto stepped = step(page ? &*page : nullptr);
  // Somebody else has planned a debit of one of these bills meanwhile.
  if (!stepped && page && stepped.error().code == "constraint_violated") stepped = step(nullptr);
  return stepped;
}

}  // namespace

Result<CollectionReport> run_collections(ports::Store& store, const domain::RuleBook& rules,
                                         const base::Clock& clock, const CollectionRequest& request,
                                         const OnCollectionProgress& on_progress) {
  Run run(rules, clock, request);
  TRY(ports::run_in_transaction(
      store, [&](ports::Transaction& transaction) { return run.begin(transaction); }));
  PagesAhead pages(store, request.bills_per_page);
  while (!run.is_done()) {
    TRY(take_step(store, run, pages, request));
    run.count();
    if (on_progress) on_progress(run.run());
  }
  CollectionReport report = run.report();
  observe::log(observe::Level::kInfo, "collection_run_finished",
               {{"day", request.day.to_string()},
                {"planned", report.run.planned},
                {"ordered", report.run.ordered},
                {"dropped", report.run.dropped},
                {"files", report.run.files},
                {"problems", report.run.problems}});
  return report;
}

Result<CollectionReport> try_collections(ports::Store& store, const domain::RuleBook& rules,
                                         const base::Clock& clock,
                                         const CollectionRequest& request) {
  Run run(rules, clock, request);
  const auto transaction = TRY(store.begin(ports::TransactionKind::kWrite));
  TRY(run.begin(*transaction));
  while (!run.is_done()) {
    TRY(run.step(*transaction));
    run.count();
  }
  return run.report();
}

}  // namespace flows
