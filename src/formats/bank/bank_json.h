// The normalised form of what a bank file says, as JSON: one form for all formats.
//
// What `telgiro bank read --json` prints (docs/reference/cli/bank-read.schema.json). Amounts are
// decimal strings with the currency's places; what the file does not say is null.
#pragma once

#include "base/text/json.h"
#include "domain/bank/bank_file.h"

namespace formats::bank {

[[nodiscard]] base::Json to_json(const domain::BankStatement& statement);
[[nodiscard]] base::Json to_json(const domain::BankEntry& entry);
[[nodiscard]] base::Json to_json(const domain::BankMandate& mandate);
[[nodiscard]] base::Json to_json(const domain::BankStatus& status);
[[nodiscard]] base::Json to_json(const domain::BankControl& control);
[[nodiscard]] base::Json to_json(const domain::BankProblem& problem);

}  // namespace formats::bank
