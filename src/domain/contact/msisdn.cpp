#include "domain/contact/msisdn.h"

#include <algorithm>

#include "domain/check/characters.h"

namespace domain {
namespace {

// E.164: fifteen digits at the most, country code and all. Shorter than seven is no number that
// can be reached from abroad.
constexpr std::size_t kDigitsMin = 7, kDigitsMax = 15;
constexpr std::size_t kShownAtTheEnd = 3;

// What a national number looks like. Lengths are without country code and trunk digit.
struct NumberPlan {
  std::string_view country;
  std::string_view code;
  std::string_view trunk;  // Dialled before the number inside the country; empty: nothing is.
  std::size_t length_min, length_max;
};

// The national numbering plans (ITU operational bulletin), to the extent that billing needs.
// Italy's leading zero is part of the number itself, so it has no trunk digit.
constexpr NumberPlan kPlans[] = {
    {"SE", "46", "0", 7, 9},  {"FI", "358", "0", 5, 12}, {"NO", "47", "", 8, 8},
    {"DK", "45", "", 8, 8},   {"IT", "39", "", 6, 11},   {"ES", "34", "", 9, 9},
    {"DE", "49", "0", 6, 11},
};

const NumberPlan* find_plan(std::string_view country) {
  const auto plan = std::ranges::find(kPlans, country, &NumberPlan::country);
  return plan == std::end(kPlans) ? nullptr : plan;
}

// The plan whose code the international digits begin with; no code begins another one's.
const NumberPlan* plan_of(std::string_view digits) {
  const auto plan = std::ranges::find_if(
      kPlans, [&](const NumberPlan& one) { return digits.starts_with(one.code); });
  return plan == std::end(kPlans) ? nullptr : plan;
}

base::Result<> check_length(std::size_t length, std::size_t least, std::size_t most) {
  if (length < least) return base::fail("too_short", "the telephone number has too few digits");
  if (length > most) return base::fail("too_long", "the telephone number has too many digits");
  return {};
}

// The digits behind + or 00, country code first.
base::Result<std::string> read_international(std::string_view digits) {
  const NumberPlan* plan = plan_of(digits);
  if (plan == nullptr) {
    if (digits.starts_with('0')) {
      return base::fail("unknown_country", "no country code begins with 0");
    }
    TRY(check_length(digits.size(), kDigitsMin, kDigitsMax));
    return std::string(digits);
  }
  std::string_view national = digits.substr(plan->code.size());
  // Some write the trunk digit after the country code: +46 (0)70 and +46 070.
  if (!plan->trunk.empty() && national.starts_with(plan->trunk)) {
    national.remove_prefix(plan->trunk.size());
  }
  TRY(check_length(national.size(), plan->length_min, plan->length_max));
  return std::string(plan->code) + std::string(national);
}

base::Result<std::string> read_national(std::string_view digits, std::string_view country) {
  const NumberPlan* plan = find_plan(country);
  if (plan == nullptr) {
    return base::fail("unknown_country", "write the telephone number with + and its country code");
  }
  if (!digits.starts_with(plan->trunk)) {
    return base::fail("missing_trunk_prefix", "the telephone number begins with neither " +
                                                  std::string(plan->trunk) +
                                                  " nor + and a country code");
  }
  return read_international(std::string(plan->code) + std::string(digits));
}

}  // namespace

base::Result<Msisdn> Msisdn::parse(std::string_view text, std::string_view country) {
  const std::string cleaned = check::without(text, " -./()\t");
  std::string_view digits = cleaned;
  const bool has_plus = digits.starts_with('+');
  if (has_plus) digits.remove_prefix(1);
  if (!check::all_digits(digits)) {
    return base::fail("not_digits", "a telephone number has digits, with a + in front");
  }
  if (digits.empty()) return base::fail("too_short", "the telephone number is empty");
  const bool has_prefix = !has_plus && digits.starts_with("00");
  if (has_prefix) digits.remove_prefix(2);
  const std::string international = has_plus || has_prefix ? TRY(read_international(digits))
                                                           : TRY(read_national(digits, country));
  return Msisdn("+" + international);
}

std::string_view Msisdn::country() const {
  const NumberPlan* plan = plan_of(std::string_view(text_).substr(1));
  return plan == nullptr ? std::string_view() : plan->country;
}

std::string Msisdn::masked() const {
  const NumberPlan* plan = plan_of(std::string_view(text_).substr(1));
  const std::string code = plan == nullptr ? "" : std::string(plan->code) + " ";
  return "+" + code + "*** *** " + text_.substr(text_.size() - kShownAtTheEnd);
}

}  // namespace domain
