// Usage: read each record, find the service that had its number then, rate it, add a row.
#include <set>
#include <unordered_map>
#include <utility>

#include "domain/intake/usage.h"
#include "flows/operations/candidates.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/take_records.h"
#include "ports/usage.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using domain::Problem;
using domain::ServiceTerms;
using domain::UsageRecord;
using formats::source::SourceItem;
using ports::RecordState;

using UsageRecords = std::span<const Candidate<UsageRecord>>;

// Whose usage it can be.
struct KnownServices {
  std::map<std::string, std::vector<ServiceTerms>> by_number;
  std::map<domain::AccountId, domain::CustomerId> customers;
};

Result<KnownServices> load_services(ports::Transaction& transaction, const ImportContext& context,
                                    UsageRecords candidates) {
  std::set<std::string_view> wanted;
  for (const auto& candidate : candidates) wanted.insert(candidate.value.service_number);
  const std::vector<std::string> numbers(wanted.begin(), wanted.end());
  KnownServices known;
  known.by_number = TRY(transaction.usage().find_services(context.mapping.division, numbers));
  std::set<domain::AccountId> accounts;
  for (const auto& [number, revisions] : known.by_number) {
    for (const ServiceTerms& terms : revisions) accounts.insert(terms.account);
  }
  const std::vector<domain::AccountId> ids(accounts.begin(), accounts.end());
  for (const domain::Account& account : TRY(transaction.parties().find_accounts(ids))) {
    known.customers.emplace(account.id, account.customer);
  }
  return known;
}

// Takes records one after the other and keeps the rows that are to be written.
class UsageTaker {
 public:
  UsageTaker(const ImportContext& context, KnownServices known)
      : context_(context),
        source_(context.mapping.source()),
        book_(context.catalogue),
        known_(std::move(known)) {}

  void take(const Candidate<UsageRecord>& candidate, ports::UsageKey&& key, RecordState stored,
            BatchOutcome& outcome) {
    const RecordState state = state_of(key, stored);
    if (state == RecordState::kRepeated) return outcome.repeat();
    const domain::Record& record = candidate.item->record;
    const auto refuse = [&](std::string_view field, std::string code, std::string text) {
      const Problem problem =
          with_heading({std::string(field), std::move(code), std::move(text)}, record);
      outcome.reject(*candidate.item, {&problem, 1}, candidate.notices);
    };
    if (state == RecordState::kChanged) {
      return refuse("number", "record_changed",
                    "a record of this number was taken before and said something else");
    }
    const UsageRecord& usage = candidate.value;
    const auto terms = find_terms(usage);
    if (!terms) {
      const bool of_number = record.text("msisdn").empty();
      return refuse(of_number ? "service_number" : "msisdn", terms.error().code,
                    terms.error().text);
    }
    auto rated = rate(usage, **terms);
    if (!rated) {
      const std::string& code = rated.error().code;
      const std::string_view field = code == "bad_destination" ? "destination" : "kind";
      return refuse(field, code, rated.error().text + " (" + rated.error().place + ")");
    }
    add(usage, **terms, *std::move(rated), std::move(key));
    outcome.accept(*candidate.item, candidate.notices);
  }

  [[nodiscard]] Result<> store(ports::Transaction& transaction) const {
    if (rows_.empty()) return {};
    const ports::Recording recording{context_.recorded, TRY(transaction.work().hold_epoch())};
    return transaction.usage().add(rows_, recording);
  }

 private:
  // After what was taken in this batch; only what is taken is remembered.
  [[nodiscard]] RecordState state_of(const ports::UsageKey& key, RecordState stored) const {
    const auto taken = taken_.find(key.id);
    if (taken == taken_.end()) return stored;
    return rows_[taken->second].content == key.content ? RecordState::kRepeated
                                                       : RecordState::kChanged;
  }

  [[nodiscard]] Result<const ServiceTerms*> find_terms(const UsageRecord& usage) const {
    const auto revisions = known_.by_number.find(usage.service_number);
    if (revisions == known_.by_number.end()) return domain::find_service({}, usage.event.day);
    return domain::find_service(revisions->second, usage.event.day);
  }

  [[nodiscard]] Result<domain::RatedUsage> rate(const UsageRecord& usage,
                                                const ServiceTerms& terms) const {
    const domain::UsageTerms asked =
        domain::usage_terms(terms, context_.mapping.division, context_.seller.brand);
    domain::RatedUsage rated = TRY(book_.rate(usage.event, asked));
    TRY(domain::check_rated(rated));
    return rated;
  }

  void add(const UsageRecord& usage, const ServiceTerms& terms, domain::RatedUsage rated,
           ports::UsageKey&& key) {
    taken_.emplace(key.id, rows_.size());
    rows_.push_back({.id = key.id,
                     .account = terms.account,
                     .customer = known_.customers.at(terms.account),
                     .service = terms.service,
                     .division = context_.mapping.division,
                     .plan = terms.plan,
                     .item = std::move(rated.item),
                     .month = base::Month::of(usage.event.day),
                     .at = usage.at,
                     .event = usage.event,
                     .quantity = rated.quantity,
                     .amount = rated.amount,
                     .includes_vat = rated.includes_vat,
                     .source = source_,
                     .record_id = usage.number,
                     .reverses = std::nullopt,
                     .content = std::move(key.content),
                     .epoch = 0,
                     .recorded = {}});
  }

  const ImportContext& context_;
  std::string source_;
  domain::RatingBook book_;
  KnownServices known_;
  std::vector<ports::UsageRow> rows_;
  std::unordered_map<domain::UsageId, std::size_t> taken_;  // Place in rows_.
};

}  // namespace

Result<BatchOutcome> take_usage(ports::Transaction& transaction, const ImportContext& context,
                                std::span<const SourceItem> items) {
  BatchOutcome outcome(context);
  const auto candidates = read_candidates<UsageRecord>(context, items, domain::read_usage, outcome);
  const std::string source = context.mapping.source();
  std::vector<ports::UsageKey> keys;
  keys.reserve(candidates.size());
  for (const auto& candidate : candidates) {
    keys.push_back({usage_id(source, candidate.value.number), candidate.item->record.content()});
  }
  const auto states = TRY(transaction.usage().compare(keys));
  UsageTaker taker(context, TRY(load_services(transaction, context, candidates)));
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    taker.take(candidates[at], std::move(keys[at]), states[at], outcome);
  }
  TRY(taker.store(transaction));
  return outcome;
}

}  // namespace flows
