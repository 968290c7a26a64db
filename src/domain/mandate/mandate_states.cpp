#include "domain/mandate/mandate_states.h"

#include <algorithm>
#include <tuple>

namespace domain {
namespace {

using State = MandateState;
using Step = MandateStep;

constexpr MandateTransition kTransitions[] = {
    {State::kDraft, Step::kSubmit, State::kPending},
    {State::kDraft, Step::kConfirm, State::kActive},
    {State::kDraft, Step::kReject, State::kRejected},
    {State::kDraft, Step::kCancel, State::kCancelled},
    {State::kPending, Step::kConfirm, State::kActive},
    {State::kPending, Step::kReject, State::kRejected},
    {State::kPending, Step::kCancel, State::kCancelled},
    {State::kActive, Step::kSuspend, State::kSuspended},
    {State::kActive, Step::kLapse, State::kDormant},
    {State::kActive, Step::kCancel, State::kCancelled},
    {State::kSuspended, Step::kConfirm, State::kActive},
    {State::kSuspended, Step::kResume, State::kActive},
    {State::kSuspended, Step::kLapse, State::kDormant},
    {State::kSuspended, Step::kCancel, State::kCancelled},
    {State::kDormant, Step::kCancel, State::kCancelled},
};

bool is_used_up(const Mandate& mandate) {
  return mandate.use == MandateUse::kOneOff && mandate.debits > 0;
}

}  // namespace

std::span<const MandateTransition> mandate_transitions() { return kTransitions; }

std::string_view to_text(MandateStep step) {
  switch (step) {
    case Step::kSubmit: return "submit";
    case Step::kConfirm: return "confirm";
    case Step::kReject: return "reject";
    case Step::kSuspend: return "suspend";
    case Step::kResume: return "resume";
    case Step::kLapse: return "lapse";
    case Step::kCancel: return "cancel";
  }
  return {};
}

std::optional<MandateState> state_after(MandateState from, MandateStep step) {
  for (const MandateTransition& row : kTransitions) {
    if (row.from == from && row.step == step) return row.to;
  }
  return std::nullopt;
}

base::Result<> take(Mandate& mandate, MandateStep step, std::string reason) {
  const auto to = state_after(mandate.state, step);
  if (!to) {
    return base::fail("mandate_step_not_allowed",
                      "a mandate that is " + std::string(to_text(mandate.state)) +
                          " takes no step to " + std::string(to_text(step)),
                      mandate.id.to_string());
  }
  mandate.state = *to;
  mandate.reason = std::move(reason);
  return {};
}

base::Result<> cancel_here(Mandate& mandate, std::string reason) {
  const bool is_known = mandate.state != State::kDraft && !is_sepa(mandate.scheme);
  TRY(take(mandate, Step::kCancel, std::move(reason)));
  if (is_known) mandate.ending = MandateEnding::kToSend;
  return {};
}

bool has_lapsed(const Mandate& mandate, std::optional<int> dormant_months, base::Date day) {
  if (!dormant_months) return false;
  const base::Date since = mandate.last_debit.value_or(mandate.signed_on);
  return day > base::add_months(since, *dormant_months);
}

const Mandate* mandate_to_debit(std::span<const Mandate> mandates) {
  const Mandate* best = nullptr;
  for (const Mandate& mandate : mandates) {
    if (mandate.state != State::kActive || is_used_up(mandate)) continue;
    const auto rank = [](const Mandate& each) { return std::tuple(each.signed_on, each.id); };
    if (best == nullptr || rank(mandate) > rank(*best)) best = &mandate;
  }
  return best;
}

}  // namespace domain
