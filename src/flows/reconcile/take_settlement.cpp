#include "flows/reconcile/take_settlement.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "domain/payment/allocate.h"
#include "flows/care/time_zone.h"
#include "flows/intents/book_fee.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/payments/check_bank_file.h"
#include "flows/reconcile/house_assignment.h"
#include "formats/settlement/settlement_format.h"
#include "ports/access.h"
#include "ports/intents.h"
#include "ports/ledger.h"
#include "ports/orders.h"
#include "ports/rail_costs.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Money;
using base::Result;
using domain::ProviderSettlement;
using ports::SettlementRow;

constexpr std::size_t kWaitingMax = 10'000;
constexpr std::size_t kPaymentsAskedMax = 1'000;
// Among which a payment that is settled twice is looked for.
constexpr std::size_t kSettlementsComparedMax = 10'000;
constexpr std::int32_t kComparedDaysMax = 90;

SettlementRow row_of(const ProviderSettlement& settlement, const std::string& actor,
                     base::Instant now) {
  SettlementRow row;
  row.id = derived_id<domain::SettlementId>(
      {"settlement", settlement.provider, settlement.merchant, settlement.payout});
  row.provider = settlement.provider;
  row.merchant = settlement.merchant;
  row.payout = settlement.payout;
  row.gross = settlement.gross();
  row.fee = settlement.fees();
  row.amount = settlement.amount;
  row.day = settlement.day;
  row.lines = static_cast<std::int64_t>(settlement.lines.size());
  // Where nothing is paid out, nothing is waited for.
  if (row.amount.is_zero()) row.paid_day = row.day;
  row.imported_by = actor;
  row.recorded = now;
  return row;
}

bool same(const SettlementRow& known, const SettlementRow& row) {
  return known.gross == row.gross && known.fee == row.fee && known.amount == row.amount &&
         known.day == row.day && known.lines == row.lines;
}

Result<domain::Posting> posting_of(const SettlementRow& row, std::string_view what,
                                   const std::string& debit, Money amount, base::Date day,
                                   base::Instant recorded) {
  domain::Posting::Head head;
  head.id = derived_id<domain::PostingId>({"posting", row.id.to_string(), what});
  head.kind = "settlement";
  head.effective = day;
  head.recorded = recorded;
  head.source = row.id.to_string();
  return domain::Posting::make(std::move(head),
                               {{debit, amount}, {"clearing:" + row.provider, -amount}});
}

// Which payment of ours a line is about; nothing where it names none.
Result<std::optional<domain::PaymentIntent>> payment_of(ports::Transaction& transaction,
                                                        const std::string& provider,
                                                        const std::string& reference) {
  std::optional<domain::IntentId> id;
  if (const auto named = domain::IntentId::parse(reference)) id = *named;
  if (!id && !reference.empty()) {
    id = TRY(transaction.intents().find_by_reference(provider, reference));
  }
  if (!id) return std::optional<domain::PaymentIntent>();
  auto stored = TRY(transaction.intents().find(*id));
  if (!stored || stored->intent.gateway != provider) return std::optional<domain::PaymentIntent>();
  return std::optional(std::move(stored->intent));
}

// Of each payment what is not booked yet of its fee, in one posting; the provider's other fees
// with it.
Result<> keep_fees(ports::Transaction& transaction, const ProviderSettlement& settlement,
                   const SettlementRow& row) {
  ports::RailCosts& costs = transaction.orders().rail_costs();
  const domain::PostingId id =
      derived_id<domain::PostingId>({"posting", row.id.to_string(), "fees"});
  const Money nothing(0, row.fee.currency());
  std::map<domain::IntentId, std::pair<domain::Rail, Money>> told;
  for (const domain::SettlementLine& line : settlement.lines) {
    if (line.fee.is_zero()) continue;
    const auto intent = TRY(payment_of(transaction, row.provider, line.reference));
    const domain::IntentId about = intent ? intent->id : domain::IntentId(row.id.bytes());
    const domain::Rail rail{row.provider, intent ? intent->method : ""};
    told.try_emplace(about, rail, nothing).first->second.second += line.fee;
  }
  Money sum = nothing;
  for (const auto& [about, fee] : told) {
    const Money amount = fee_to_book(TRY(costs.fee_of(about)), fee.second);
    TRY(costs.add_fee({.posting = id,
                       .rail = fee.first,
                       .intent = about,
                       .amount = amount,
                       .told = fee.second,
                       .day = row.day,
                       .by_settlement = true,
                       .recorded = row.recorded}));
    sum += amount;
  }
  if (sum.is_zero()) return {};
  const auto posting =
      TRY(posting_of(row, "fees", "provider_fees:" + row.provider, sum, row.day, row.recorded));
  return transaction.ledger().append({&posting, 1});
}

// What speaks against taking it in: what never can be true, and what we do not know.
struct Objections {
  std::vector<base::Error> contradictions, unknowns;
  std::vector<base::Error> notices;  // For people; they speak against nothing.
};

void object(std::vector<base::Error>& objections, std::unexpected<base::Error> objection) {
  objections.push_back(std::move(objection).error());
}

