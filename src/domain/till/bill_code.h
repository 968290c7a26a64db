// A bill's short code: ten digits that are said by telephone or typed and scanned at a till.
//
// Nine digits nobody can guess and a check digit (Verhoeff's scheme, over the symmetries of a
// pentagon), which catches every single wrong digit and every two neighbours swapped. It says
// nothing of the bill; who has it finds the bill (flows/tills/bill_code.h).
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"

namespace domain {

inline constexpr std::size_t kBillCodeDigits = 10;

// `digits`: those before it; anything else is a CHECK.
[[nodiscard]] char bill_code_check_digit(std::string_view digits);

// What was said, typed or scanned, with blanks, hyphens and points where people put them.
// Errors: bill_code_wrong (not ten digits, or mistyped).
[[nodiscard]] base::Result<std::string> read_bill_code(std::string_view spoken);

// As it is shown and read aloud: "1234 567 890".
[[nodiscard]] std::string show_bill_code(std::string_view digits);

// Who has said too many codes that are none has to wait, so that codes cannot be tried out.
struct CodeTries {
  base::Instant since;  // Of the first wrong one.
  std::int64_t wrong = 0;
};
inline constexpr std::int64_t kWrongCodesMax = 5;
inline constexpr std::int64_t kWrongCodesMicros = 15 * 60 * base::kMicrosPerSecond;

[[nodiscard]] bool may_try_code(const CodeTries& tries, base::Instant now);
// After one more wrong one.
[[nodiscard]] CodeTries count_wrong_code(CodeTries tries, base::Instant now);

}  // namespace domain
