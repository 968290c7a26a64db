#include "flows/intents/book_fee.h"

#include "flows/operations/derived_ids.h"
#include "ports/ledger.h"
#include "ports/orders.h"

namespace flows {

using base::Money;
using base::Result;

Money fee_to_book(const std::optional<ports::FeeState>& state, Money told) {
  if (!state) return told;
  const Money settled = state->settled.value_or(Money(0, told.currency()));
  return settled + told - state->booked;
}

std::vector<domain::Entry> fee_entries(const std::string& gateway, Money amount) {
  return {{"provider_fees:" + gateway, amount}, {"clearing:" + gateway, -amount}};
}

Result<> book_fee(ports::Transaction& transaction, const FeeContext& context,
                  const domain::PaymentIntent& intent) {
  if (!intent.fee || intent.captured.is_zero()) return {};
  ports::RailCosts& costs = transaction.orders().rail_costs();
  const auto state = TRY(costs.fee_of(intent.id));
  // What the settlement said is later and of the whole.
  if (state && state->settled) return {};
  const Money amount = state ? *intent.fee - state->booked : *intent.fee;
  if (amount.is_zero()) return {};
  domain::Posting::Head head;
  head.id = derived_id<domain::PostingId>(
      {"posting", intent.id.to_string(), "fee", std::to_string(intent.version)});
  head.kind = "gateway_fee";
  head.effective = context.day;
  head.recorded = context.recorded;
  head.source = intent.id.to_string();
  const domain::PostingId id = head.id;
  const auto posting =
      TRY(domain::Posting::make(std::move(head), fee_entries(intent.gateway, amount)));
  TRY(transaction.ledger().append({&posting, 1}));
  return costs.add_fee({.posting = id,
                        .rail = {intent.gateway, intent.method},
                        .intent = intent.id,
                        .amount = amount,
                        .told = *intent.fee,
                        .day = context.day,
                        .by_settlement = false,
                        .recorded = context.recorded});
}

}  // namespace flows
