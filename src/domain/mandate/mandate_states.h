// How a mandate goes from state to state: one table, and what is not in it is an error.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/mandate/mandate.h"

namespace domain {

// submit: sent to the bank. confirm: the bank, or the signature where no bank is asked, makes it
// good. suspend and resume: no debits for a while. lapse: too long without a debit.
enum class MandateStep { kSubmit, kConfirm, kReject, kSuspend, kResume, kLapse, kCancel };

struct MandateTransition {
  MandateState from;
  MandateStep step;
  MandateState to;
};
[[nodiscard]] std::span<const MandateTransition> mandate_transitions();
[[nodiscard]] std::string_view to_text(MandateStep step);

// Nothing where the table has no row.
[[nodiscard]] std::optional<MandateState> state_after(MandateState from, MandateStep step);
// Takes the step, with its reason (a code). Errors: mandate_step_not_allowed.
[[nodiscard]] base::Result<> take(Mandate& mandate, MandateStep step, std::string reason);

// The same for one that ends by our word, not the bank's: where a bank knows of it and takes
// orders about it (Autogiro, AvtaleGiro), it is to be told. Errors: mandate_step_not_allowed.
[[nodiscard]] base::Result<> cancel_here(Mandate& mandate, std::string reason);

// Whether it has lain too long since its last debit, or since it was signed where there was none.
[[nodiscard]] bool has_lapsed(const Mandate& mandate, std::optional<int> dormant_months,
                              base::Date day);

// Of an account's mandates the one to debit: active, for a currency's schemes, one-off ones before
// they are used up; the youngest signature first. Null where there is none.
[[nodiscard]] const Mandate* mandate_to_debit(std::span<const Mandate> mandates);

}  // namespace domain
