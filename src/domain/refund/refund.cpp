#include "domain/refund/refund.h"

#include <algorithm>

namespace domain {
namespace {

struct StateName {
  RefundState state;
  std::string_view name;
};

constexpr StateName kStates[] = {
    {RefundState::kProposed, "proposed"},   {RefundState::kRefused, "refused"},
    {RefundState::kApproved, "approved"},   {RefundState::kSent, "sent"},
    {RefundState::kConfirmed, "confirmed"}, {RefundState::kRejected, "rejected"},
    {RefundState::kReturned, "returned"},   {RefundState::kWithdrawn, "withdrawn"},
};

std::string words(base::Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

bool is_above(base::Money amount, const std::optional<base::Money>& limit) {
  return !limit || limit->currency() != amount.currency() || *limit < amount;
}

}  // namespace

std::string_view to_text(RefundState state) {
  return std::ranges::find(kStates, state, &StateName::state)->name;
}

base::Result<RefundState> parse_refund_state(std::string_view text) {
  const auto found = std::ranges::find(kStates, text, &StateName::name);
  if (found == std::end(kStates)) {
    return base::fail("unknown_refund_state",
                      "no refund is '" + std::string(text) +
                          "': proposed, refused, approved, sent, confirmed, rejected, returned, "
                          "withdrawn");
  }
  return found->state;
}

std::string Refund::end_to_end_id() const {
  std::string text = id.to_string();
  std::ranges::replace(text, '_', '-');
  return text;
}

bool Refund::is_on_its_way(base::Date day) const {
  return taken_day && *taken_day <= day && !(ended_day && *ended_day <= day);
}

RefundId refund_of(std::string_view end_to_end_id) {
  std::string text(end_to_end_id);
  for (char& c : text) {
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const std::size_t hyphen = text.find('-');
  if (hyphen == std::string::npos) return {};
  text[hyphen] = '_';
  return RefundId::parse(text).value_or(RefundId());
}

base::Result<> check_refund(base::Money amount, base::Money available, const RefundLimits& limits) {
  if (amount <= base::Money(0, amount.currency())) {
    return base::fail("amount_not_positive", "pay back more than nothing");
  }
  if (available < amount) {
    return base::fail("credit_not_enough",
                      "only " + words(available) + " is there to be paid back");
  }
  if (limits.maximum && is_above(amount, limits.maximum)) {
    return base::fail("refund_above_maximum", "nobody pays back more than " +
                                                  words(*limits.maximum) +
                                                  " at once (refunds.maximum of operator.toml)");
  }
  return {};
}

bool needs_second_person(base::Money amount, const RefundLimits& limits) {
  return is_above(amount, limits.alone_up_to);
}

base::Result<> check_asker(base::Money amount, std::string_view actor, const RefundLimits& limits) {
  if (is_person(actor) || !needs_second_person(amount, limits)) return {};
  return base::fail("person_not_named",
                    "a refund of this amount needs two people: name who proposes it, --by LOGIN");
}

base::Result<Refund> decide(Refund refund, bool yes, std::string_view actor,
                            const RefundLimits& limits, base::Instant now) {
  if (refund.state != RefundState::kProposed) {
    return base::fail("refund_decided", "it was approved or refused before", refund.id.to_string());
  }
  const bool needs_two = yes && needs_second_person(refund.amount, limits);
  if (needs_two && !is_person(actor)) {
    return base::fail("person_not_named",
                      "a refund of this amount needs two people: name who approves it, --by LOGIN",
                      refund.id.to_string());
  }
  if (needs_two && !is_person(refund.asked_by)) {
    return base::fail("asker_not_known",
                      "nobody knows who proposed it: refuse it, and propose it anew by a person",
                      refund.id.to_string());
  }
  if (needs_two && refund.asked_by == actor) {
    return base::fail("approver_is_asker",
                      "who proposes a refund of this amount cannot approve it: ask a colleague",
                      refund.id.to_string());
  }
  refund.state = yes ? RefundState::kApproved : RefundState::kRefused;
  refund.decided_by = actor;
  refund.decided = now;
  return refund;
}

base::Result<Refund> withdraw(Refund refund) {
  const std::string id = refund.id.to_string();
  if (refund.state == RefundState::kProposed) {
    return base::fail("refund_not_approved", "it is not approved yet: refuse it instead", id);
  }
  if (!refund.batch.is_nil()) {
    return base::fail("refund_in_file",
                      "it stands in the file " + refund.batch.to_string() +
                          ", which is the bank's: ask the bank, or wait for its answer",
                      id);
  }
  if (refund.state != RefundState::kApproved) {
    return base::fail("refund_decided", "it is " + std::string(to_text(refund.state)) + " already",
                      id);
  }
  refund.state = RefundState::kWithdrawn;
  return refund;
}

std::vector<Entry> refund_entries(const Refund& refund) {
  return {{refund.payment.is_nil() ? "prepayment" : "suspense", refund.amount},
          {std::string(kRefundClearing), -refund.amount}};
}

}  // namespace domain