// It is of somebody else, or goes to somebody else's account.
Result<> check_whose(ports::Transaction& transaction, const ProviderSettlement& settlement,
                     const SettlementTerms& terms, Objections& found) {
  const auto ours = terms.merchants.find(settlement.provider);
  const bool is_known = ours == terms.merchants.end() || settlement.merchant.empty() ||
                        std::ranges::find(ours->second, settlement.merchant) != ours->second.end();
  if (!is_known) {
    object(found.unknowns, base::fail("settlement_merchant_unknown",
                                      "'" + settlement.merchant +
                                          "' is not our merchant account at " + settlement.provider,
                                      settlement.payout));
  }
  if (settlement.bank_account.empty()) return {};
  const domain::OwnAccounts own = own_accounts_of(TRY(load_seller(transaction)));
  const std::string account = domain::compact_account(settlement.bank_account);
  if (own.asks(account) == domain::OwnAccounts::Answer::kForeign) {
    object(found.contradictions,
           base::fail("settlement_account_foreign",
                      "it is paid to " + settlement.bank_account + ", which is not ours",
                      settlement.payout));
  }
  return {};
}

// Settled by a name that it once had, while it is called by another: one of them holds no money.
bool is_named_otherwise(const domain::PaymentIntent& intent, const domain::SettlementLine& line) {
  return line.kind == "payment" && line.reference != intent.provider_reference &&
         !domain::IntentId::parse(line.reference) && !intent.provider_reference.empty();
}

// Lines that name no payment of ours, or one in another currency.
Result<> check_payments(ports::Transaction& transaction, const ProviderSettlement& settlement,
                        Objections& found) {
  for (const domain::SettlementLine& line : settlement.lines) {
    if (line.kind == "fee" || line.kind == "adjustment") continue;
    const std::string place = "line " + std::to_string(line.line);
    const auto intent = TRY(payment_of(transaction, settlement.provider, line.reference));
    if (!intent) {
      object(found.unknowns,
             base::fail("settlement_payment_unknown",
                        line.reference.empty() ? "the " + line.kind + " names no payment"
                                               : "no payment of ours at " + settlement.provider +
                                                     " is " + line.reference,
                        place));
    } else if (intent->amount.currency() != settlement.currency) {
      object(found.contradictions,
             base::fail("settlement_currency_differs",
                        line.reference + " was paid in " +
                            std::string(intent->amount.currency().code()) + ", and is settled in " +
                            std::string(settlement.currency.code()),
                        place));
    } else if (is_named_otherwise(*intent, line)) {
      object(
          found.notices,
          base::fail("settlement_payment_named_otherwise",
                     intent->id.to_string() + " is settled as " + line.reference +
                         ", and is called " + intent->provider_reference +
                         " here: a refund would go to that one. Look which of them was paid, and "
                         "put it right: telgiro intent rename",
                     place));
    }
  }
  return {};
}

// Lines that another payout of the provider had already.
Result<> check_others(ports::Transaction& transaction, const ProviderSettlement& settlement,
                      const SettlementRow& row, Objections& found) {
  using Key = std::tuple<std::string, std::string, std::int64_t, base::Date>;
  const auto key_of = [](const domain::SettlementLine& line) {
    return Key(line.kind, line.reference, line.gross.minor(), line.day);
  };
  ports::Reconciliation& books = transaction.payments().reconciliation();
  std::map<Key, std::string> settled;
  for (const SettlementRow& other : TRY(books.settlements(false, kSettlementsComparedMax))) {
    const bool is_near = std::abs(other.day - row.day) <= kComparedDaysMax;
    if (other.provider != row.provider || other.id == row.id || !is_near) continue;
    for (const auto& line : TRY(books.lines_of(other.id, other.amount.currency()))) {
      if (!line.reference.empty()) settled.emplace(key_of(line), other.payout);
    }
  }
  for (const domain::SettlementLine& line : settlement.lines) {
    const auto before = settled.find(key_of(line));
    if (before == settled.end()) continue;
    object(found.contradictions, base::fail("settlement_line_settled",
                                            "the " + line.kind + " of " + line.reference +
                                                " was settled by " + before->second,
                                            "line " + std::to_string(line.line)));
  }
  return {};
}

// Whether it may be taken in; what is wrong with it stands with `taken`.
Result<bool> may_take(ports::Transaction& transaction, const ProviderSettlement& settlement,
                      const SettlementTerms& terms, TakenSettlement& taken) {
  Objections found;
  found.contradictions = domain::check_settlement(settlement);
  taken.problems = found.contradictions;
  // One that is kept already changes nothing.
  if (TRY(transaction.payments().reconciliation().find_settlement(taken.row.id))) {
    return found.contradictions.empty();
  }
  TRY(check_whose(transaction, settlement, terms, found));
  TRY(check_payments(transaction, settlement, found));
  TRY(check_others(transaction, settlement, taken.row, found));
  taken.problems = found.contradictions;
  std::ranges::copy(found.unknowns, std::back_inserter(taken.problems));
  std::ranges::copy(found.notices, std::back_inserter(taken.problems));
  return found.contradictions.empty() && (found.unknowns.empty() || terms.take_anyway);
}

