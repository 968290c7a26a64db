// How an account is billed: the operator's default, what the account has chosen (R01-R05), and
// what follows from both on a day. Stored is only what was chosen, so that an operator who
// changes the default changes it for all who left it to them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/operator/operator.h"
#include "domain/party/party.h"

namespace domain {

// The one place where a profile is judged; answers it with grouping and frequency as they are
// always written. Errors, with the member as place: bad_grouping, bad_frequency, bad_profile.
[[nodiscard]] base::Result<BillingProfile> check_profile(BillingProfile profile);
// Whether the grouping names only divisions that there are. Errors: bad_grouping.
[[nodiscard]] base::Result<> check_divisions(const BillingProfile& profile,
                                             std::span<const OperatorDivision> divisions);

// The default where nothing was chosen.
[[nodiscard]] BillingProfile effective_profile(const BillingProfile& defaults,
                                               const ProfileChoice& chosen);
// The same of an account: its delivery is what its division said until it is chosen otherwise.
[[nodiscard]] BillingProfile account_profile(const BillingProfile& defaults, const Account& account,
                                             const ProfileChoice& chosen);

// What is chosen after `set` was chosen and `forget`, names of members, was left to the operator
// again. Errors: bad_profile for a name that is no member, or that is set and forgotten at once.
[[nodiscard]] base::Result<ProfileChoice> change_choice(ProfileChoice before,
                                                        const ProfileChoice& set,
                                                        std::span<const std::string> forget);

// Only what is chosen. Errors of read: missing_member, bad_member, unknown_member.
[[nodiscard]] base::Json to_json(const ProfileChoice& chosen);
[[nodiscard]] base::Result<ProfileChoice> read_choice(const base::Json& json, std::string place);

}  // namespace domain
