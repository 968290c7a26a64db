#include "domain/plan/kept_method.h"

namespace domain {
namespace {

constexpr KeptMethodState kStates[] = {KeptMethodState::kAsked, KeptMethodState::kKept,
                                       KeptMethodState::kEnded, KeptMethodState::kForgotten};

}  // namespace

std::string_view to_text(KeptMethodState state) {
  switch (state) {
    case KeptMethodState::kAsked: return "asked";
    case KeptMethodState::kKept: return "kept";
    case KeptMethodState::kEnded: return "ended";
    case KeptMethodState::kForgotten: return "forgotten";
  }
  return {};
}

base::Result<KeptMethodState> parse_kept_method_state(std::string_view text) {
  for (const KeptMethodState state : kStates) {
    if (to_text(state) == text) return state;
  }
  return base::fail("unknown_value", "'" + std::string(text.substr(0, 40)) +
                                         "' is not asked, kept, ended or forgotten");
}

bool works_on(const KeptMethod& method, base::Date day) {
  return method.state == KeptMethodState::kKept &&
         (!method.until || base::Month::of(day) <= *method.until);
}

}  // namespace domain