Result<> keep(ports::Transaction& transaction, const ProviderSettlement& settlement,
              TakenSettlement& taken) {
  ports::Reconciliation& books = transaction.payments().reconciliation();
  const SettlementRow& row = taken.row;
  if (const auto known = TRY(books.find_settlement(row.id))) {
    taken.was_known = true;
    if (!same(*known, row)) {
      taken.is_refused = true;
      taken.problems.push_back(base::fail("settlement_changed",
                                          "this payout was kept before with other sums; what "
                                          "was kept first stands",
                                          row.payout)
                                   .error());
    }
    taken.row = *known;
    return {};
  }
  TRY(books.add_settlement(row, settlement.lines));
  if (row.paid_day) TRY(books.update_settlement(row));
  TRY(keep_fees(transaction, settlement, row));
  base::Json detail;
  detail.set("provider", row.provider).set("payout", row.payout);
  return transaction.access().add_audit(
      {.id = derived_id<domain::AuditId>({"audit", "settlement.take", row.id.to_string()}),
       .actor = row.imported_by,
       .action = "settlement.take",
       .subject = row.id.to_string(),
       .detail = std::move(detail),
       .recorded = row.recorded});
}

// The one payment in suspense that is the payout; none where there are several.
Result<std::optional<ports::IncomingPayment>> find_payout(ports::Transaction& transaction,
                                                          const SettlementRow& row) {
  const auto candidates =
      TRY(transaction.payments().list_payments({.state = "suspense",
                                                .booked_from = row.day - domain::kPayoutDaysMax,
                                                .booked_to = row.day + domain::kPayoutDaysMax,
                                                .amount = row.amount,
                                                .limit = kPaymentsAskedMax}));
  std::optional<ports::IncomingPayment> found;
  for (const ports::IncomingPayment& each : candidates) {
    if (!domain::money_account(each.bank_account).starts_with("bank:")) continue;
    const domain::PayoutEntry entry{each.open(), each.booked, each.reference, each.end_to_end_id,
                                    each.remittance};
    if (!domain::is_payout(entry, row.payout, row.amount, row.day)) continue;
    if (found) return std::optional<ports::IncomingPayment>();
    found = each;
  }
  return found;
}

Result<bool> match(ports::Transaction& transaction, SettlementRow row,
                   const RefundContext& context) {
  auto found = TRY(find_payout(transaction, row));
  if (!found) return false;
  TRY(transaction.work().lock(payment_lock(found->id)));
  auto payment = TRY(transaction.payments().find_payment(found->id));
  if (!payment || payment->open() != row.amount) return false;
  PaymentRows rows;
  rows.postings.push_back(
      TRY(posting_of(row, "payout", "suspense", row.amount, payment->booked, context.recorded)));
  const HouseAssignment assignment{
      .id = derived_id<domain::AllocationId>({"allocation", row.id.to_string()}),
      .amount = row.amount,
      .by = "settlement",
      .day = payment->booked,
      .posting = rows.postings.back().head().id};
  assign_to_house(*payment, assignment, context.recorded, rows);
  TRY(rows.keep(transaction));
  TRY(transaction.payments().update_payment(*payment));
  row.payment = payment->id;
  row.paid_day = payment->booked;
  TRY(transaction.payments().reconciliation().update_settlement(row));
  return true;
}

}  // namespace

Result<std::vector<TakenSettlement>> take_settlements(ports::Store& store, const base::Clock& clock,
                                                      std::string_view bytes,
                                                      const SettlementTerms& terms) {
  const auto* format = TRY(formats::settlement::recognise(bytes));
  const auto settlements = TRY(format->read(bytes));
  std::vector<TakenSettlement> all;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    all.clear();
    TRY(transaction.work().lock(kBankImportLock));
    const base::Instant now = clock.now();
    for (const ProviderSettlement& settlement : settlements) {
      TakenSettlement& taken = all.emplace_back();
      taken.row = row_of(settlement, terms.actor, now);
      taken.is_refused = !TRY(may_take(transaction, settlement, terms, taken));
      if (!taken.is_refused) TRY(keep(transaction, settlement, taken));
    }
    const domain::Operator seller = TRY(load_seller(transaction));
    const base::Date today = TRY(local_date(seller.time_zone, now));
    TRY(match_payouts(transaction, {now, today, terms.actor}));
    for (TakenSettlement& taken : all) {
      const auto kept = TRY(transaction.payments().reconciliation().find_settlement(taken.row.id));
      if (kept && !taken.is_refused) taken.row = *kept;
    }
    return {};
  }));
  return all;
}

Result<std::int64_t> match_payouts(ports::Transaction& transaction, const RefundContext& context) {
  std::int64_t matched = 0;
  for (SettlementRow& row :
       TRY(transaction.payments().reconciliation().settlements(true, kWaitingMax))) {
    matched += TRY(match(transaction, std::move(row), context));
  }
  return matched;
}

}  // namespace flows
